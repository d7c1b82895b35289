package io.siprec.rtp;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A message of the signalling for a packet capture. The array is not copied.
 *
 * @param received false for one that was sent
 * @param transport its name, as in {@code UDP}; all others are shown as TCP
 * @param nanoTime when it passed, on the clock of the media plane
 */
public record CapturedMessage(
        boolean received,
        String transport,
        InetSocketAddress remote,
        InetSocketAddress local,
        long nanoTime,
        byte[] bytes) {
    /** None may be missing. */
    public CapturedMessage {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(bytes, "bytes");
    }
}
