package io.siprec.testkit;

import io.siprec.testkit.internal.SentAudio;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * What was sent on one stream.
 *
 * @param stream what was to be sent
 * @param local the address that the packets came from, as in the SDP
 * @param remote where they went; empty when the answer refused the stream or there was none
 * @param firstPacket the place of the first packet on the wire, -1 when there was none
 * @param lastPacket the place of the last packet on the wire, -1 when there was none
 * @param packetsSent packets given to the network
 * @param packetsDue packets whose time had come: those sent, and those left out on purpose or refused by the network
 * @param packetsFailed packets that the operating system refused to send
 */
public record SrcStreamReport(
        SrcStream stream,
        InetSocketAddress local,
        Optional<InetSocketAddress> remote,
        long firstPacket,
        long lastPacket,
        long packetsSent,
        long packetsDue,
        long packetsFailed) {
    /** Checks that all is there. */
    public SrcStreamReport {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
    }

    /**
     * The samples that a recorder of everything has: the audio of all packets that were due as G.711 gives it back, with
     * silence where a packet was left out. Computed at each call.
     */
    public short[] samples() {
        return SentAudio.decoded(stream, packetsDue);
    }
}
