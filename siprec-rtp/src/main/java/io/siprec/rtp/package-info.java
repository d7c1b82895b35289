/** Reception and recording of RTP streams (RFC 3550): packets, ports, timelines and recording files. */
package io.siprec.rtp;
