package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SampleEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One WAV file. The loop hands blocks over; the writer thread of the file puts the samples down first and then a header that
 * counts them, so that the file can be played at every instant.
 */
final class RecordingFile implements BlockSink, WriterThread.Forced {
    private static final int MOST_SILENCING = 16;

    private final Path path;
    private final RecordingFormat format;
    private final Storage storage;
    private final WriterThread writer;
    private final BlockPool blocks;
    private final WriterStatistics statistics;

    private Storage.File file; // writer thread, as are the next four
    private WavLayout layout = WavLayout.EMPTY; // until the first audio comes
    private long dataBytes;
    private final GapList refused = new GapList();
    private String firstError;
    private volatile long errors; // written by the writer thread
    private final AtomicInteger silencing = new AtomicInteger(); // waiting for the writer thread

    RecordingFile(
            Path path,
            RecordingFormat format,
            Storage storage,
            WriterThread writer,
            BlockPool blocks,
            WriterStatistics statistics) {
        this.path = path;
        this.format = format;
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
    public void begin(AudioFormat first, int sampleRateHz) {
        writer.submitUnhurried(scratch -> layOut(WavLayout.mono(format, first, sampleRateHz), scratch));
    }

    private void layOut(WavLayout found, ByteBuffer scratch) {
        try {
            layout = found;
            if (file != null) {
                writeHeader(scratch);
            }
        } catch (IOException | RuntimeException e) {
            failed("can't write " + path, e);
        }
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
        writer.submitUnhurried(scratch -> append(block, firstSample, scratch));
        return true;
    }

    @Override
    public boolean silence(long firstSample, long samples, boolean last) {
        if (silencing.get() >= MOST_SILENCING && !last) {
            return false;
        }
        silencing.incrementAndGet();
        writer.submit(scratch -> overwrite(firstSample, firstSample + samples, scratch));
        return true;
    }

    private void overwrite(long firstSample, long endSample, ByteBuffer scratch) {
        silencing.decrementAndGet();
        try {
            if (file != null) {
                long end = Math.min(dataBytes, endSample * layout.frameBytes());
                writeSilence(firstSample * layout.frameBytes(), end, scratch);
                writer.written(this);
            }
        } catch (IOException | RuntimeException e) {
            failed("can't write silence into " + path, e);
        }
    }

    /** Has the file closed after all that was written; {@code whenDone} is called on the writer thread. */
    void finish(Consumer<Result> whenDone) {
        writer.submit(scratch -> whenDone.accept(closed(scratch)));
    }

    /** What the disk refused so far. Any thread. */
    long errors() {
        return errors;
    }

    private void create(ByteBuffer scratch) {
        try {
            file = storage.create(path);
            writeHeader(scratch);
        } catch (IOException | RuntimeException e) {
            failed("can't create " + path, e);
        }
    }

    private void append(ByteBuffer block, long firstSample, ByteBuffer scratch) {
        long samples = block.remaining() / 2;
        try {
            if (file == null) { // the disk may have room again
                file = storage.create(path);
            }
            layout.encode(block);
            write(block, firstSample * layout.frameBytes(), scratch);
            writer.written(this);
        } catch (IOException | RuntimeException e) {
            refused.add(firstSample, firstSample + samples, Gap.Cause.DISK);
            failed("can't write " + path, e);
        } finally {
            blocks.give(block);
        }
    }

    private void write(ByteBuffer block, long position, ByteBuffer scratch) throws IOException {
        long blockEnd = position + block.remaining();
        if (position > dataBytes && layout.encoding().silence != 0) {
            writeSilence(dataBytes, position, scratch); // a hole reads as zeros, which are no silence in G.711
        }
        file.write(block, layout.headerBytes() + position);
        if (blockEnd > dataBytes) {
            dataBytes = blockEnd;
            writeHeader(scratch);
        }
    }

    private void writeSilence(long from, long to, ByteBuffer scratch) throws IOException {
        for (long at = from; at < to; at += scratch.capacity()) {
            scratch.clear().limit((int) Math.min(scratch.capacity(), to - at));
            while (scratch.hasRemaining()) {
                scratch.put(layout.encoding().silence);
            }
            file.write(scratch.flip(), layout.headerBytes() + at);
        }
    }

    private void writeHeader(ByteBuffer scratch) throws IOException {
        layout.write(scratch, dataBytes);
        file.write(scratch, 0);
    }

    /** Has the system put on the disk what was written. Writer thread. */
    @Override
    public void force() {
        try {
            if (file != null) {
                file.force();
            }
        } catch (IOException | RuntimeException e) {
            failed("can't force " + path, e);
        }
    }

    private Result closed(ByteBuffer scratch) {
        long fileBytes = 0;
        writer.closing(this);
        try {
            if (file != null) {
                fileBytes = layout.headerBytes() + dataBytes;
                if ((dataBytes & 1) != 0) { // chunks have an even length
                    file.write(scratch.clear().put((byte) 0).flip(), fileBytes++);
                }
            }
        } catch (IOException | RuntimeException e) {
            failed("can't finish " + path, e);
        }
        close();
        long samples = dataBytes / layout.frameBytes();
        return new Result(
                samples,
                fileBytes,
                layout.encoding().published(),
                refused.sorted(0),
                refused.totals(),
                Optional.ofNullable(firstError));
    }

    private void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException | RuntimeException e) {
            failed("can't close " + path, e);
        }
    }

    private void failed(String what, Exception cause) {
        if (firstError == null) {
            firstError = what + ": " + reason(cause);
        }
        statistics.writeFailed(what, cause);
        errors++; // one writer; last, so that who sees it sees all that it stands for
    }

    private static String reason(Exception cause) {
        String text = cause.getMessage();
        return cause.getClass().getSimpleName() + (text == null ? "" : " " + text);
    }

    /** What became of a file. */
    record Result(
            long samples,
            long fileBytes,
            SampleEncoding encoding,
            List<Gap> refused,
            Map<Gap.Cause, Long> refusedSamples,
            Optional<String> error) {}
}
