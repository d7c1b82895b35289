package io.siprec.server.internal.rules;

import io.siprec.rtp.AudioState;
import io.siprec.rtp.StreamStatistics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why a stream that should carry audio has none: known within 5 s with looks up to 1.5 s apart, and told once of each reason,
 * for people are mute now and then in every call. Loop thread only.
 */
final class SilenceReason {
    /** Shorter silences are talk, or the way packets come. */
    private static final Duration SURE = Duration.ofMillis(2_500);

    private final Set<AudioState> told = EnumSet.noneOf(AudioState.class);
    private StreamStatistics
            before; // the last look at which nothing was amiss, or at which the reason was told; null at first
    private Duration since = Duration.ZERO;
    private SilentSpan untold;
    private boolean open; // the last thing told is that audio stays away
    private boolean over;

    void look(WatchedStream stream, StreamStatistics now, Duration period) {
        AudioState state =
                before == null || !stream.receiving() ? AudioState.INACTIVE : AudioState.between(before, now);
        since = since.plus(period);
        if (!state.unexplained()) {
            over |= open;
            open = false;
            restart(now);
        } else if (since.compareTo(SURE) >= 0) {
            tell(new SilentSpan(state, before, now, since));
            restart(now);
        }
    }

    private void tell(SilentSpan span) {
        if (told.add(span.reason())) {
            untold = span;
            open = true;
        }
    }

    private void restart(StreamStatistics now) {
        before = now;
        since = Duration.ZERO;
    }

    /** What is to be told, once. */
    Optional<SilentSpan> untold() {
        Optional<SilentSpan> next = Optional.ofNullable(untold);
        untold = null;
        return next;
    }

    /** Whether a silence that was told has ended, once. */
    boolean over() {
        boolean ended = over;
        over = false;
        return ended;
    }
}
