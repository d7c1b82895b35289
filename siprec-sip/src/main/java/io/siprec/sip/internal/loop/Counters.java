package io.siprec.sip.internal.loop;

import io.siprec.sip.SipStatistics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Numbers that the loop thread writes and any thread reads. */
public final class Counters {
    /** What is measured: gauges first, then counters, then reasons to drop something. */
    public enum Name {
        /** Gauges. */
        SERVER_TRANSACTIONS,
        CLIENT_TRANSACTIONS,
        DIALOGS,
        CONNECTIONS,
        TIMERS,
        /** Counters. */
        RECEIVED,
        SENT,
        PARSE_ERRORS,
        RETRANSMISSIONS_RECEIVED,
        RETRANSMISSIONS_SENT,
        LOOP_ERRORS,
        /** Reasons. */
        DROPPED_GARBAGE,
        DROPPED_KEEP_ALIVE,
        DROPPED_OVERSIZE,
        DROPPED_STRAY_ACK,
        DROPPED_STRAY_RESPONSE,
        DROPPED_TRANSACTION_LIMIT,
        DROPPED_DIALOG_LIMIT,
        DROPPED_CONNECTION_LIMIT,
        DROPPED_SEND_FAILED,
        DROPPED_SLOW_SENDER,
        DROPPED_SLOW_READER,
        DROPPED_IDLE_CONNECTION
    }

    private static final String DROPPED = "DROPPED_";

    private final AtomicLongArray values = new AtomicLongArray(Name.values().length);

    /** One more. Loop thread only. */
    public void count(Name name) {
        int i = name.ordinal();
        values.setOpaque(i, values.getPlain(i) + 1);
    }

    /** The value of a gauge. Loop thread only. */
    public void set(Name name, long value) {
        values.setOpaque(name.ordinal(), value);
    }

    /** The value now. Any thread. */
    public long value(Name name) {
        return values.getOpaque(name.ordinal());
    }

    /** All values. Any thread. */
    public SipStatistics statistics() {
        Map<String, Long> dropped = new HashMap<>();
        for (Name name : Name.values()) {
            if (name.name().startsWith(DROPPED)) {
                String reason = name.name().substring(DROPPED.length());
                dropped.put(reason.toLowerCase(Locale.ROOT).replace('_', '-'), value(name));
            }
        }
        return new SipStatistics(
                value(Name.SERVER_TRANSACTIONS),
                value(Name.CLIENT_TRANSACTIONS),
                value(Name.DIALOGS),
                value(Name.CONNECTIONS),
                value(Name.TIMERS),
                value(Name.RECEIVED),
                value(Name.SENT),
                value(Name.PARSE_ERRORS),
                value(Name.RETRANSMISSIONS_RECEIVED),
                value(Name.RETRANSMISSIONS_SENT),
                value(Name.LOOP_ERRORS),
                dropped);
    }
}
