package io.siprec.sip;

import java.net.InetAddress;
import java.util.Objects;

/**
 * How often messages from and to one address were repeated: where this grows, packets are lost on the way, or one of the
 * ends is too slow.
 *
 * @param address of the peer
 * @param received messages of the peer's that had come before
 * @param sent messages of ours that were sent before
 */
public record PeerRetransmissions(InetAddress address, long received, long sent) {
    /** The address may not be missing. */
    public PeerRetransmissions {
        Objects.requireNonNull(address, "address");
    }
}
