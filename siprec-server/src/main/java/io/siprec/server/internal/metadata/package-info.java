/** What the SRC says about the recorded calls, over the life of a recording session. */
package io.siprec.server.internal.metadata;
