package io.siprec.rtp.internal.rtcp;

import java.time.Instant;
import java.util.Optional;

/** The pair of clocks that the last sender report of a source names (RFC 3550 §6.4.1). */
final class SenderClock {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long ntp; // 0: none
    private long rtp;
    private long arrivalNanos;

    void report(long ntpTimestamp, long rtpTimestamp, long nowNanos) {
        ntp = ntpTimestamp;
        rtp = rtpTimestamp;
        arrivalNanos = nowNanos;
    }

    void forget() {
        ntp = 0;
    }

    long ntp() {
        return ntp;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    /** The sender's wall clock at an RTP timestamp, which may be any distance before or behind the report. */
    Optional<Instant> at(long unwrappedTimestamp, long newestUnwrapped, int clockRateHz) {
        if (ntp == 0) {
            return Optional.empty();
        }
        long reported = newestUnwrapped + (int) (rtp - newestUnwrapped);
        long ticks = unwrappedTimestamp - reported;
        long nanos = Math.floorMod(ticks, (long) clockRateHz) * NANOS_PER_SECOND / clockRateHz;
        return Optional.of(instant(ntp)
                .plusSeconds(Math.floorDiv(ticks, (long) clockRateHz))
                .plusNanos(nanos));
    }

    /** Times whose first bit is 0 belong to the era that begins in 2036 (RFC 5905 §6). */
    private static Instant instant(long ntp) {
        long seconds = ntp >>> 32;
        long era = ntp < 0 ? 0 : ERA_SECONDS;
        long nanos = (ntp & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32;
        return Instant.ofEpochSecond(seconds + era - SECONDS_1900_TO_1970, nanos);
    }
}
