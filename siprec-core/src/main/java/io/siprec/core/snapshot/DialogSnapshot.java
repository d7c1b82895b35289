package io.siprec.core.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a dialog (RFC 3261 §12) beside Call-ID and tags, which the session has.
 *
 * @param localParty what our requests have in From: name-addr without the tag
 * @param remoteParty what they have in To, likewise
 * @param localSeq CSeq of our newest request; the next one's is higher, by more than one where requests may be on their way
 * @param remoteSeq CSeq of the SRC's newest request
 * @param routeSet values of Route, in order
 * @param remoteTarget the SRC's URI, from the Contact of its newest target refresh
 * @param localContact the URI that we have given as ours
 * @param transport "UDP", "TCP" or "TLS": how the SRC was last heard
 * @param peerAddress where, as {@code host:port}
 * @param allow the methods of the SRC's last Allow; none where it sent none
 * @param acknowledged whether the ACK of our newest 2xx has come
 * @param sessionTimer as agreed on (RFC 4028); empty without one
 * @param heardAt when the newest request or audio came, for the rule that ends idle sessions
 */
public record DialogSnapshot(
        String localParty,
        String remoteParty,
        long localSeq,
        long remoteSeq,
        List<String> routeSet,
        String remoteTarget,
        String localContact,
        String transport,
        String peerAddress,
        List<String> allow,
        boolean acknowledged,
        Optional<SessionTimer> sessionTimer,
        Optional<Instant> heardAt) {
    /** Copies the lists. */
    public DialogSnapshot {
        Objects.requireNonNull(localParty, "localParty");
        Objects.requireNonNull(remoteParty, "remoteParty");
        routeSet = List.copyOf(routeSet);
        Objects.requireNonNull(remoteTarget, "remoteTarget");
        Objects.requireNonNull(localContact, "localContact");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(peerAddress, "peerAddress");
        allow = List.copyOf(allow);
        Objects.requireNonNull(sessionTimer, "sessionTimer");
        Objects.requireNonNull(heardAt, "heardAt");
    }

    /**
     * A session timer (RFC 4028).
     *
     * @param intervalSeconds the Session-Expires agreed on
     * @param refreshedByUs whether we are the refresher
     * @param expiresAt when the session ends without a refresh
     */
    public record SessionTimer(long intervalSeconds, boolean refreshedByUs, Instant expiresAt) {
        public SessionTimer {
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }
}
