package io.siprec.rtp.internal;

import io.siprec.rtp.WavMix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds mono files up to one of one or two channels. Used once, by one thread. */
public final class Mixer {
    private static final int PIECE_SAMPLES = 8_192;

    private final int channels;
    private final List<MixTrack> tracks = new ArrayList<>();
    private final int[] sums;
    private final ByteBuffer out;

    private Mixer(int channels) {
        this.channels = channels;
        this.sums = new int[channels * PIECE_SAMPLES];
        this.out = ByteBuffer.allocate(2 * channels * PIECE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** See {@link WavMix#write}. */
    public static void write(Path mix, WavMix.Layout layout, List<WavMix.Input> inputs) throws IOException {
        Path part = mix.resolveSibling(mix.getFileName() + ".part");
        List<WavInput> files = new ArrayList<>();
        try {
            for (WavMix.Input input : inputs) {
                files.add(WavInput.open(input.file()));
            }
            new Mixer(layout.channels()).mix(part, files, inputs);
            Files.move(part, mix, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            for (WavInput file : files) {
                file.close();
            }
            Files.deleteIfExists(part);
        }
    }

    private void mix(Path part, List<WavInput> files, List<WavMix.Input> inputs) throws IOException {
        int rateHz = files.stream().mapToInt(WavInput::sampleRateHz).max().orElse(8_000);
        Duration earliest = inputs.stream()
                .map(WavMix.Input::delay)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        for (int i = 0; i < files.size(); i++) {
            long delay = samples(inputs.get(i).delay().minus(earliest), rateHz);
            tracks.add(new MixTrack(inputs.get(i).file(), files.get(i), rateHz, delay));
        }
        WavLayout layout = new WavLayout(WavLayout.Encoding.PCM16, channels, rateHz);
        try (FileChannel file = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long dataBytes = 0;
            for (int length = piece(); length > 0; length = piece()) {
                writeAll(file, layout.headerBytes() + dataBytes);
                dataBytes += (long) length * layout.frameBytes();
            }
            layout.write(out, dataBytes);
            writeAll(file, 0);
        }
    }

    private static long samples(Duration time, int rateHz) {
        return Math.round(time.toNanos() / 1e9 * rateHz);
    }

    /** The next piece in {@link #out}; 0 at the end of all tracks. */
    private int piece() throws IOException {
        Arrays.fill(sums, 0);
        int longest = 0;
        for (int i = 0; i < tracks.size(); i++) {
            longest = Math.max(longest, tracks.get(i).add(sums, i % channels, channels, PIECE_SAMPLES));
        }
        out.clear();
        for (int i = 0; i < longest * channels; i++) {
            out.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sums[i])));
        }
        out.flip();
        return longest;
    }

    private void writeAll(FileChannel file, long position) throws IOException {
        long at = position;
        while (out.hasRemaining()) {
            at += file.write(out, at);
        }
    }
}
