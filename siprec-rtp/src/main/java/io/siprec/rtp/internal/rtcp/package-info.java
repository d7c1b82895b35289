/** RTCP of a receiver (RFC 3550 §6): what senders report, and our reports to them. Knows no socket and no thread. */
package io.siprec.rtp.internal.rtcp;
