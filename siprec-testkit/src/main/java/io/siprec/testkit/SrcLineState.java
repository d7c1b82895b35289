package io.siprec.testkit;

import java.util.Optional;

/** What an m-line of the client says about its audio: the ways in which SRCs send, hold and end a stream. */
public enum SrcLineState {
    /** {@code a=sendonly} (RFC 7866 §7.1.1). */
    SENDONLY("sendonly", true),
    /** {@code a=sendrecv}, as from SRCs that copy the line of the recorded call. */
    SENDRECV("sendrecv", true),
    /** No direction at all, which means sendrecv (RFC 8866 §6.7). */
    UNSTATED("", true),
    /** Held by {@code a=inactive} (RFC 7866 §7.1.1.1). */
    INACTIVE("inactive", false),
    /** Held by {@code a=recvonly}, the other way to send nothing. */
    RECVONLY("recvonly", false),
    /** Held by {@code c=0.0.0.0} while the direction stays {@code sendonly} (RFC 2543, RFC 3264 §8.4). */
    ZERO_ADDRESS("sendonly", false),
    /** Held by {@code c=0.0.0.0} without any direction. */
    ZERO_ADDRESS_UNSTATED("", false),
    /** Held by both, {@code c=0.0.0.0} and {@code a=inactive}. */
    ZERO_ADDRESS_INACTIVE("inactive", false),
    /** Ended by port 0 (RFC 3264 §8.2). */
    REMOVED("sendonly", false);

    private final String direction;
    private final boolean sends;

    SrcLineState(String direction, boolean sends) {
        this.direction = direction;
        this.sends = sends;
    }

    /** The direction attribute; empty where the line has none. */
    public Optional<String> direction() {
        return Optional.of(direction).filter(word -> !word.isEmpty());
    }

    /** Whether packets are sent, if the recorder takes them. */
    public boolean sends() {
        return sends;
    }

    /** Whether the line's address is 0.0.0.0, or :: in IPv6. */
    public boolean zeroAddress() {
        return this == ZERO_ADDRESS || this == ZERO_ADDRESS_UNSTATED || this == ZERO_ADDRESS_INACTIVE;
    }
}
