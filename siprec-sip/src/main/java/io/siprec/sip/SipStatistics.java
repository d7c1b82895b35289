package io.siprec.sip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gauges and counters of an endpoint: how full each table and queue is at this moment, what happened since the start, and
 * what was dropped. With several loops each value speaks for all of them.
 *
 * @param values all there is, in a fixed order: for a page or an exporter. The accessors are for code that wants one
 */
public record SipStatistics(List<Value> values) {
    /** Copies the list. */
    public SipStatistics {
        values = List.copyOf(values);
    }

    /** What a number means over time and over several loops. */
    public enum Kind {
        /** A size of this moment; those of the loops add up. */
        GAUGE,
        /** A measure of this moment; of the loops' the highest counts. */
        HIGHEST,
        /** Only grows. */
        COUNTER,
        /** Only grows: something that was not processed, for the reason that the name says. */
        DROPPED
    }

    /**
     * One number.
     *
     * @param name lower case with hyphens; a reason to drop something stands alone, as {@code garbage}
     * @param meaning what is counted, for a person
     */
    public record Value(String name, Kind kind, String meaning, long value) {}

    /** One value by its kind and name; 0 when there is none of that name. */
    public long value(Kind kind, String name) {
        for (Value value : values) {
            if (value.kind() == kind && value.name().equals(name)) {
                return value.value();
            }
        }
        return 0;
    }

    /** What was not processed, by reason. */
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (Value value : values) {
            if (value.kind() == Kind.DROPPED) {
                dropped.put(value.name(), value.value());
            }
        }
        return dropped;
    }

    /** Server transactions now open. */
    public long serverTransactions() {
        return value(Kind.GAUGE, "server-transactions");
    }

    /** Client transactions now open. */
    public long clientTransactions() {
        return value(Kind.GAUGE, "client-transactions");
    }

    /** Dialogs now open, INVITEs that wait for their answer not counted. */
    public long dialogs() {
        return value(Kind.GAUGE, "dialogs");
    }

    /** Connections now open. */
    public long connections() {
        return value(Kind.GAUGE, "connections");
    }

    /** Timers now set. */
    public long timers() {
        return value(Kind.GAUGE, "timers");
    }

    /** Well-formed messages received. */
    public long messagesReceived() {
        return value(Kind.COUNTER, "received");
    }

    /** Messages handed to the network. */
    public long messagesSent() {
        return value(Kind.COUNTER, "sent");
    }

    /** Messages that could not be understood. */
    public long parseErrors() {
        return value(Kind.COUNTER, "parse-errors");
    }

    /** Requests and responses that were seen before. */
    public long retransmissionsReceived() {
        return value(Kind.COUNTER, "retransmissions-received");
    }

    /** Messages that were sent again. */
    public long retransmissionsSent() {
        return value(Kind.COUNTER, "retransmissions-sent");
    }

    /** Exceptions that the loop caught: each is a fault of ours or the application's. */
    public long loopErrors() {
        return value(Kind.COUNTER, "loop-errors");
    }
}
