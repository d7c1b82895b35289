package io.siprec.rtp.internal;

import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.internal.pcapng.BlockReader;
import io.siprec.rtp.internal.pcapng.BlockReader.Block;
import io.siprec.rtp.internal.pcapng.BlockReader.JournalEntry;
import io.siprec.rtp.internal.pcapng.BlockReader.Packet;
import io.siprec.rtp.internal.pcapng.HeaderReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a capture once, and has each of its packets taken as it was taken when it came. Blocks; one thread. */
public final class CaptureReplay {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.siprec.rtp");
    private static final int MAX_BLOCKS = 256;
    private static final long WAIT_NANOS = 1_000_000L;

    private final Path directory;
    private final TimeOrigin origin = new TimeOrigin();
    private final WriterPool writers = new WriterPool(
            1, MAX_BLOCKS, Optional.empty(), Storage.fileSystem(), new RateLimitedLog(LOGGER, System::nanoTime));
    private final Map<Integer, ReplayedStream> streams = new TreeMap<>();
    private final List<Outcome.Stream> refused = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>(1); // what the end of the capture says

    private CaptureReplay(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the audio files of a capture again.
     *
     * @param directory of the files, which are created
     * @throws IOException when the capture can't be read
     */
    public static Outcome replay(Path capture, Path directory) throws IOException {
        CaptureReplay replay = new CaptureReplay(directory);
        read(capture, replay::lookForOrigin);
        replay.writers.start();
        try {
            read(capture, replay::take);
            return replay.outcome();
        } finally {
            replay.stop();
        }
    }

    private static void read(Path capture, Consumer<Block> consumer) throws IOException {
        try (BlockReader reader = BlockReader.open(capture)) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                consumer.accept(block);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("it holds what siprec doesn't write: " + e.getMessage(), e);
        }
    }

    /** Streams are written apart from each other: the first in the file need not be the one that came first. */
    private void lookForOrigin(Block block) {
        if (block instanceof JournalEntry entry) {
            CaptureNote.parse(entry.fields())
                    .map(note -> note.values().get(CaptureNote.ORIGIN))
                    .ifPresent(nanos -> origin.setIfUnset(Long.parseLong(nanos), Instant.EPOCH));
        }
    }

    private void stop() {
        try {
            writers.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Block block) {
        while (writers.queuedBlocks() > MAX_BLOCKS / 2) {
            LockSupport.parkNanos(WAIT_NANOS); // the disk is slower than this
        }
        if (block instanceof Packet packet) {
            take(packet);
        } else if (block instanceof JournalEntry entry) {
            CaptureNote.parse(entry.fields()).ifPresent(this::take);
        }
    }

    private void take(CaptureNote note) {
        switch (note.kind()) {
            case BEGIN -> begin(note);
            case CLOSED -> dropped.add(Long.parseLong(note.values().get(CaptureNote.DROPPED)));
            default -> {
                ReplayedStream stream = streams.get(note.stream());
                if (stream != null) {
                    stream.take(note);
                }
            }
        }
    }

    private void begin(CaptureNote note) {
        if (Boolean.parseBoolean(note.values().get(CaptureNote.ENCRYPTED))) {
            refused.add(
                    Outcome.Stream.refused(note.stream(), "its packets are encrypted, and a capture holds no keys"));
        } else if (CaptureScope.valueOf(note.values().get(CaptureNote.SCOPE)) != CaptureScope.ALL) {
            refused.add(Outcome.Stream.refused(note.stream(), "the capture holds only what could not be decoded"));
        } else {
            streams.put(note.stream(), new ReplayedStream(note, directory, writers, origin));
        }
    }

    private void take(Packet packet) {
        CaptureComment comment = CaptureComment.parse(packet.comment());
        ReplayedStream stream = streams.get(comment.stream());
        if (stream != null && comment.taken()) {
            stream.take(HeaderReader.udpPayload(packet.data()), packet.epochNanos(), comment);
        }
    }

    private Outcome outcome() {
        List<Outcome.Stream> all = new ArrayList<>(refused);
        streams.forEach((number, stream) -> all.add(stream.finish(number)));
        all.sort(Comparator.comparingInt(Outcome.Stream::number));
        return new Outcome(all, dropped.isEmpty() ? Optional.empty() : Optional.of(dropped.get(0)));
    }

    /**
     * What came of it.
     *
     * @param dropped by the capture; empty when it has no end
     */
    public record Outcome(List<Stream> streams, Optional<Long> dropped) {
        /**
         * One stream.
         *
         * @param file empty when none was made
         * @param ended false when the capture ends before it
         * @param error why there is no file, or the trouble with the disk
         */
        public record Stream(int number, Optional<Path> file, boolean ended, Optional<String> error) {
            private static Stream refused(int number, String why) {
                return new Stream(number, Optional.empty(), true, Optional.of(why));
            }
        }
    }
}
