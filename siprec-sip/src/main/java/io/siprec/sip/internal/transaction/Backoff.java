package io.siprec.sip.internal.transaction;

import io.siprec.sip.SipTimers;
import java.time.Duration;

/** The interval between repetitions doubles up to T2 (RFC 3261 sections 17.1.2.2 and 13.3.1.4). */
public final class Backoff {
    private Backoff() {}

    /** The interval after this one. */
    public static Duration next(Duration interval, SipTimers timers) {
        Duration doubled = interval.plus(interval);
        return doubled.compareTo(timers.t2()) > 0 ? timers.t2() : doubled;
    }
}
