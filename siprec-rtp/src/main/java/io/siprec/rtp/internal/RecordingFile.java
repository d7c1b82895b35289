package io.siprec.rtp.internal;

import io.siprec.rtp.Gap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One WAV file. The loop hands blocks over; the writer thread of the file puts the samples down first and then a header that
 * counts them, so that the file can be played at every instant.
 */
final class RecordingFile implements BlockSink {
    private final Path path;
    private final int sampleRateHz;
    private final Storage storage;
    private final WriterThread writer;
    private final BlockPool blocks;
    private final WriterStatistics statistics;

    private Storage.File file; // writer thread, as are the next three
    private long dataBytes;
    private final GapList refused = new GapList();
    private String firstError;
    private volatile long errors; // written by the writer thread

    RecordingFile(
            Path path,
            int sampleRateHz,
            Storage storage,
            WriterThread writer,
            BlockPool blocks,
            WriterStatistics statistics) {
        this.path = path;
        this.sampleRateHz = sampleRateHz;
        this.storage = storage;
        this.writer = writer;
        this.blocks = blocks;
        this.statistics = statistics;
    }

    /** Has the file created, with the header of an empty recording. Any thread. */
    void open() {
        writer.submit(this::create);
    }

    @Override
    public boolean write(long firstSample, short[] samples, int offset, int length) {
        ByteBuffer block = blocks.take();
        if (block == null) {
            statistics.blockDropped();
            return false;
        }
        int head = Math.min(length, samples.length - offset);
        block.asShortBuffer().put(samples, offset, head).put(samples, 0, length - head);
        block.limit(2 * length);
        writer.submit(header -> append(block, firstSample, header));
        return true;
    }

    /** Has the file closed after all that was written; {@code whenDone} is called on the writer thread. */
    void finish(Consumer<Result> whenDone) {
        writer.submit(header -> whenDone.accept(closed()));
    }

    /** What the disk refused so far. Any thread. */
    long errors() {
        return errors;
    }

    private void create(ByteBuffer header) {
        try {
            file = storage.create(path);
            writeHeader(header);
        } catch (IOException | RuntimeException e) {
            failed("can't create " + path, e);
        }
    }

    private void append(ByteBuffer block, long firstSample, ByteBuffer header) {
        long position = 2 * firstSample;
        long blockEnd = position + block.remaining();
        try {
            if (file == null) {
                throw new IOException("no file");
            }
            file.write(block, WavHeader.BYTES + position);
            if (blockEnd > dataBytes) {
                dataBytes = blockEnd;
                writeHeader(header);
            }
        } catch (IOException | RuntimeException e) {
            refused.add(firstSample, blockEnd / 2, Gap.Cause.DISK);
            failed("can't write " + path, e);
        } finally {
            blocks.give(block);
        }
    }

    private void writeHeader(ByteBuffer header) throws IOException {
        WavHeader.write(header, sampleRateHz, dataBytes);
        file.write(header, 0);
    }

    private Result closed() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException | RuntimeException e) {
            failed("can't close " + path, e);
        }
        long fileBytes = file == null ? 0 : WavHeader.BYTES + dataBytes;
        return new Result(
                dataBytes / 2, fileBytes, refused.sorted(0), refused.totals(), Optional.ofNullable(firstError));
    }

    private void failed(String what, Exception cause) {
        errors++; // one writer
        if (firstError == null) {
            firstError = what + ": " + reason(cause);
        }
        statistics.writeFailed(what, cause);
    }

    private static String reason(Exception cause) {
        String text = cause.getMessage();
        return cause.getClass().getSimpleName() + (text == null ? "" : " " + text);
    }

    /** What became of a file. */
    record Result(
            long samples,
            long fileBytes,
            List<Gap> refused,
            Map<Gap.Cause, Long> refusedSamples,
            Optional<String> error) {}
}
