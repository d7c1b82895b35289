package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.CapturedStream;
import io.siprec.rtp.EventList;
import io.siprec.rtp.EventSettings;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RtcpSettings;
import io.siprec.rtp.SenderTiming;
import io.siprec.rtp.SrtpSettings;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.internal.rtcp.RtcpSession;
import io.siprec.rtp.internal.tap.StreamTaps;
import io.siprec.rtp.internal.tap.Tap;
import io.siprec.rtp.internal.tap.TapPump;
import io.siprec.rtp.spi.AudioSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One stream: its sockets, its receiver and its file. Belongs to one loop; other threads leave commands. */
public final class MediaStream {
    static final int NEW = -1;
    static final int ENDED = -2;

    /** More datagrams than a socket's buffer holds: only a flood is cut off, until the next reading. */
    private static final int MAX_DATAGRAMS_PER_SWEEP = 2_048;

    private final StreamSettings settings;
    private volatile MediaLoop loop; // its thread alone gives it another one
    private final PortPool ports;
    private final PortPair pair;
    private final RecordingFile file;
    private final SocketDrops drops;
    private final StreamCounters counters;
    private final Timeline timeline; // loop thread only, as is the receiver
    private final StreamReceiver receiver;

    private final StreamSrtp srtp; // null for plain RTP
    private final StreamCapture capture; // null for none
    private final RtcpSession rtcpSession;
    private final StreamRtcp rtcp;
    private final Keepalive keepalive; // null where none is wanted
    private RtcpSettings rtcpSettings;
    private Optional<SenderTiming> sender = Optional.empty(); // set at the end

    private int place = NEW; // in the loop's list; loop thread only, as is the next
    private long drainedNanos; // when the socket was read last
    private int readSinceSweep;
    private boolean busy;
    private boolean everBusy; // the system may have dropped packets, of whom nobody knows
    private final AtomicBoolean commanded = new AtomicBoolean(); // true while in the loop's queue
    private final AtomicReference<Update> update = new AtomicReference<>();
    private final Queue<PauseCommand> pauses = new ConcurrentLinkedQueue<>(); // bounded by who asks: never a peer
    private final StreamTaps taps;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean finished;
    private Consumer<StreamReport> ended = report -> {}; // set before the stream begins
    private final CompletableFuture<StreamReport> report = new CompletableFuture<>();

    MediaStream(
            StreamSettings settings,
            MediaLoop loop,
            PortPool ports,
            PortPair pair,
            RecordingFile file,
            Optional<CaptureFile> captureFile,
            SocketDrops drops,
            TapPump pump) {
        this.settings = settings;
        this.loop = loop;
        this.ports = ports;
        this.pair = pair;
        this.file = file;
        this.drops = drops;
        this.taps = new StreamTaps(
                pump, (what, cause) -> loop.log().error("stream " + settings.name() + ": " + what, cause));
        this.counters = new StreamCounters();
        SampleClock clock = new SampleClock(settings.origin(), loop.wallTime().clock());
        this.timeline = new Timeline(file, clock, counters);
        timeline.events().configure(new EventSettings(settings.events().masked(), this::tell));
        this.srtp = settings.srtp()
                .map(negotiated -> new StreamSrtp(negotiated, loop.srtpScratch(), counters))
                .orElse(null);
        this.receiver = new StreamReceiver(
                counters,
                timeline,
                loop.pcm(),
                settings.formats(),
                settings.signalledSource(),
                settings.sources(),
                settings.receiving(),
                srtp);
        byte[] cname = settings.origin().cname().getBytes(StandardCharsets.US_ASCII);
        this.rtcpSettings = settings.rtcp();
        this.rtcpSession = new RtcpSession(receiver, cname, loop.random(), counters.rtcp);
        rtcpSession.negotiated(rtcpSettings, settings.signalledSource());
        this.drainedNanos = loop.nowNanos();
        this.rtcp = new StreamRtcp(pair, rtcpSession, srtp, MAX_DATAGRAMS_PER_SWEEP, loop.nowNanos());
        this.keepalive = settings.keepalive()
                ? new Keepalive(pair.rtp(), receiver, counters, srtp, loop.random(), loop.nowNanos())
                : null;
        this.capture = captureFile.map(this::captureTo).orElse(null);
        if (capture != null) {
            receiver.capture(capture);
            rtcp.capture(capture);
        }
    }

