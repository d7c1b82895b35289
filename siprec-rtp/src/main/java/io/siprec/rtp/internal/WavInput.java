package io.siprec.rtp.internal;

import io.siprec.rtp.G711;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a mono WAV or RF64 file of any length from its start to its end, in pieces. Not thread-safe. */
final class WavInput implements Closeable {
    private static final long NO_SIZE = 0xffff_ffffL;
    private static final int MIN_FORMAT_BYTES = 16;
    private static final int PIECE_SAMPLES = 8_192;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * PIECE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    private WavLayout layout;
    private long position;
    private long end;

    private WavInput(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static WavInput open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        WavInput input = new WavInput(path, channel);
        try {
            input.findData();
            return input;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void findData() throws IOException {
        boolean large = readTag(0).equals("RF64");
        if (!large && !readTag(0).equals("RIFF") || !readTag(8).equals("WAVE")) {
            throw wrong("no WAV file");
        }
        long size64 = 0;
        long at = 12;
        while (true) {
            String tag = readTag(at);
            long length = readBytes(at + 4, 4).getInt() & 0xffff_ffffL;
            long body = at + 8;
            switch (tag) {
                case "ds64" -> size64 = readBytes(body + 8, 8).getLong();
                case "fmt " -> layout = format(readBytes(body, MIN_FORMAT_BYTES));
                case "data" -> {
                    locate(body, large && length == NO_SIZE ? size64 : length);
                    return;
                }
                default -> {} // nothing of the audio
            }
            at = body + length + (length & 1);
        }
    }

    private void locate(long body, long length) throws IOException {
        if (layout == null || length < 0) {
            throw wrong("data before the format, or without a length");
        }
        position = body;
        end = Math.min(body + length, channel.size());
    }

    private WavLayout format(ByteBuffer body) throws IOException {
        int code = body.getShort(0) & 0xffff;
        int channels = body.getShort(2) & 0xffff;
        int bits = body.getShort(14) & 0xffff;
        for (WavLayout.Encoding encoding : WavLayout.Encoding.values()) {
            if (encoding.code == code && 8 * encoding.sampleBytes == bits && channels == 1 && body.getInt(4) > 0) {
                return new WavLayout(encoding, channels, body.getInt(4));
            }
        }
        throw wrong("format " + code + " with " + bits + " bits and " + channels
                + " channels: only mono of 16-bit PCM, mu-law and A-law can be read");
    }

    private String readTag(long at) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(readBytes(at, 4)).toString();
    }

    private ByteBuffer readBytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw wrong("ends before its audio");
            }
        }
        return bytes.flip();
    }

    private IOException wrong(String what) {
        return new IOException(path + ": " + what);
    }

    int sampleRateHz() {
        return layout.sampleRateHz();
    }

    /** Samples that are still to be read. */
    long left() {
        return (end - position) / layout.frameBytes();
    }

    /** Passes over samples, at most those that are left. */
    void skip(long samples) {
        position += Math.min(samples, left()) * layout.frameBytes();
    }

    /** Reads the next samples into {@code pcm}, at most {@code max}; 0 at the end. */
    int read(short[] pcm, int max) throws IOException {
        int wanted = (int) Math.min(Math.min(max, PIECE_SAMPLES), left());
        buffer.clear().limit(wanted * layout.frameBytes());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw wrong("became shorter while it was read");
            }
        }
        position += buffer.position();
        buffer.flip();
        for (int i = 0; i < wanted; i++) {
            pcm[i] = switch (layout.encoding()) {
                case PCM16 -> buffer.getShort();
                case ULAW -> G711.decodeUlaw(buffer.get());
                case ALAW -> G711.decodeAlaw(buffer.get());
            };
        }
        return wanted;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
