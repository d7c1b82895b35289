package io.siprec.server.internal.media;

import io.siprec.core.sdp.CryptoChoice;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.LocalPorts;
import io.siprec.core.sdp.PayloadFormat;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.RtcpBandwidth;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.CapturedStream;
import io.siprec.rtp.EventSettings;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.RecordedStream;
import io.siprec.rtp.RtcpSettings;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.TimeOrigin;
import io.siprec.server.RtpKeepalive;
import io.siprec.server.internal.rules.WatchedStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One accepted m-line and the file that it is recorded to. Loop thread only. */
public final class CallStream implements WatchedStream {
    private final int number;
    private final String file;
    private final RecordedStream recorded;
    private final RtpKeepalive keepalive;
    private final Map<Integer, AudioFormat> negotiated = new LinkedHashMap<>(); // by payload type, also earlier ones
    private final StreamPhases phases = new StreamPhases();
    private PlannedLine line;
    private boolean addressed; // the SRC has named an address of its own
    private boolean paused;
    private boolean removed;

    private CallStream(
            int number,
            String file,
            RecordedStream recorded,
            RtpKeepalive keepalive,
            PlannedLine line,
            boolean paused,
            Instant now) {
        this.number = number;
        this.file = file;
        this.recorded = recorded;
        this.keepalive = keepalive;
        this.paused = paused;
        negotiate(line, now);
        if (paused) {
            recorded.pause();
        }
    }

    /** Binds the line's ports and begins to record: before the answer leaves, so nothing is lost (RFC 6341 REQ-005). */
    static CallStream open(
            MediaSetup setup,
            TimeOrigin origin,
            Path folder,
            int number,
            PlannedLine line,
            boolean paused,
            Consumer<TelephoneEvent> events,
            Optional<CapturedStream> captured,
            Instant now)
            throws PortsExhaustedException, IOException {
        String file = "stream-" + number + ".wav";
        StreamSettings.Builder settings = StreamSettings.builder(folder.resolve(file))
                .name(folder.getFileName() + "/" + file)
                .origin(origin)
                .format(setup.format())
                .formats(audioFormats(line))
                .receiving(line.direction() == Direction.RECVONLY && !paused)
                .rtcp(rtcp(line, setup.keepalive()))
                .sources(setup.sources())
                .events(new EventSettings(setup.maskDtmf(), events))
                .keepalive(setup.keepalive() == RtpKeepalive.RTP);
        source(line).ifPresent(settings::signalledSource);
        captured.ifPresent(settings::capture);
        LineSecurity.settings(line).ifPresent(settings::srtp);
        RecordedStream recorded = setup.plane().open(settings.build());
        return new CallStream(number, file, recorded, setup.keepalive(), line, paused, now);
    }

    @Override
    public int number() {
        return number;
    }

    int lineIndex() {
        return line.index();
    }

    @Override
    public String label() {
        return line.label().orElse("");
    }

    @Override
    public boolean receiving() {
        return phases.receiving();
    }

    @Override
    public Optional<InetSocketAddress> signalledSource() {
        return source(line);
    }

    @Override
    public StreamStatistics statistics() {
        return recorded.statistics();
    }

    /** How the line is encrypted; empty for plain RTP. */
    Optional<CryptoChoice> crypto() {
        return line.crypto();
    }

    boolean encrypted() {
        return line.crypto().isPresent();
    }

    boolean removed() {
        return removed;
    }

    public RecordedStream recorded() {
        return recorded;
    }

    LocalPorts ports() {
        return new LocalPorts(recorded.rtpPort(), line.rtcpMux() ? recorded.rtpPort() : recorded.rtcpPort());
    }

    /** True when the SRC has named an address at any time: an unspecified one then means hold (RFC 3264 §8.4). */
    boolean wasAddressed() {
        return addressed;
    }

    boolean paused() {
        return paused;
    }

    /** Goes on under a new offer; packets of the formats before it may still be on their way (RFC 3264 §8.3). */
    void update(PlannedLine newLine, Instant now) {
        negotiate(newLine, now);
        apply();
    }

    /** We hold the stream ourselves, or no more. */
    void pause(boolean wanted, Instant now) {
        if (paused != wanted) {
            paused = wanted;
            enterPhase(now);
            if (paused) {
                recorded.pause();
            } else {
                recorded.resume();
            }
        }
    }

    private void apply() {
        List<AudioFormat> formats = List.copyOf(negotiated.values());
        boolean receiving = line.direction() == Direction.RECVONLY;
        LineSecurity.settings(line)
                .ifPresentOrElse(
                        srtp -> recorded.update(formats, source(line), receiving, rtcp(line, keepalive), srtp),
                        () -> recorded.update(formats, source(line), receiving, rtcp(line, keepalive)));
    }

    private void negotiate(PlannedLine newLine, Instant now) {
        line = newLine;
        addressed |= newLine.rtp().isPresent();
        enterPhase(now);
        audioFormats(newLine).forEach(format -> negotiated.put(format.payloadType(), format));
    }

    private void enterPhase(Instant now) {
        phases.enter(state(), codecs(line), now);
    }

    /** That we hold it counts more than that the SRC does: it stays held when the SRC resumes. */
    private StreamPhase.State state() {
        if (paused) {
            return StreamPhase.State.PAUSED;
        }
        return line.direction() == Direction.RECVONLY ? StreamPhase.State.RECEIVING : StreamPhase.State.INACTIVE;
    }

    /** The SRC took the line away (port 0): the file is finished. */
    void takenAway(Instant now) {
        phases.enter(StreamPhase.State.REMOVED, List.of(), now);
        close();
    }

    /** The call is over: nothing more is negotiated. */
    void end(Instant now) {
        phases.end(now);
    }

    /** Stops recording and finishes the file. */
    public CompletableFuture<StreamReport> close() {
        removed = true;
        return recorded.close();
    }

    /** What the session model says of the stream. */
    public SessionStream view(List<Attribution> attributions) {
        String suite = line.crypto().map(choice -> choice.answered().suite()).orElse("");
        return new SessionStream(number, label(), file, recorded.rtpPort(), suite, phases.list(), attributions);
    }

    private static List<String> codecs(PlannedLine line) {
        return line.formats().stream().map(CallStream::describe).toList();
    }

    private static String describe(PayloadFormat format) {
        return format.encoding() + "/" + format.clockRateHz() + (format.channels() == 1 ? "" : "/" + format.channels());
    }

    private static List<AudioFormat> audioFormats(PlannedLine line) {
        return line.formats().stream()
                .map(format -> new AudioFormat(
                        format.payloadType(), format.encoding(), format.clockRateHz(), format.channels()))
                .toList();
    }

    /**
     * Reports go where the SRC says that it takes them (RFC 3605 §2.1, RFC 5761 §5.1.1), as often as it says (RFC 3556), once
     * packets have come from there, or before if ports are to be kept open.
     */
    static RtcpSettings rtcp(PlannedLine line, RtpKeepalive keepalive) {
        RtcpBandwidth bandwidth = line.offered().rtcpBandwidth();
        Optional<InetSocketAddress> target =
                line.rtcp().flatMap(remote -> IpLiteral.parse(remote.host(), remote.port()));
        return new RtcpSettings(
                line.rtcpMux(),
                line.rtcpMux() ? Optional.empty() : target,
                bandwidth.senders(),
                bandwidth.receivers(),
                keepalive == RtpKeepalive.OFF);
    }

    private static Optional<InetSocketAddress> source(PlannedLine line) {
        return line.rtp().flatMap(remote -> IpLiteral.parse(remote.host(), remote.port()));
    }
}
