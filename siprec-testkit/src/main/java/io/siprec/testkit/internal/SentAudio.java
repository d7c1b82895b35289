package io.siprec.testkit.internal;

import io.siprec.testkit.SrcPhase;
import io.siprec.testkit.SrcStream;
import java.util.List;

/** Computes what a recorder of every packet has. */
public final class SentAudio {
    private SentAudio() {}

    /**
     * The audio of some packets of a stream after coding and decoding, with silence for those that were left out or were tones.
     *
     * @param first the place of the first packet
     * @throws IllegalArgumentException when they don't fit into one array
     */
    public static short[] decoded(SrcStream stream, long first, long packets) {
        short[] decoded = new short[samples(packets)];
        decode(stream, first, packets, decoded, 0);
        return decoded;
    }

    /**
     * The audio of these phases, each at its distance from the first, with silence between them.
     *
     * @throws IllegalArgumentException when they don't fit into one array
     */
    public static short[] decoded(List<SrcPhase> phases) {
        if (phases.isEmpty()) {
            return new short[0];
        }
        long origin = phases.get(0).firstPlace();
        SrcPhase last = phases.get(phases.size() - 1);
        short[] decoded = new short[samples(last.firstPlace() + last.packets() - origin)];
        for (SrcPhase phase : phases) {
            decode(phase.stream(), phase.firstPlace(), phase.packets(), decoded, samples(phase.firstPlace() - origin));
        }
        return decoded;
    }

    private static int samples(long packets) {
        if (packets > Integer.MAX_VALUE / Packets.SAMPLES) {
            throw new IllegalArgumentException(packets + " packets are too many for one array");
        }
        return (int) packets * Packets.SAMPLES;
    }

    private static void decode(SrcStream stream, long first, long packets, short[] into, int offset) {
        short[] pcm = new short[Packets.SAMPLES];
        byte[] codes = new byte[Packets.SAMPLES];
        for (int packet = 0; packet < packets; packet++) {
            long place = first + packet;
            if (!stream.lost().test(place) && stream.toneAt(place).isEmpty()) {
                stream.audio().read(place * Packets.SAMPLES, pcm, 0, Packets.SAMPLES);
                G711Codec.encode(stream.codec(), pcm, codes, Packets.SAMPLES);
                G711Codec.decode(stream.codec(), codes, Packets.SAMPLES, into, offset + packet * Packets.SAMPLES);
            }
        }
    }
}
