package io.siprec.sip;

import java.time.Duration;

/**
 * The base values of all transaction timers (RFC 3261 section 17, table 4).
 *
 * @param t1 estimate of the round trip time
 * @param t2 longest interval between repetitions
 * @param t4 longest time that a message stays in the network
 */
public record SipTimers(Duration t1, Duration t2, Duration t4) {
    /** Each positive. */
    public SipTimers {
        if (t1.isNegative() || t1.isZero() || t2.compareTo(t1) < 0 || t4.isNegative()) {
            throw new IllegalArgumentException("timers must be positive, with t2 >= t1");
        }
    }

    /** The values of RFC 3261: 500 ms, 4 s, 5 s. */
    public static SipTimers withDefaults() {
        return new SipTimers(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    /** 64*T1: how long a transaction tries. */
    public Duration giveUp() {
        return Duration.ofNanos(t1.toNanos() * 64); // Duration's own product goes by way of BigDecimal
    }
}
