package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.rtp.StreamStatistics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens to a stream beside silence, each told once: who else sends, who it comes from, what was not written. Loop thread only. */
final class StreamTrouble {
    /** Packets a second that are not the stream's: more than any mistake of an SRC makes. */
    static final long FLOOD_PER_SECOND = 1_000;

    /** Packets between two looks that somebody else sent beside the stream, not only stragglers. */
    static final long BESIDE = 20;

    /** In one look a sender may have followed another. */
    private static final int SURE_LOOKS = 2;

    private static final double MS_PER_SECOND = 1_000;

    private final Set<FindingCode> told = EnumSet.noneOf(FindingCode.class);
    private StreamStatistics before; // of the last look
    private int looksBeside; // one after the other

    /** What is to be told now. {@code period} has gone by since the last look. */
    List<Finding> look(WatchedStream stream, StreamStatistics now, Duration period) {
        List<Finding> findings = new ArrayList<>();
        String name = StreamNames.of(stream.number(), stream.label());
        unsignalled(name, stream, now).ifPresent(findings::add);
        notWritten(name, now).ifPresent(findings::add);
        if (before != null) {
            flood(name, now, period).ifPresent(findings::add);
            beside(name, now).ifPresent(findings::add);
            changed(name, now).ifPresent(findings::add);
        }
        before = now;
        return findings;
    }

    private Optional<Finding> flood(String name, StreamStatistics now, Duration period) {
        long perSecond = (long) ((refused(now) - refused(before)) * MS_PER_SECOND / period.toMillis());
        return perSecond < FLOOD_PER_SECOND
                ? Optional.empty()
                : once(FindingCode.RTP_FLOOD, name + " gets " + perSecond + " packets a second that are not its own");
    }

    /** The stream is recorded, and what another sender has to say is not: nobody would miss it by the verdict. */
    private Optional<Finding> beside(String name, StreamStatistics now) {
        boolean recorded = now.received() > before.received(); // else a silence, which is explained otherwise
        long ssrc = now.rejectedSsrc() - before.rejectedSsrc();
        long source = now.rejectedSource() - before.rejectedSource();
        looksBeside = recorded && Math.max(ssrc, source) >= BESIDE ? looksBeside + 1 : 0;
        if (looksBeside < SURE_LOOKS) {
            return Optional.empty();
        }
        return ssrc >= BESIDE
                ? once(
                        FindingCode.RTP_SECOND_SSRC,
                        name + " has a second SSRC beside its own: " + ssrc + " packets between two looks")
                : once(
                        FindingCode.RTP_SECOND_SOURCE,
                        name + " has a second source beside its own: " + source + " packets between two looks");
    }

    private static long refused(StreamStatistics counters) {
        return counters.rejectedSource()
                + counters.rejectedSsrc()
                + counters.rejectedPayloadType()
                + counters.rejectedAuthentication()
                + counters.rejectedReplay()
                + counters.malformed();
    }

    private Optional<Finding> unsignalled(String name, WatchedStream stream, StreamStatistics now) {
        Optional<InetSocketAddress> signalled = stream.signalledSource();
        boolean elsewhere = now.source().isPresent() && signalled.isPresent() && !signalled.equals(now.source());
        return elsewhere
                ? once(
                        FindingCode.RTP_SOURCE_NOT_SIGNALLED,
                        name + " comes from " + text(now.source().get()) + ", the SDP says " + text(signalled.get()))
                : Optional.empty();
    }

    private Optional<Finding> changed(String name, StreamStatistics now) {
        if (before.ssrc() < 0 || now.ssrc() == before.ssrc()) {
            boolean moved = before.source().isPresent() && !now.source().equals(before.source());
            return moved
                    ? once(
                            FindingCode.RTP_SOURCE_MOVED,
                            name + " comes from " + text(now.source().orElseThrow()) + " after "
                                    + text(before.source().get()))
                    : Optional.empty();
        }
        return once(
                FindingCode.RTP_SSRC_CHANGED,
                name + " goes on with another SSRC after " + before.received() + " packets");
    }

    private Optional<Finding> notWritten(String name, StreamStatistics now) {
        boolean queueFull = now.droppedByQueue() > 0;
        if (!queueFull && now.diskErrors() == 0) {
            return Optional.empty();
        }
        return once(FindingCode.AUDIO_NOT_WRITTEN, StreamNames.notWritten(name, queueFull));
    }

    private Optional<Finding> once(FindingCode code, String odd) {
        return told.add(code) ? Optional.of(Finding.of(code, odd)) : Optional.empty();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
