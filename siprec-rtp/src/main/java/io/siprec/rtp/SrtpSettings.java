package io.siprec.rtp;

import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpReceiver;
import java.util.List;
import java.util.Objects;

/**
 * How a stream is encrypted (RFC 3711): both directions with one suite.
 *
 * @param peer the sender's master keys: one, or several told apart by their MKIs
 * @param own ours, for the reports that we send
 */
public record SrtpSettings(List<SrtpKeys> peer, SrtpKeys own) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when the keys don't go together, see {@link SrtpReceiver#check}
     */
    public SrtpSettings {
        peer = List.copyOf(peer);
        Objects.requireNonNull(own, "own");
        SrtpReceiver.check(peer);
        if (own.suite() != peer.get(0).suite()) {
            throw new IllegalArgumentException("our key is for " + own.suite() + ", the peer's for "
                    + peer.get(0).suite());
        }
    }
}
