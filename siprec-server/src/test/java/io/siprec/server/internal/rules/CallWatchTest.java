package io.siprec.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.Severity;
import io.siprec.core.session.EndCause;
import io.siprec.rtp.AudioState;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.StreamStatistics.Listening;
import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(codes()).containsExactly("rtp-nothing-received");
        loop.pass(Duration.ofSeconds(60));
        assertThat(codes()).containsExactly("rtp-nothing-received", "rtp-silence");
        assertThat(call.findings.get(1).text()).contains("stream 1 (label a)", "30 s", "50 packets");
        stream.received = 51;
        stream.audio = 51;
        loop.pass(Duration.ofSeconds(3));
        assertThat(codes()).containsExactly("rtp-nothing-received", "rtp-silence", "rtp-silence-over");
        assertThat(call.ended).isEmpty();
    }

    @Test
    void C101_inactiveLinesAndComfortNoiseAreNoFailure() {
        watch(rules(Duration.ofHours(1), true));
        stream.receiving = false;
        loop.pass(MINUTE.multipliedBy(10));
        assertThat(call.findings).isEmpty();
        stream.receiving = true;
        stream.inComfortNoise = true;
        loop.pass(MINUTE.multipliedBy(10));

        assertThat(call.findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo("rtp-comfort-noise-only"))
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # what comes each 100 ms | finding                | its text says
        NOTHING_RECEIVED         | rtp-nothing-received   | no packet reached its port, after 3000 before
        WRONG_SOURCE             | rtp-wrong-source       | packets came from another address than 192.0.2.7:4000
        WRONG_SSRC               | rtp-wrong-ssrc         | packets came with an SSRC that no second packet
        WRONG_PAYLOAD_TYPE       | rtp-wrong-payload-type | packets came with a payload type that was not negotiated
        SRTP_FAILING             | srtp-failing           | packets came that are no SRTP under its a=crypto
        MALFORMED                | rtp-malformed          | packets came that are no RTP
        UNDECODABLE              | rtp-undecodable        | packets came that could not be decoded
        COMFORT_NOISE            | rtp-comfort-noise-only | only comfort noise came
        EVENTS                   | rtp-events-only        | only telephone events came
        DIGITAL_SILENCE          | rtp-digital-silence    | packets came, all of them silent
        NOTHING_NEW              | rtp-nothing-new        | packets came, all of them again or of no use
        """)
    void aLineWithoutAudioIsExplainedWithin5SecondsOnceAndSoIsItsReturn(AudioState state, String code, String text) {
        watch(rules(Duration.ofHours(1), false));
        talk(MINUTE);
        assertThat(call.findings).isEmpty();
        feed(state, Duration.ofSeconds(5));
        assertThat(codes()).containsExactly(code);
        assertThat(call.findings.get(0).text()).contains("stream 1 (label a) should carry audio", text);
        feed(state, Duration.ofSeconds(20));
        talk(Duration.ofSeconds(2));
        feed(state, Duration.ofSeconds(20));

        assertThat(codes()).containsExactly(code, "rtp-silence-over");
        assertThat(call.findings.get(1).text()).contains("carries audio again");
    }

    @Test
    void eachReasonOfOneSilenceIsTold() {
        watch(rules(Duration.ofHours(1), false));
        feed(AudioState.NOTHING_RECEIVED, Duration.ofSeconds(6));
        feed(AudioState.WRONG_PAYLOAD_TYPE, Duration.ofSeconds(6));
        talk(Duration.ofSeconds(3));

        assertThat(codes()).containsExactly("rtp-nothing-received", "rtp-wrong-payload-type", "rtp-silence-over");
    }

    @Test
    void pausesOfTalkAndLinesThatAreHeldOrPausedNeedNoExplanation() {
        watch(rules(Duration.ofHours(1), false));
        for (int i = 0; i < 20; i++) {
            feed(AudioState.DIGITAL_SILENCE, Duration.ofMillis(2_000));
            talk(Duration.ofMillis(1_600));
        }
        stream.listening = Listening.INACTIVE;
        feed(AudioState.WRONG_SOURCE, Duration.ofSeconds(12));
        stream.listening = Listening.PAUSED;
        feed(AudioState.WRONG_SOURCE, Duration.ofSeconds(12));
        stream.listening = Listening.RECEIVING;
        stream.receiving = false;
        feed(AudioState.WRONG_SOURCE, MINUTE);

        assertThat(call.findings).isEmpty();
    }

    @Test
    void aLineThatIsSilentAndThenHeldIsToldSo() {
        watch(rules(Duration.ofHours(1), false));
        feed(AudioState.MALFORMED, Duration.ofSeconds(6));
        stream.receiving = false;
        loop.pass(MINUTE);

        assertThat(codes()).containsExactly("rtp-malformed", "rtp-silence-over");
        assertThat(call.findings.get(1).text()).contains("is held now");
    }

    private void talk(Duration time) {
        feed(AudioState.AUDIO, time);
    }

    /** Five packets each 100 ms. */
    private void feed(AudioState state, Duration time) {
        for (long ms = 0; ms < time.toMillis(); ms += 100) {
            stream.take(state, 5);
            loop.pass(Duration.ofMillis(100));
        }
    }

    private List<String> codes() {
        return call.findings.stream().map(Finding::code).toList();
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
        private final Map<AudioState, Long> came = new EnumMap<>(AudioState.class);
        int number = 1;
        long received;
        long audio;
        boolean receiving = true;
        boolean inComfortNoise;
        Listening listening = Listening.RECEIVING;

        void take(AudioState state, int packets) {
            came.merge(state, (long) packets, Long::sum);
        }

        private long came(AudioState state) {
            return came.getOrDefault(state, 0L);
        }

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
        public Optional<InetSocketAddress> signalledSource() {
            return Optional.empty();
        }

        @Override
        public StreamStatistics statistics() {
            long silent = came(AudioState.DIGITAL_SILENCE);
            long heard = audio + came(AudioState.AUDIO);
            return new StreamStatistics(
                    received + came(AudioState.AUDIO) + silent,
                    0,
                    0,
                    0,
                    0,
                    came(AudioState.UNDECODABLE),
                    came(AudioState.WRONG_SOURCE),
                    came(AudioState.WRONG_SSRC),
                    came(AudioState.WRONG_PAYLOAD_TYPE),
                    0,
                    0,
                    came(AudioState.SRTP_FAILING),
                    0,
                    came(AudioState.MALFORMED),
                    0,
                    0,
                    new StreamStatistics.Rtcp(0, 0, 0, 0, 0, 0, 0, 0, ""),
                    0,
                    0,
                    Optional.of(new InetSocketAddress("192.0.2.7", 4000)),
                    -1,
                    inComfortNoise,
                    listening,
                    new StreamStatistics.Arrival(
                            came(AudioState.NOTHING_NEW),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ZERO),
                    new StreamStatistics.Content(
                            heard + silent, silent, came(AudioState.COMFORT_NOISE), came(AudioState.EVENTS), 0));
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
