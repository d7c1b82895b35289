package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.rtp.StreamStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a stream that should carry audio has had none, and why. Loop thread only. */
final class StreamSilence {
    private final SilenceReason reason = new SilenceReason();
    private long received;
    private Duration silent = Duration.ZERO;
    private boolean reported;

    /** Whether packets came since the last look, which is {@code period} ago. */
    boolean look(WatchedStream stream, StreamStatistics now, Duration period) {
        boolean packets = now.received() > received;
        received = now.received();
        boolean meant = !stream.receiving() || now.inComfortNoise();
        silent = packets || meant ? Duration.ZERO : silent.plus(period);
        reason.look(stream, now, period);
        return packets;
    }

    boolean lasts(Duration timeout) {
        return silent.compareTo(timeout) >= 0;
    }

    /** What is to be told now: that audio stays away and why, or that it is back. */
    List<Finding> findings(WatchedStream stream, Duration timeout) {
        List<Finding> findings = new ArrayList<>();
        reason.untold().map(why -> why.finding(name(stream))).ifPresent(findings::add);
        if (lasts(timeout) && !reported) {
            reported = true;
            findings.add(Finding.of(
                    FindingCode.RTP_SILENCE,
                    name(stream) + " should carry audio and had no RTP for " + CallWatch.text(timeout) + " after "
                            + received + " packets"));
        }
        boolean packetsBack = silent.isZero() && reported;
        if (reason.over() || packetsBack) {
            reported &= !packetsBack;
            String how = stream.receiving() ? "carries audio again" : "is held now";
            findings.add(Finding.of(FindingCode.RTP_SILENCE_OVER, name(stream) + " " + how + " after a silence"));
        }
        return findings;
    }

    private static String name(WatchedStream stream) {
        return StreamNames.of(stream.number(), stream.label());
    }
}
