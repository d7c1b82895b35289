package io.siprec.sip.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * What peers may use of us. Each limit is checked before anything is allocated for the peer, and what it refuses is
 * counted. Connections, transactions and dialogs are limited for the endpoint as a whole, however many loops it has; loops
 * that decide in the same instant may each take the last place.
 */
public final class SipLimits {
    private final int maxMessageBytes;
    private final int maxHeaders;
    private final int maxHeaderLineBytes;
    private final int maxConnections;
    private final int maxConnectionsPerSource;
    private final int maxHandshakes;
    private final int maxHandshakesPerSource;
    private final int maxTransactions;
    private final int maxDialogs;
    private final int maxQueuedTasks;
    private final int maxUnsentBytes;
    private final Duration maxLoopDelay;
    private final Duration idleConnectionTime;
    private final Duration slowSenderTime;
    private final Duration handshakeTime;

    private SipLimits(Builder builder) {
        maxMessageBytes = builder.maxMessageBytes;
        maxHeaders = builder.maxHeaders;
        maxHeaderLineBytes = builder.maxHeaderLineBytes;
        maxConnections = builder.maxConnections;
        maxConnectionsPerSource = builder.maxConnectionsPerSource;
        maxHandshakes = builder.maxHandshakes;
        maxHandshakesPerSource = builder.maxHandshakesPerSource;
        maxTransactions = builder.maxTransactions;
        maxDialogs = builder.maxDialogs;
        maxQueuedTasks = builder.maxQueuedTasks;
        maxUnsentBytes = builder.maxUnsentBytes;
        maxLoopDelay = builder.maxLoopDelay;
        idleConnectionTime = builder.idleConnectionTime;
        slowSenderTime = builder.slowSenderTime;
        handshakeTime = builder.handshakeTime;
    }

    /** Limits for a recorder of some thousand sessions. */
    public static SipLimits withDefaults() {
        return builder().build();
    }

    /** Limits to change, from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A whole message; a larger one gets 513 (RFC 3261 section 21.5.7). Default 65,536. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Header lines in a message. Default 100. */
    public int maxHeaders() {
        return maxHeaders;
    }

    /** One header line, folded lines included. Default 8,192. */
    public int maxHeaderLineBytes() {
        return maxHeaderLineBytes;
    }

    /** Open connections; one more is closed at once. Default 4,096. */
    public int maxConnections() {
        return maxConnections;
    }

    /** Open connections from one source, which is an IPv4 address or an IPv6 /64. Default 1,024. */
    public int maxConnectionsPerSource() {
        return maxConnectionsPerSource;
    }

    /** TLS handshakes of peers that are not finished; one more is closed at once. Default 256. */
    public int maxHandshakes() {
        return maxHandshakes;
    }

    /** Such handshakes from one source. Default 64. */
    public int maxHandshakesPerSource() {
        return maxHandshakesPerSource;
    }

    /** Server and client transactions, each; a new request over it gets 503. Default 262,144. */
    public int maxTransactions() {
        return maxTransactions;
    }

    /** Dialogs and INVITEs that may become one; a new INVITE over it gets 503. Default 10,000. */
    public int maxDialogs() {
        return maxDialogs;
    }

    /** Tasks, and messages of its calls, that other threads have handed to a loop; for each loop. Default 65,536. */
    public int maxQueuedTasks() {
        return maxQueuedTasks;
    }

    /** Bytes that wait for a peer that does not read its connection; over it the connection is cut. Default 1 MiB. */
    public int maxUnsentBytes() {
        return maxUnsentBytes;
    }

    /** A wait of timers or datagrams that, when it goes on, makes new INVITEs get 503. Default 500 ms. */
    public Duration maxLoopDelay() {
        return maxLoopDelay;
    }

    /** After which a connection that no dialog uses is closed. Default 15 minutes. */
    public Duration idleConnectionTime() {
        return idleConnectionTime;
    }

    /** For one whole message on a connection, from its first byte. Default 30 s. */
    public Duration slowSenderTime() {
        return slowSenderTime;
    }

    /** For a TLS handshake, from the connection's first moment to its end. Default 5 s. */
    public Duration handshakeTime() {
        return handshakeTime;
    }

