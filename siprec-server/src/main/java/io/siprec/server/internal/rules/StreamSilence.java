package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import java.time.Duration;
import java.util.Optional;

/** How long a stream that should carry audio has had none. Loop thread only. */
final class StreamSilence {
    private long received;
    private Duration silent = Duration.ZERO;
    private boolean reported;

    /** Whether audio came since the last look, which is {@code period} ago. */
    boolean look(WatchedStream stream, Duration period) {
        boolean audio = stream.received() > received;
        received = stream.received();
        boolean meant = !stream.receiving() || stream.inComfortNoise();
        silent = audio || meant ? Duration.ZERO : silent.plus(period);
        return audio;
    }

    boolean lasts(Duration timeout) {
        return silent.compareTo(timeout) >= 0;
    }

    /** What is to be told now: that audio stays away, or that it is back; each once. */
    Optional<Finding> finding(WatchedStream stream, Duration timeout) {
        if (lasts(timeout) && !reported) {
            reported = true;
            return Optional.of(Finding.of(
                    FindingCode.RTP_SILENCE,
                    name(stream) + " should carry audio and had no RTP for " + CallWatch.text(timeout) + " after "
                            + received + " packets"));
        }
        if (silent.isZero() && reported) {
            reported = false;
            String how = stream.receiving() ? "carries audio again" : "is held now";
            return Optional.of(Finding.of(FindingCode.RTP_SILENCE_OVER, name(stream) + " " + how + " after a silence"));
        }
        return Optional.empty();
    }

    private static String name(WatchedStream stream) {
        return "stream " + stream.number() + (stream.label().isEmpty() ? "" : " (label " + stream.label() + ")");
    }
}
