package io.siprec.sip;

import java.util.Map;

/**
 * Gauges and counters of an endpoint since its start.
 *
 * @param serverTransactions now open
 * @param clientTransactions now open
 * @param dialogs now open, INVITEs that wait for their answer not counted
 * @param connections TCP connections now open
 * @param timers now set
 * @param messagesReceived well-formed messages
 * @param messagesSent messages handed to the network
 * @param parseErrors messages that could not be understood
 * @param retransmissionsReceived requests and responses that were seen before
 * @param retransmissionsSent messages that were sent again
 * @param loopErrors exceptions that the loop caught: each is a fault of ours or the application's
 * @param dropped what was not processed, by reason
 */
public record SipStatistics(
        long serverTransactions,
        long clientTransactions,
        long dialogs,
        long connections,
        long timers,
        long messagesReceived,
        long messagesSent,
        long parseErrors,
        long retransmissionsReceived,
        long retransmissionsSent,
        long loopErrors,
        Map<String, Long> dropped) {
    /** Copies the map. */
    public SipStatistics {
        dropped = Map.copyOf(dropped);
    }
}
