package io.siprec.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallWatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeLoop loop = new FakeLoop();
    private final FakeCall call = new FakeCall();
    private final FakeStream stream = new FakeStream();

    @Test
    void C101_aLineWithoutAudioIsReportedOnceAndSoIsItsReturn() {
        watch(rules(Duration.ofHours(1), false));
        stream.received = 50;
        loop.pass(Duration.ofSeconds(25));
        assertThat(call.findings).isEmpty();
        loop.pass(Duration.ofSeconds(60));
        assertThat(call.findings).extracting(Finding::code).containsExactly("rtp-silence");
        assertThat(call.findings.get(0).text()).contains("stream 1 (label a)", "30 s", "50 packets");
        stream.received = 51;
        loop.pass(Duration.ofSeconds(3));
        assertThat(call.findings).extracting(Finding::code).containsExactly("rtp-silence", "rtp-silence-over");
        assertThat(call.ended).isEmpty();
    }

    @Test
    void C101_inactiveLinesAndComfortNoiseAreNoFailure() {
        watch(rules(Duration.ofHours(1), true));
        stream.receiving = false;
        loop.pass(MINUTE.multipliedBy(10));
        stream.receiving = true;
        stream.inComfortNoise = true;
        loop.pass(MINUTE.multipliedBy(10));

        assertThat(call.findings).isEmpty();
        assertThat(call.ended).isEmpty();
    }

    @Test
    void C101_theCallEndsOnSilenceOnlyIfSoWanted() {
        watch(rules(Duration.ofHours(1), true));
        FakeStream other = new FakeStream();
        other.number = 2;
        call.streams.add(other);
        for (int second = 0; second < 60; second++) {
            other.received++;
            loop.pass(Duration.ofSeconds(1));
        }
        assertThat(call.ended).as("one of two lines is silent").isEmpty();
        loop.pass(Duration.ofSeconds(31));

        assertThat(call.ended).containsExactly(EndCause.RTP_TIMEOUT);
    }

    @Test
    void aSessionWithNeitherAudioNorRequestsEnds() {
        watch(rules(Duration.ofMinutes(10), false));
        loop.pass(MINUTE.multipliedBy(9));
        assertThat(call.ended).isEmpty();
        loop.pass(MINUTE.multipliedBy(2));

        assertThat(call.ended).contains(EndCause.IDLE);
        assertThat(call.probes).isEmpty();
    }

    @Test
    void aRequestOfTheSrcKeepsASessionAlive() {
        CallWatch watch = watch(rules(Duration.ofMinutes(10), false));
        for (int i = 0; i < 10; i++) {
            loop.pass(MINUTE.multipliedBy(9));
            watch.heard();
        }
        assertThat(call.ended).isEmpty();
    }

    @Test
    void C011_aSessionWhoseLinesAreAllHeldLastsAsLongAsTheSrcKnowsIt() {
        watch(rules(Duration.ofMinutes(10), true));
        stream.receiving = false;
        for (int i = 1; i <= 12; i++) {
            loop.pass(MINUTE.multipliedBy(10).plusSeconds(30));
            assertThat(call.probes).hasSize(1);
            call.probes.remove(0).run();
        }
        loop.pass(MINUTE.multipliedBy(10).plusSeconds(50));

        assertThat(call.probes).as("one question at a time").hasSize(1);
        assertThat(call.ended).isEmpty();
    }

    /** Over TCP, to a host that is gone, the question can't even be sent: that alone ends no dialog. */
    @Test
    void aHeldSessionWhoseSrcCannotBeAskedEnds() {
        watch(rules(Duration.ofMinutes(10), false));
        stream.receiving = false;
        loop.pass(MINUTE.multipliedBy(10).plusSeconds(50));
        assertThat(call.probes).hasSize(1);
        assertThat(call.ended).isEmpty();
        loop.pass(Duration.ofSeconds(20));

        assertThat(call.ended).contains(EndCause.IDLE);
    }

    @Test
    void aSessionLastsNoLongerThanItMay() {
        watch(new SessionRules(Duration.ofHours(1), Optional.of(MINUTE), Duration.ofSeconds(30), false));
        loop.pass(MINUTE.minusMillis(1));
        assertThat(call.ended).isEmpty();
        loop.pass(Duration.ofMillis(1));

        assertThat(call.ended).containsExactly(EndCause.MAX_DURATION);
    }

    @Test
    void nothingHappensAfterTheEnd() {
        CallWatch watch = watch(new SessionRules(MINUTE, Optional.of(MINUTE), Duration.ofSeconds(30), true));
        watch.end();
        loop.pass(Duration.ofHours(2));

        assertThat(call.ended).isEmpty();
        assertThat(loop.timers).isEmpty();
    }

    private CallWatch watch(SessionRules rules) {
        call.streams.add(stream);
        CallWatch watch = new CallWatch(loop, rules, call);
        watch.begin();
        return watch;
    }

    private static SessionRules rules(Duration idle, boolean end) {
        return new SessionRules(idle, Optional.empty(), Duration.ofSeconds(30), end);
    }

    private static final class FakeStream implements WatchedStream {
        int number = 1;
        long received;
        boolean receiving = true;
        boolean inComfortNoise;

        @Override
        public int number() {
            return number;
        }

        @Override
        public String label() {
            return "a";
        }

        @Override
        public boolean receiving() {
            return receiving;
        }

        @Override
        public long received() {
            return received;
        }

        @Override
        public boolean inComfortNoise() {
            return inComfortNoise;
        }
    }

    private static final class FakeCall implements WatchedCall {
        final List<WatchedStream> streams = new ArrayList<>();
        final List<Finding> findings = new ArrayList<>();
        final List<Runnable> probes = new ArrayList<>();
        final List<EndCause> ended = new ArrayList<>();

        @Override
        public List<WatchedStream> streams() {
            return streams;
        }

        @Override
        public void report(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void probe(Runnable known) {
            probes.add(known);
        }

        @Override
        public void end(EndCause cause, String text) {
            ended.add(cause);
        }
    }

    /** Timers that are due when the test says so. */
    private static final class FakeLoop implements SipLoop {
        final List<Due> timers = new ArrayList<>();
        private Duration now = Duration.ZERO;

        private record Due(Duration at, Runnable task) {}

        @Override
        public boolean execute(Runnable task) {
            task.run();
            return true;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            Due due = new Due(now.plus(delay), task);
            timers.add(due);
            return () -> timers.remove(due);
        }

        void pass(Duration time) {
            Duration until = now.plus(time);
            for (Due next = next(until); next != null; next = next(until)) {
                timers.remove(next);
                now = next.at();
                next.task().run();
            }
            now = until;
        }

        private Due next(Duration until) {
            return timers.stream()
                    .filter(due -> due.at().compareTo(until) <= 0)
                    .min(Comparator.comparing(Due::at))
                    .orElse(null);
        }
    }
}
