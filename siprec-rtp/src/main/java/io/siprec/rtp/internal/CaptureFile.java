package io.siprec.rtp.internal;

import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.CaptureSettings;
import io.siprec.rtp.CapturedMessage;
import io.siprec.rtp.internal.pcapng.BlockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * One packet capture. Its streams fill blocks, the signalling adds messages, and the thread for captures writes both. What finds no room is dropped and counted.
 */
public final class CaptureFile implements WriterThread.Forced {
    private static final String APPLICATION = "siprec";
    private static final String INTRODUCTION = "Made by siprec. Headers below UDP and TCP are made up around what the"
            + " sockets told; packet comments and journal entries hold what 'siprec render' needs beside the packets.";
    private static final int FILE_HEADER_BYTES = 1_024;

    private final CaptureSettings settings;
    private final CaptureWriters writers;
    private final CaptureClock clock;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<CaptureReport> report = new CompletableFuture<>();
    private final LongAdder dropped = new LongAdder();

    private final MessageFrames frames = new MessageFrames(); // writer thread, as is the rest
    private final PendingMessages pending = new PendingMessages(); // while no packet asks for a file
    private Storage.File file; // null until the first write
    private long bytes;
    private long packets;
    private long messages;
    private String firstError;

    CaptureFile(CaptureSettings settings, CaptureWriters writers, CaptureClock clock) {
        this.settings = settings;
        this.writers = writers;
        this.clock = clock;
    }

    /** Where it is written to. */
    public Path path() {
        return settings.file();
    }

    CaptureScope scope() {
        return settings.scope();
    }

    boolean decrypted() {
        return settings.decrypted();
    }

    CaptureClock clock() {
        return clock;
    }

    /** A block for packets; null when all are in use. Any thread. */
    ByteBuffer takeBlock() {
        return writers.blocks().take();
    }

    /** Has a block of packets written. Any thread. */
    void write(ByteBuffer block, int packetCount) {
        writers.thread().submitUnhurried(scratch -> append(block, packetCount));
    }

    /** A packet finds no room. Any thread. */
    void drop() {
        dropped.increment();
    }

    /** Adds a message of the signalling. Any thread. */
    public void message(CapturedMessage message) {
        if (closing.get()) {
            return;
        }
        if (writers.reserve(message.bytes().length)) {
            writers.thread().submit(scratch -> append(message));
        } else {
            dropped.increment();
        }
    }

    /** Finishes the file. Any thread; what streams that haven't ended write later is lost. */
    public CompletableFuture<CaptureReport> close() {
        if (closing.compareAndSet(false, true)) {
            writers.thread().submit(scratch -> finish());
        }
        return report.copy();
    }

    private void append(ByteBuffer full, int count) {
        appendPending();
        if (write(full)) {
            packets += count;
        } else {
            dropped.add(count);
        }
        writers.blocks().give(full);
    }

    private void append(CapturedMessage message) {
        try {
            byte[] kept = settings.messageFilter().apply(message.bytes());
            ByteBuffer blocks = frames.of(message, kept, clock.epochNanos(message.nanoTime()));
            if (file == null && settings.scope() == CaptureScope.UNDECODABLE) {
                pending.add(blocks); // messages alone are no reason for a file
            } else {
                appendMessage(blocks);
            }
        } finally {
            writers.release(message.bytes().length);
        }
    }

    private void appendPending() {
        if (file == null) {
            dropped.add(pending.takeLost());
            for (ByteBuffer blocks = pending.poll(); blocks != null; blocks = pending.poll()) {
                appendMessage(blocks);
            }
        }
    }

    private void appendMessage(ByteBuffer blocks) {
        if (write(blocks)) {
            messages++;
        } else {
            dropped.increment();
        }
    }

    /** All of {@code data} behind what was written, or nothing. */
    private boolean write(ByteBuffer data) {
        try {
            if (report.isDone()) {
                throw new IOException("closed");
            }
            if (file == null) {
                create();
            }
            int length = data.remaining();
            file.write(data, bytes);
            bytes += length;
            writers.thread().written(this);
            return true;
        } catch (IOException | RuntimeException e) {
            failed("can't write " + path(), e);
            return false;
        }
    }

    private void create() throws IOException {
        if (firstError != null) {
            throw new IOException("no file");
        }
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        BlockWriter.fileHeader(header, APPLICATION, INTRODUCTION);
        int length = header.flip().remaining();
        Storage.File made = writers.storage().create(path());
        try {
            made.write(header, 0);
        } catch (IOException e) {
            try (made) {
                throw e;
            }
        }
        file = made;
        bytes = length;
    }

    private void finish() {
        if (file != null) {
            writeEnd();
            writers.thread().closing(this);
            close(file);
        }
        report.complete(
                new CaptureReport(path(), bytes, packets, messages, dropped.sum(), Optional.ofNullable(firstError)));
    }

    private void writeEnd() {
        CaptureNote end = new CaptureNote(
                CaptureNote.Kind.CLOSED,
                0,
                clock.epochNanos(writers.nanoTime()),
                Map.of(CaptureNote.DROPPED, Long.toString(dropped.sum())));
        String text = end.text();
        ByteBuffer out =
                ByteBuffer.allocate(BlockWriter.journalEntryBytes(text)).order(ByteOrder.LITTLE_ENDIAN);
        BlockWriter.journalEntry(out, text);
        write(out.flip());
    }

    private void close(Storage.File open) {
        try (open) {
            if (firstError != null) {
                open.truncate(bytes); // what the disk took of a write that failed
            }
        } catch (IOException | RuntimeException e) {
            failed("can't finish " + path(), e);
        }
    }

    @Override
    public void force() {
        try {
            file.force();
        } catch (IOException | RuntimeException e) {
            failed("can't force " + path(), e);
        }
    }

    private void failed(String what, Exception cause) {
        if (firstError == null) {
            firstError = what + ": " + cause;
        }
        writers.log().error(what, cause);
    }
}
