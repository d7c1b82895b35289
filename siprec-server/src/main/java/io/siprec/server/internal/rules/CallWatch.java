package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import io.siprec.rtp.StreamStatistics;
import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a call against the rules, at a low rate: what a call costs in timers must not matter with thousands of them. Time is
 * counted in looks, so that it is the loop's. Loop thread only.
 */
public final class CallWatch {
    /** A stream without audio is explained within 5 s. */
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(1_500);

    private static final Duration FASTEST_LOOK = Duration.ofMillis(100);
    private static final int LOOKS_PER_TIMEOUT = 10;

    /** Longer than a request takes to fail; one that could not even be sent ends no dialog (RFC 3261 §12.2.1.2). */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SipLoop loop;
    private final SessionRules rules;
    private final WatchedCall call;
    private final Duration period;
    private final Map<Integer, StreamSilence> silences = new HashMap<>();
    private final Map<Integer, StreamTrouble> troubles = new HashMap<>();
    private Duration idle = Duration.ZERO;
    private boolean probing;
    private Timer look;
    private Timer longest;

    public CallWatch(SipLoop loop, SessionRules rules, WatchedCall call) {
        this.loop = loop;
        this.rules = rules;
        this.call = call;
        this.period = period(rules);
    }

    private static Duration period(SessionRules rules) {
        Duration shorter =
                rules.rtpTimeout().compareTo(rules.idleTimeout()) < 0 ? rules.rtpTimeout() : rules.idleTimeout();
        Duration tenth = shorter.dividedBy(LOOKS_PER_TIMEOUT);
        if (tenth.compareTo(SLOWEST_LOOK) > 0) {
            return SLOWEST_LOOK;
        }
        return tenth.compareTo(FASTEST_LOOK) < 0 ? FASTEST_LOOK : tenth;
    }

    /** The call has begun. */
    public void begin() {
        look = loop.schedule(period, this::look);
        rules.maxDuration().ifPresent(most -> longest = loop.schedule(most, this::tooLong));
    }

    /** A request of the SRC has come, or its answer to our question whether it is there. */
    public void heard() {
        idle = Duration.ZERO;
    }

    /** The call is over. */
    public void end() {
        if (look != null) {
            look.cancel();
        }
        if (longest != null) {
            longest.cancel();
        }
    }

    private void tooLong() {
        call.end(EndCause.MAX_DURATION, "Maximum duration of a recording reached");
    }

    private void look() {
        look = loop.schedule(period, this::look);
        List<? extends WatchedStream> streams = call.streams();
        List<Finding> findings = new ArrayList<>();
        boolean audio = false;
        for (WatchedStream stream : streams) {
            StreamStatistics now = stream.statistics();
            audio |= silence(stream).look(stream, now, period);
            findings.addAll(silence(stream).findings(stream, rules.rtpTimeout()));
            findings.addAll(trouble(stream).look(stream, now, period));
        }
        idle = audio ? Duration.ZERO : idle.plus(period);
        findings.forEach(call::report);
        judge(streams);
    }

    private void judge(List<? extends WatchedStream> streams) {
        List<? extends WatchedStream> expected =
                streams.stream().filter(WatchedStream::receiving).toList();
        boolean allSilent = !expected.isEmpty()
                && expected.stream().allMatch(stream -> silence(stream).lasts(rules.rtpTimeout()));
        if (allSilent && rules.endOnRtpTimeout()) {
            call.end(EndCause.RTP_TIMEOUT, "No RTP for " + text(rules.rtpTimeout()));
        } else if (idle.compareTo(rules.idleTimeout()) >= 0) {
            idle(!expected.isEmpty());
        }
    }

    /** With all lines held nothing was to be expected: the SRC is asked first (RFC 7866 §10, a persistent session). */
    private void idle(boolean audioExpected) {
        boolean unanswered = probing && idle.compareTo(rules.idleTimeout().plus(PATIENCE)) >= 0;
        if (audioExpected || unanswered) {
            endIdle();
        } else if (!probing) {
            probing = true;
            call.probe(() -> {
                probing = false;
                heard();
            });
        }
    }

    private void endIdle() {
        call.end(EndCause.IDLE, "Nothing came for " + text(rules.idleTimeout()));
    }

    private StreamSilence silence(WatchedStream stream) {
        return silences.computeIfAbsent(stream.number(), number -> new StreamSilence());
    }

    private StreamTrouble trouble(WatchedStream stream) {
        return troubles.computeIfAbsent(stream.number(), number -> new StreamTrouble());
    }

    /** A time span as people write it: {@code 30 s}. */
    static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
