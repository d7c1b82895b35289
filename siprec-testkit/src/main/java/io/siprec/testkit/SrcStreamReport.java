package io.siprec.testkit;

import io.siprec.testkit.internal.SentAudio;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was sent on one stream, from its first m-line to its last.
 *
 * @param stream as it was sent last
 * @param local the address that the packets came from last, as in the SDP
 * @param remote where they went last; empty when nothing was ever sent
 * @param firstPacket the place of the first packet on the wire, -1 when there was none
 * @param lastPacket the place of the last packet on the wire, -1 when there was none
 * @param packetsSent packets given to the network
 * @param packetsDue packets whose time had come: those sent, and those left out on purpose or refused by the network
 * @param packetsFailed packets that the operating system refused to send
 * @param phases the times in which it was sent, oldest first
 */
public record SrcStreamReport(
        SrcStream stream,
        InetSocketAddress local,
        Optional<InetSocketAddress> remote,
        long firstPacket,
        long lastPacket,
        long packetsSent,
        long packetsDue,
        long packetsFailed,
        List<SrcPhase> phases) {
    /** Checks that all is there. */
    public SrcStreamReport {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        phases = List.copyOf(phases);
    }

    /**
     * The samples that a recorder of everything has, from the first packet's place to the last one's: the audio of all packets
     * that were due as G.711 gives it back, with silence where a packet was left out and where the stream was held. A new SSRC
     * begins a clock of its own, so the phases before and after it are to be looked for one by one. Computed at each call.
     */
    public short[] samples() {
        return SentAudio.decoded(phases);
    }
}