    private StreamCapture captureTo(CaptureFile captureFile) {
        CapturedStream captured = settings.capture().orElseThrow();
        InetSocketAddress local = new InetSocketAddress(captured.localAddress(), pair.rtpPort());
        return new StreamCapture(captureFile, captured.number(), local, settings, receiver);
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
    public void update(
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving,
            Optional<RtcpSettings> newRtcp,
            Optional<SrtpSettings> newSrtp) {
        if (newSrtp.isPresent() && srtp == null) {
            throw new IllegalStateException("the stream was opened for plain RTP");
        }
        newSrtp.ifPresent(keys -> srtp.negotiated(keys));
        update.accumulateAndGet(new Update(List.copyOf(formats), signalledSource, receiving, newRtcp), Update::after);
        command();
    }

    /** The counters, at most one sweep old. Any thread. */
    public StreamStatistics statistics() {
        return counters.snapshot(file.errors(), loop.wallTime());
    }

    /** The telephone events, at most one sweep old. Any thread. */
    public EventList events() {
        return timeline.events().list();
    }

    private void tell(TelephoneEvent event) {
        try {
            settings.events().listener().accept(event);
        } catch (RuntimeException e) {
            failed("a listener of events", e);
        }
    }

    /** Pauses or goes on; done when it is in force. Any thread. */
    public CompletableFuture<Void> pause(boolean paused) {
        PauseCommand asked = new PauseCommand(paused, new CompletableFuture<>());
        pauses.add(asked);
        command();
        if (finished) {
            endPauses(); // the loop may have looked for the last time before
        } else {
            loop.hurry();
        }
        return asked.inForce.copy();
    }

    /** Reads along. Any thread. */
    public Tap tap(TapSettings tapSettings, Executor executor, AudioSink sink) {
        boolean longer =
                settings.events().masked() && tapSettings.settle().compareTo(EventSettings.LEAST_SETTLE_MASKED) < 0;
        TapSettings settled = longer ? tapSettings.withSettle(EventSettings.LEAST_SETTLE_MASKED) : tapSettings;
        Tap tap = taps.open(settled, executor, sink);
        command();
        if (finished) {
            taps.endAll(); // the loop may have looked for the last time before
        }
        return tap;
    }

    private void endPauses() {
        for (PauseCommand asked = pauses.poll(); asked != null; asked = pauses.poll()) {
            asked.inForce.complete(null);
        }
    }

    /** Finishes the stream; done when the file is closed. Any thread. */
    public CompletableFuture<StreamReport> close() {
        if (closing.compareAndSet(false, true)) {
            command();
        }
        return report.copy();
    }

    /** {@code action} gets the report from an I/O thread, before others do. */
    void whenEnded(Consumer<StreamReport> action) {
        ended = action;
    }

    /** The loop that owns it, or is about to. Any thread. */
    MediaLoop loop() {
        return loop;
    }

    /** True once audio came whose decoding is costly; loop thread only. */
    boolean costly() {
        return receiver.costly();
    }

    /** Gives it to another loop. For the thread of its present one, which touches it no more. */
    void moveTo(MediaLoop other) {
        place = NEW;
        receiver.workOn(other.pcm());
        if (srtp != null) {
            srtp.workOn(other.srtpScratch());
        }
        loop = other; // and all that was done until now is seen by whoever sees that
        command();
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
        Update changed = update.getAndSet(null);
        if (changed != null) {
            guardedChange(changed, buffer, nowNanos, sinceNanos);
        }
        taps.attach(timeline::attach);
        for (PauseCommand asked = pauses.poll(); asked != null; asked = pauses.poll()) {
            setPaused(asked.paused, buffer, nowNanos, sinceNanos);
            asked.inForce.complete(null);
        }
        if (!closing.get()) {
            return true;
        }
        finish(buffer, nowNanos, sinceNanos);
        return false;
    }

    /** A change that fails must not keep what comes after it from happening, least of all the end. */
    private void guardedChange(Update asked, ByteBuffer buffer, long nowNanos, long sinceNanos) {
        try {
            change(asked, buffer, nowNanos, sinceNanos);
        } catch (RuntimeException e) {
            failed("a change", e);
        }
    }

    /** What waits in the socket came before or after the change, nobody knows: it is taken if either side allows it. */
    private void change(Update asked, ByteBuffer buffer, long nowNanos, long sinceNanos) {
        boolean either = asked.receiving || receiver.receiving();
        receiver.update(asked.formats, asked.signalledSource, either, nowNanos);
        if (asked.receiving != either) {
            drain(buffer, nowNanos, sinceNanos);
            receiver.update(asked.formats, asked.signalledSource, asked.receiving, nowNanos);
        }
        rtcpSettings = asked.rtcp.orElse(rtcpSettings);
        rtcp.negotiated(rtcpSettings, asked.signalledSource, nowNanos);
    }

    /** What waits in the socket may have been sent in the pause: it is dropped at its beginning and at its end. */
    private void setPaused(boolean paused, ByteBuffer buffer, long nowNanos, long sinceNanos) {
        if (capture != null) {
            capture.paused(paused, nowNanos);
        }
        if (paused) {
            receiver.pause();
        } else if (receiver.paused()) {
            drain(buffer, nowNanos, sinceNanos);
            receiver.resume();
        }
    }

    private void finish(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        try {
            drain(buffer, nowNanos, sinceNanos);
            drainRtcp(buffer, nowNanos);
            receiver.finish(nowNanos);
            sender = senderTiming();
            rtcp.leave(buffer, nowNanos);
            if (srtp != null) {
                srtp.destroy();
            }
        } catch (RuntimeException e) {
            failed("finishing", e);
        }
        timeline.endTaps();
        finished = true;
        endPauses();
        taps.endAll();
        if (counters.expected == counters.received && !everBusy) {
            finishFile(OptionalLong.empty());
        } else {
            drops.of(pair.rtpAddress()).thenAccept(this::finishFile);
        }
    }

    private Optional<SenderTiming> senderTiming() {
        OptionalLong start = timeline.timestampOfFileStart();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        return rtcpSession
                .senderTime(start.getAsLong(), timeline.newestTimestamp(), timeline.clockRateHz())
                .map(instant -> new SenderTiming(counters.rtcp.senderCname, instant));
    }

    private void finishFile(OptionalLong socketDrops) {
        ports.release(pair);
        file.finish(result -> reportOn(result, socketDrops));
    }

    private void reportOn(RecordingFile.Result result, OptionalLong socketDrops) {
        Map<Gap.Cause, Long> gapSamples = new EnumMap<>(Gap.Cause.class);
        gapSamples.putAll(timeline.gapSamples());
        result.refusedSamples().forEach((cause, samples) -> gapSamples.merge(cause, samples, Long::sum));
        List<Gap> gaps = new ArrayList<>(timeline.gaps());
        gaps.addAll(result.refused());
        gaps.sort(Comparator.comparingLong(Gap::firstSample));
        StreamReport whole = new StreamReport(
                settings.file(),
                statistics(),
                timeline.firstSample(),
                result.samples(),
                result.fileBytes(),
                timeline.sampleRateHz(),
                result.encoding(),
                gaps,
                gapSamples,
                socketDrops,
                timeline.contributions(),
                sender,
                timeline.events().list(),
                result.error());
        ended.accept(whole);
        report.complete(whole);
    }

    /** A sweep: takes what has arrived; where audio turns out to be costly, the rest is left to the loop that it goes to. */
    void sweep(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        drain(buffer, nowNanos, sinceNanos, loop.takesCostly());
    }

    private void drain(ByteBuffer buffer, long nowNanos, long sinceNanos) {
        drain(buffer, nowNanos, sinceNanos, true);
    }

    private void drain(ByteBuffer buffer, long nowNanos, long sinceNanos, boolean costlyToo) {
        long since =
                Math.min(0, drainedNanos - sinceNanos) + sinceNanos; // the loop may have swept since then, without it
        boolean drained = false;
        try {
            int read = 0;
            while (read < MAX_DATAGRAMS_PER_SWEEP && !drained && (costlyToo || !receiver.costly())) {
                InetSocketAddress source = receive(pair.rtp(), buffer);
                drained = source == null;
                if (!drained) {
                    read++;
                    take(buffer, source, nowNanos, since);
                }
            }
            readSinceSweep += read;
        } catch (IOException e) {
            failed("receiving", e);
        }
        drainedNanos = drained ? nowNanos : since;
        receiver.endSweep(nowNanos);
    }

    private void take(ByteBuffer buffer, InetSocketAddress source, long nowNanos, long sinceNanos) {
        try {
            if (receiver.isRtcp(buffer)) {
                rtcp.take(buffer, source, pair.rtpPort(), nowNanos);
            } else {
                receiver.onDatagram(buffer, source, nowNanos, sinceNanos);
            }
        } catch (RuntimeException e) {
            failed("a packet", e);
        }
    }

    void drainRtcp(ByteBuffer buffer, long nowNanos) {
        try {
            rtcp.drain(buffer, nowNanos);
        } catch (IOException e) {
            failed("receiving RTCP", e);
        }
    }

    /** Sends the report that is due, if one is. */
    void report(ByteBuffer buffer, long nowNanos) {
        rtcp.report(buffer, nowNanos);
        if (keepalive != null) {
            keepalive.look(buffer, rtcpSession.ssrc(), nowNanos);
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

    /** Datagrams read since this was asked last; loop thread only. */
    int readSinceSweep() {
        int read = readSinceSweep;
        readSinceSweep = 0;
        return read;
    }

    /** Whether it is read between the sweeps as well; loop thread only. */
    boolean busy() {
        return busy;
    }

    void busy(boolean value) {
        busy = value;
        everBusy |= value;
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

    private record PauseCommand(boolean paused, CompletableFuture<Void> inForce) {}

    private record Update(
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving,
            Optional<RtcpSettings> rtcp) {
        /** {@code later} with what an earlier one that wasn't applied yet says of RTCP, if it says nothing. */
        private static Update after(Update earlier, Update later) {
            return earlier == null || later.rtcp.isPresent()
                    ? later
                    : new Update(later.formats, later.signalledSource, later.receiving, earlier.rtcp);
        }
    }
}
