package io.siprec.rtp;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a file begins on the clock of its sender, from RTCP sender reports (RFC 3550 §6.4.1). The files of one sender lie
 * together as these instants do.
 *
 * @param cname the sender's CNAME, "" when it sent none
 * @param fileStart the sender's wall clock at the file's first sample; one that counts from its start seems to be in 2036
 */
public record SenderTiming(String cname, Instant fileStart) {
    /** Checks for nulls. */
    public SenderTiming {
        Objects.requireNonNull(cname, "cname");
        Objects.requireNonNull(fileStart, "fileStart");
    }
}
