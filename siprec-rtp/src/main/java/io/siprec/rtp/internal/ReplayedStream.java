package io.siprec.rtp.internal;

import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.TimeOrigin;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a capture: the timeline and the file that it had, fed again. */
final class ReplayedStream {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.siprec.rtp");
    private static final Clock NO_WALL_CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC); // no file tells of it

    private final Path path;
    private final RecordingFile file;
    private final Timeline timeline;
    private final RtpPacket packet = new RtpPacket();
    private final AudioIntake audio;
    private long ssrc = -1;
    private long lastNanos;
    private boolean ended;

    ReplayedStream(CaptureNote begin, Path directory, WriterPool writers, TimeOrigin origin) {
        StreamCounters counters = new StreamCounters();
        path = directory.resolve(Path.of(begin.values().get(CaptureNote.FILE)).getFileName()); // never another folder's
        file = writers.open(path, RecordingFormat.valueOf(begin.values().get(CaptureNote.FORMAT)));
        timeline = new Timeline(file, new SampleClock(origin, NO_WALL_CLOCK), counters);
        audio = new AudioIntake(
                counters,
                timeline,
                new ArrivalMeter(counters),
                packet,
                new short[Timeline.MAX_PACKET_SAMPLES],
                CaptureNote.formats(begin.values().get(CaptureNote.FORMATS)));
        lastNanos = begin.epochNanos();
    }

    /** A packet that the receiver had taken. */
    void take(ByteBuffer datagram, long nowNanos, CaptureComment comment) {
        if (!packet.parse(datagram)) {
            return;
        }
        lastNanos = nowNanos;
        if (packet.ssrc() != ssrc) {
            ssrc = packet.ssrc();
            timeline.forgetAnchor();
        }
        try {
            audio.take(datagram, comment.newest(), comment.skipped(), nowNanos, nowNanos - comment.sinceNanos());
        } catch (RuntimeException e) {
            LOGGER.debug("a packet of stream {} fails as it did when it came", path, e);
        }
    }

    void take(CaptureNote note) {
        lastNanos = note.epochNanos();
        switch (note.kind()) {
            case FORMATS -> audio.negotiated(CaptureNote.formats(note.values().get(CaptureNote.FORMATS)));
            case SETTLED -> timeline.tick(lastNanos);
            case ENDED -> ended = true;
            default -> {} // says nothing of the audio
        }
    }

    /** Writes the rest and waits for the file. */
    CaptureReplay.Outcome.Stream finish(int number) {
        timeline.finish(lastNanos);
        CompletableFuture<RecordingFile.Result> closed = new CompletableFuture<>();
        file.finish(closed::complete);
        return new CaptureReplay.Outcome.Stream(
                number, Optional.of(path), ended, closed.join().error());
    }
}
