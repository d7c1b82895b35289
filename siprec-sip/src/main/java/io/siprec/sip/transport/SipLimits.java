package io.siprec.sip.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * What peers may use of us. Each limit is checked before anything is allocated for the peer, and what it refuses is
 * counted.
 *
 * @param maxMessageBytes a whole message; a larger one gets 513 (RFC 3261 section 21.5.7)
 * @param maxHeaders header lines in a message
 * @param maxHeaderLineBytes one header line, folded lines included
 * @param maxConnections open TCP connections; one more is closed at once
 * @param maxTransactions server and client transactions, each; a new request over it gets 503
 * @param maxDialogs dialogs and INVITEs that may become one; a new INVITE over it gets 503
 * @param maxQueuedTasks tasks that other threads have handed to the loop
 * @param maxUnsentBytes bytes that wait for a peer that does not read its connection; over it the connection is cut
 * @param idleConnectionTime after which a connection that no dialog uses is closed
 * @param slowSenderTime for one whole message on a connection, from its first byte
 */
public record SipLimits(
        int maxMessageBytes,
        int maxHeaders,
        int maxHeaderLineBytes,
        int maxConnections,
        int maxTransactions,
        int maxDialogs,
        int maxQueuedTasks,
        int maxUnsentBytes,
        Duration idleConnectionTime,
        Duration slowSenderTime) {

    /** Each number at least 1, each time positive. */
    public SipLimits {
        atLeastOne(maxMessageBytes, "maxMessageBytes");
        atLeastOne(maxHeaders, "maxHeaders");
        atLeastOne(maxHeaderLineBytes, "maxHeaderLineBytes");
        atLeastOne(maxConnections, "maxConnections");
        atLeastOne(maxTransactions, "maxTransactions");
        atLeastOne(maxDialogs, "maxDialogs");
        atLeastOne(maxQueuedTasks, "maxQueuedTasks");
        atLeastOne(maxUnsentBytes, "maxUnsentBytes");
        positive(idleConnectionTime, "idleConnectionTime");
        positive(slowSenderTime, "slowSenderTime");
    }

    /** Limits for a recorder of some thousand sessions. */
    public static SipLimits withDefaults() {
        return new SipLimits(
                65_536,
                100,
                8_192,
                4_096,
                262_144,
                10_000,
                65_536,
                1_048_576,
                Duration.ofMinutes(15),
                Duration.ofSeconds(30));
    }

    /** These limits with another {@code maxMessageBytes}. */
    public SipLimits withMaxMessageBytes(int bytes) {
        return new SipLimits(
                bytes,
                maxHeaders,
                maxHeaderLineBytes,
                maxConnections,
                maxTransactions,
                maxDialogs,
                maxQueuedTasks,
                maxUnsentBytes,
                idleConnectionTime,
                slowSenderTime);
    }

    /** These limits with another {@code maxConnections}. */
    public SipLimits withMaxConnections(int connections) {
        return new SipLimits(
                maxMessageBytes,
                maxHeaders,
                maxHeaderLineBytes,
                connections,
                maxTransactions,
                maxDialogs,
                maxQueuedTasks,
                maxUnsentBytes,
                idleConnectionTime,
                slowSenderTime);
    }

    /** These limits with other {@code maxTransactions} and {@code maxDialogs}. */
    public SipLimits withTables(int transactions, int dialogs) {
        return new SipLimits(
                maxMessageBytes,
                maxHeaders,
                maxHeaderLineBytes,
                maxConnections,
                transactions,
                dialogs,
                maxQueuedTasks,
                maxUnsentBytes,
                idleConnectionTime,
                slowSenderTime);
    }

    /** These limits with other connection times. */
    public SipLimits withConnectionTimes(Duration idle, Duration slowSender) {
        return new SipLimits(
                maxMessageBytes,
                maxHeaders,
                maxHeaderLineBytes,
                maxConnections,
                maxTransactions,
                maxDialogs,
                maxQueuedTasks,
                maxUnsentBytes,
                idle,
                slowSender);
    }

    private static void atLeastOne(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1, was " + value);
        }
    }

    private static void positive(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
