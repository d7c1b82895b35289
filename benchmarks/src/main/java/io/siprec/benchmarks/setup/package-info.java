/** Call set-ups per second and CPU per call: a sender of calls, and the servers that are compared. */
package io.siprec.benchmarks.setup;
