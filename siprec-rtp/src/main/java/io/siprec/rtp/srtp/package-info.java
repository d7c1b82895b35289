/** Protects and opens RTP and RTCP packets: SRTP (RFC 3711) with the suites of RFC 4568, RFC 6188 and RFC 7714. */
package io.siprec.rtp.srtp;
