package io.siprec.launcher;

import io.siprec.sip.SessionTimerSettings;
import java.time.Duration;

/**
 * Session timers of calls (RFC 4028).
 *
 * @param intervalSeconds that we want; 0 for no timers
 * @param minimumSeconds that we take
 */
record TimerSettings(int intervalSeconds, int minimumSeconds) {
    static final TimerSettings DEFAULT = new TimerSettings(1_800, 90);

    private static final String INTERVAL = "SIP_SESSION_EXPIRES";
    private static final String MINIMUM = "SIP_MIN_SE";
    private static final int SHORTEST_SECONDS = (int) SessionTimerSettings.SHORTEST.toSeconds();
    private static final int LONGEST_SECONDS = 7 * 24 * 3_600;

    static TimerSettings of(SettingsReader reader) {
        int interval = reader.number(INTERVAL, DEFAULT.intervalSeconds, 0, LONGEST_SECONDS);
        int minimum = reader.number(MINIMUM, DEFAULT.minimumSeconds, SHORTEST_SECONDS, LONGEST_SECONDS);
        if (interval > 0 && interval < minimum) {
            reader.wrong(
                    INTERVAL,
                    Integer.toString(interval),
                    "below the least interval; use 0 for no session timers, or at least " + minimum + " (" + MINIMUM
                            + ")");
        }
        return new TimerSettings(interval, minimum);
    }

    SessionTimerSettings sessionTimers() {
        return intervalSeconds == 0
                ? SessionTimerSettings.off()
                : SessionTimerSettings.builder()
                        .interval(Duration.ofSeconds(intervalSeconds))
                        .minimum(Duration.ofSeconds(minimumSeconds))
                        .build();
    }
}
