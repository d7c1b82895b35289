package io.siprec.benchmarks.media;

import io.siprec.rtp.G711;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares every sample of the recordings in a directory with what the sender sent. Knows the audio by the same formula as
 * {@code call_load.c}, and whose it is by its first packet.
 */
final class SampleCheck {
    private static final int PACKET_SAMPLES = 160;
    private static final int NOISE = 16_384;
    private static final byte[] CODES = noise();

    private final int[] packets;
    private final boolean[] found;
    private long lost;
    private long badSamples;

    /** @param packets of each stream */
    SampleCheck(int[] packets) {
        this.packets = packets.clone();
        this.found = new boolean[packets.length];
    }

    private static byte[] noise() {
        byte[] codes = new byte[NOISE + PACKET_SAMPLES];
        int x = (int) 2_463_534_242L;
        for (int i = 0; i < codes.length; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            byte code = (byte) (x >>> 16);
            codes[i] = (code & 0x7f) == 0x7f ? 0x55 : code; // the two codes of silence are left out
        }
        return codes;
    }

    /** Checks all WAV files below {@code directory}; streams without one count as lost. */
    Result check(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(path -> path.toString().endsWith(".wav")).toList();
        }
        for (Path file : files) {
            checkFile(file);
        }
        for (int stream = 0; stream < packets.length; stream++) {
            lost += found[stream] ? 0 : packets[stream];
        }
        return new Result(files.size(), lost, badSamples);
    }

    private void checkFile(Path file) throws IOException {
        ShortBuffer samples = samples(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        int start = 0;
        while (start < samples.limit() && samples.get(start) == 0) {
            start++;
        }
        int stream = start + PACKET_SAMPLES <= samples.limit() ? streamOf(samples, start) : -1;
        if (stream < 0 || stream >= packets.length || found[stream]) {
            badSamples += samples.limit() - start;
            return;
        }
        found[stream] = true;
        for (int packet = 0; packet < packets[stream]; packet++) {
            checkPacket(samples, start + packet * PACKET_SAMPLES, stream, packet);
        }
        badSamples += Math.max(0, samples.limit() - start - packets[stream] * PACKET_SAMPLES);
    }

    private static ShortBuffer samples(ByteBuffer wav) {
        int at = 12;
        while (wav.getInt(at) != 0x61746164) { // "data"
            at += 8 + wav.getInt(at + 4);
        }
        return wav.limit(at + 8 + wav.getInt(at + 4))
                .position(at + 8)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
    }

    /** The first packet tells it in digits of base 100. */
    private static int streamOf(ShortBuffer samples, int start) {
        int number = 0;
        for (int digit = 3; digit >= 0; digit--) {
            int code = G711.encodeUlaw(samples.get(start + digit)) & 0xff;
            if (code < 1 || code > 100) {
                return -1;
            }
            number = 100 * number + code - 1;
        }
        return number;
    }

    private void checkPacket(ShortBuffer samples, int at, int stream, int packet) {
        int hash = stream * 0x9E3779B1 ^ packet * 0x85EBCA6B;
        int noise = (hash ^ hash >>> 15) & NOISE - 1;
        int silent = 0;
        int bad = 0;
        for (int i = packet == 0 ? 4 : 0; i < PACKET_SAMPLES; i++) { // the number of the stream was read already
            short sample = at + i < samples.limit() ? samples.get(at + i) : 0;
            silent += sample == 0 ? 1 : 0;
            bad += sample == G711.decodeUlaw(CODES[noise + i]) ? 0 : 1;
        }
        if (silent == PACKET_SAMPLES) {
            lost++;
        } else {
            badSamples += bad;
        }
    }

    /** Files that were there, packets that are in none of them, and samples that aren't what was sent. */
    record Result(int files, long lostPackets, long badSamples) {}
}
