package io.siprec.testkit.internal;

import io.siprec.testkit.SrcStream;

/** Computes what a recorder of every packet has. */
public final class SentAudio {
    private SentAudio() {}

    /**
     * The audio of the first packets of a stream after coding and decoding, with silence for those that were left out.
     *
     * @throws IllegalArgumentException when they don't fit into one array
     */
    public static short[] decoded(SrcStream stream, long packets) {
        if (packets > Integer.MAX_VALUE / Packets.SAMPLES) {
            throw new IllegalArgumentException(packets + " packets are too many for one array");
        }
        short[] decoded = new short[(int) packets * Packets.SAMPLES];
        short[] pcm = new short[Packets.SAMPLES];
        byte[] codes = new byte[Packets.SAMPLES];
        for (int packet = 0; packet < packets; packet++) {
            if (!stream.lost().test(packet)) {
                int place = packet * Packets.SAMPLES;
                stream.audio().read(place, pcm, 0, Packets.SAMPLES);
                G711Codec.encode(stream.codec(), pcm, codes, Packets.SAMPLES);
                G711Codec.decode(stream.codec(), codes, Packets.SAMPLES, decoded, place);
            }
        }
        return decoded;
    }
}
