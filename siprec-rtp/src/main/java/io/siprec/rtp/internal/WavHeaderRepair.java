package io.siprec.rtp.internal;

import io.siprec.rtp.SampleEncoding;
import io.siprec.rtp.WavRepair.Outcome;
import io.siprec.rtp.WavRepair.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the header of a recording true. Only headers that this recorder writes are touched. */
public final class WavHeaderRepair {
    private static final int ENCODING_AT = 56;
    private static final int CHANNELS_AT = 58;
    private static final int RATE_AT = 60;
    private static final int SIZE64_AT = 28;

    private WavHeaderRepair() {}

    /** See {@link io.siprec.rtp.WavRepair#repair}. */
    public static Result repair(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = read(channel);
            WavLayout layout = layoutOf(header);
            if (layout == null || header.limit() < layout.headerBytes()) {
                return noRecording(channel);
            }
            header.limit(layout.headerBytes());
            long told = dataBytesTold(header);
            if (told < 0 || !isOurs(header, layout, told)) {
                return noRecording(channel);
            }
            return repair(channel, layout, told);
        }
    }

    private static ByteBuffer read(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(WavLayout.MAX_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            continue; // a file may be shorter
        }
        return header.flip();
    }

    private static WavLayout layoutOf(ByteBuffer header) {
        if (header.limit() < RATE_AT + 4) {
            return null;
        }
        for (WavLayout.Encoding encoding : WavLayout.Encoding.values()) {
            int channels = header.getShort(CHANNELS_AT);
            int rateHz = header.getInt(RATE_AT);
            if (encoding.code == header.getShort(ENCODING_AT) && channels > 0 && rateHz > 0) {
                return new WavLayout(encoding, channels, rateHz);
            }
        }
        return null;
    }

    private static long dataBytesTold(ByteBuffer header) {
        long size = header.getInt(header.limit() - 4) & 0xffff_ffffL;
        return header.get(1) == 'F' ? header.getLong(SIZE64_AT) : size; // RF64 or RIFF
    }

    private static boolean isOurs(ByteBuffer header, WavLayout layout, long told) {
        ByteBuffer ours = ByteBuffer.allocate(WavLayout.MAX_HEADER_BYTES);
        layout.write(ours, told);
        return ours.equals(header.duplicate().rewind());
    }

    private static Result repair(FileChannel channel, WavLayout layout, long told) throws IOException {
        long there = channel.size() - layout.headerBytes();
        long whole = there - there % layout.frameBytes();
        if (there == told + (told & 1)) {
            return result(Outcome.INTACT, layout, told, channel);
        }
        ByteBuffer header = ByteBuffer.allocate(WavLayout.MAX_HEADER_BYTES);
        layout.write(header, whole);
        while (header.hasRemaining()) {
            channel.write(header, header.position());
        }
        channel.truncate(layout.headerBytes() + whole);
        if ((whole & 1) != 0) {
            channel.write(ByteBuffer.allocate(1), layout.headerBytes() + whole);
        }
        channel.force(true);
        return result(Outcome.REPAIRED, layout, whole, channel);
    }

    private static Result result(Outcome outcome, WavLayout layout, long dataBytes, FileChannel channel)
            throws IOException {
        return new Result(
                outcome,
                dataBytes / layout.frameBytes(),
                layout.sampleRateHz(),
                layout.encoding().published(),
                channel.size());
    }

    private static Result noRecording(FileChannel channel) throws IOException {
        return new Result(Outcome.NOT_A_RECORDING, 0, 0, SampleEncoding.PCM16, channel.size());
    }
}
