package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.Gap;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.StreamStatistics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** One stream: its sockets, its receiver and its file. Belongs to one loop; other threads leave commands. */
public final class MediaStream {
    static final int NEW = -1;
    static final int ENDED = -2;

    /** More datagrams than a socket's buffer holds: only a flood is cut off, until the next sweep. */
    private static final int MAX_DATAGRAMS_PER_SWEEP = 2_048;

    private final StreamSettings settings;
    private final MediaLoop loop;
    private final PortPool ports;
    private final PortPair pair;
    private final RecordingFile file;
    private final StreamCounters counters;
    private final Timeline timeline; // loop thread only, as is the receiver
    private final StreamReceiver receiver;

    private int place = NEW; // in the loop's list
    private final AtomicBoolean commanded = new AtomicBoolean(); // true while in the loop's queue
    private final AtomicReference<Update> update = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private Runnable ended = () -> {}; // set before the stream begins
    private final CompletableFuture<StreamReport> report = new CompletableFuture<>();

    MediaStream(StreamSettings settings, MediaLoop loop, PortPool ports, PortPair pair, RecordingFile file) {
        this.settings = settings;
        this.loop = loop;
        this.ports = ports;
        this.pair = pair;
        this.file = file;
        this.counters = new StreamCounters();
        SampleClock clock = new SampleClock(settings.origin(), loop.wallClock(), FormatTable.SAMPLE_RATE_HZ);
        this.timeline = new Timeline(file, clock, counters, FormatTable.SAMPLE_RATE_HZ);
        this.receiver = new StreamReceiver(
                counters, timeline, loop.pcm(), settings.formats(), settings.signalledSource(), settings.receiving());
    }

    /** The port of RTP. */
    public int rtpPort() {
        return pair.rtpPort();
    }

    /** The port of RTCP. */
    public int rtcpPort() {
        return pair.rtcpPort();
    }

    /** The recording. */
    public Path file() {
        return settings.file();
    }

    /** Replaces what was negotiated, from the next sweep on. Any thread. */
    public void update(List<AudioFormat> formats, Optional<InetSocketAddress> signalledSource, boolean receiving) {
        update.set(new Update(List.copyOf(formats), signalledSource, receiving));
        command();
    }

    /** The counters, at most one sweep old. Any thread. */
    public StreamStatistics statistics() {
        return counters.snapshot(file.errors());
    }

    /** Finishes the stream; done when the file is closed. Any thread. */
    public CompletableFuture<StreamReport> close() {
        if (closing.compareAndSet(false, true)) {
            command();
        }
        return report.copy();
    }

    /** {@code action} is run by an I/O thread when the file is closed, before the report is given out. */
    void whenEnded(Runnable action) {
        ended = action;
    }

    /** Gives the stream to its loop. */
    void begin() {
        command();
    }

    private void command() {
        if (commanded.compareAndSet(false, true)) {
            loop.submit(this);
        }
    }

    /** Does what other threads asked for; false when the stream has ended. */
    boolean obey(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        commanded.set(false);
        Update asked = update.getAndSet(null);
        if (asked != null) {
            change(asked, buffer, nowNanos, sinceNanos);
        }
        if (!closing.get()) {
            return true;
        }
        finish(buffer, nowNanos, sinceNanos);
        return false;
    }

    /** What waits in the socket came before or after the change, nobody knows: it is taken if either side allows it. */
    private void change(Update asked, ByteBuffer buffer, long nowNanos, long sinceNanos) {
        boolean either = asked.receiving || receiver.receiving();
        receiver.update(asked.formats, asked.signalledSource, either, nowNanos);
        if (asked.receiving != either) {
            drain(buffer, nowNanos, sinceNanos);
            receiver.update(asked.formats, asked.signalledSource, asked.receiving, nowNanos);
        }
    }

    private void finish(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        try {
            drain(buffer, nowNanos, sinceNanos);
            drainRtcp(buffer);
            receiver.finish(nowNanos);
        } catch (RuntimeException e) {
            failed("finishing", e);
        } finally {
            ports.release(pair);
            file.finish(this::reportOn);
        }
    }

    private void reportOn(RecordingFile.Result result) {
        ended.run();
        List<Gap> gaps = new ArrayList<>(timeline.gaps());
        gaps.addAll(result.refused());
        gaps.sort(Comparator.comparingLong(Gap::firstSample));
        report.complete(new StreamReport(
                settings.file(),
                statistics(),
                timeline.firstSample(),
                result.samples(),
                result.fileBytes(),
                FormatTable.SAMPLE_RATE_HZ,
                gaps,
                result.error()));
    }

    /** Takes all that has arrived. */
    void drain(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        try {
            for (int i = 0; i < MAX_DATAGRAMS_PER_SWEEP; i++) {
                InetSocketAddress source = receive(pair.rtp(), buffer);
                if (source == null) {
                    break;
                }
                take(buffer, source, nowNanos, sinceNanos);
            }
        } catch (IOException e) {
            failed("receiving", e);
        }
        receiver.endSweep(nowNanos);
    }

    private void take(ByteBuffer buffer, InetSocketAddress source, long nowNanos, long sinceNanos) {
        try {
            receiver.onDatagram(buffer, source, nowNanos, sinceNanos);
        } catch (RuntimeException e) {
            failed("a packet", e);
        }
    }

    void drainRtcp(ByteBuffer buffer) {
        try {
            for (int i = 0; i < MAX_DATAGRAMS_PER_SWEEP && receive(pair.rtcp(), buffer) != null; i++) {
                counters.rtcp++;
            }
        } catch (IOException e) {
            failed("receiving RTCP", e);
        }
    }

    private static InetSocketAddress receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
        buffer.flip();
        return source;
    }

    void failed(String what, Exception cause) {
        counters.internalErrors++;
        loop.log().error("stream " + settings.name() + ": " + what + " failed", cause);
    }

    /** Where the loop keeps this stream; loop thread only. */
    int place() {
        return place;
    }

    void place(int value) {
        place = value;
    }

    /** Datagrams of RTP so far; loop thread only. */
    long datagrams() {
        return counters.datagrams;
    }

    private record Update(List<AudioFormat> formats, Optional<InetSocketAddress> signalledSource, boolean receiving) {}
}