    /** Collects limits; each number is at least 1, each time positive. */
    public static final class Builder {
        private int maxMessageBytes = 65_536;
        private int maxHeaders = 100;
        private int maxHeaderLineBytes = 8_192;
        private int maxConnections = 4_096;
        private int maxConnectionsPerSource = 1_024;
        private int maxHandshakes = 256;
        private int maxHandshakesPerSource = 64;
        private int maxTransactions = 262_144;
        private int maxDialogs = 10_000;
        private int maxQueuedTasks = 65_536;
        private int maxUnsentBytes = 1_048_576;
        private Duration maxLoopDelay = Duration.ofMillis(500);
        private Duration idleConnectionTime = Duration.ofMinutes(15);
        private Duration slowSenderTime = Duration.ofSeconds(30);
        private Duration handshakeTime = Duration.ofSeconds(5);

        private Builder() {}

        /** See {@link SipLimits#maxMessageBytes()}. */
        public Builder maxMessageBytes(int value) {
            maxMessageBytes = atLeastOne(value, "maxMessageBytes");
            return this;
        }

        /** See {@link SipLimits#maxHeaders()}. */
        public Builder maxHeaders(int value) {
            maxHeaders = atLeastOne(value, "maxHeaders");
            return this;
        }

        /** See {@link SipLimits#maxHeaderLineBytes()}. */
        public Builder maxHeaderLineBytes(int value) {
            maxHeaderLineBytes = atLeastOne(value, "maxHeaderLineBytes");
            return this;
        }

        /** See {@link SipLimits#maxConnections()}. */
        public Builder maxConnections(int value) {
            maxConnections = atLeastOne(value, "maxConnections");
            return this;
        }

        /** See {@link SipLimits#maxConnectionsPerSource()}. */
        public Builder maxConnectionsPerSource(int value) {
            maxConnectionsPerSource = atLeastOne(value, "maxConnectionsPerSource");
            return this;
        }

        /** See {@link SipLimits#maxHandshakes()}. */
        public Builder maxHandshakes(int value) {
            maxHandshakes = atLeastOne(value, "maxHandshakes");
            return this;
        }

        /** See {@link SipLimits#maxHandshakesPerSource()}. */
        public Builder maxHandshakesPerSource(int value) {
            maxHandshakesPerSource = atLeastOne(value, "maxHandshakesPerSource");
            return this;
        }

        /** See {@link SipLimits#maxTransactions()}. */
        public Builder maxTransactions(int value) {
            maxTransactions = atLeastOne(value, "maxTransactions");
            return this;
        }

        /** See {@link SipLimits#maxDialogs()}. */
        public Builder maxDialogs(int value) {
            maxDialogs = atLeastOne(value, "maxDialogs");
            return this;
        }

        /** See {@link SipLimits#maxQueuedTasks()}. */
        public Builder maxQueuedTasks(int value) {
            maxQueuedTasks = atLeastOne(value, "maxQueuedTasks");
            return this;
        }

        /** See {@link SipLimits#maxUnsentBytes()}. */
        public Builder maxUnsentBytes(int value) {
            maxUnsentBytes = atLeastOne(value, "maxUnsentBytes");
            return this;
        }

        /** See {@link SipLimits#maxLoopDelay()}. */
        public Builder maxLoopDelay(Duration value) {
            maxLoopDelay = positive(value, "maxLoopDelay");
            return this;
        }

        /** See {@link SipLimits#idleConnectionTime()}. */
        public Builder idleConnectionTime(Duration value) {
            idleConnectionTime = positive(value, "idleConnectionTime");
            return this;
        }

        /** See {@link SipLimits#slowSenderTime()}. */
        public Builder slowSenderTime(Duration value) {
            slowSenderTime = positive(value, "slowSenderTime");
            return this;
        }

        /** See {@link SipLimits#handshakeTime()}. */
        public Builder handshakeTime(Duration value) {
            handshakeTime = positive(value, "handshakeTime");
            return this;
        }

        /** The limits. */
        public SipLimits build() {
            return new SipLimits(this);
        }

        private static int atLeastOne(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be >= 1, was " + value);
            }
            return value;
        }

        private static Duration positive(Duration value, String name) {
            Objects.requireNonNull(value, name);
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, was " + value);
            }
            return value;
        }
    }
}
