/** Readers of the timeline that need its audio in order. */
package io.siprec.rtp.internal.tap;
