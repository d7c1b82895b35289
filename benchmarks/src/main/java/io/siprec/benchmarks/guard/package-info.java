/** What a stranger costs. */
package io.siprec.benchmarks.guard;
