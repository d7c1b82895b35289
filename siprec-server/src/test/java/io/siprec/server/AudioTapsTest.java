package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.rtp.AudioFrame;
import io.siprec.rtp.AudioTap;
import io.siprec.rtp.G711;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TapStatistics;
import io.siprec.rtp.spi.AudioSink;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SyntheticSrc;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application hears of a call while it is being recorded. */
@Timeout(60)
class AudioTapsTest {
    private static final TapSettings PATIENT = TapSettings.STANDARD.withBuffer(Duration.ofSeconds(60));

    @TempDir
    Path recordings;

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Map<String, Ear> ears = new ConcurrentHashMap<>(); // by participants of the stream

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    /** Puts what it hears in its place. */
    private static final class Ear implements AudioSink {
        private short[] pcm = {};
        private long first = -1;
        private final AtomicInteger ends = new AtomicInteger();
        private final CountDownLatch heard = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void onFrame(AudioFrame frame) {
            int at = (int) frame.firstSample();
            first = first < 0 ? at : first;
            ShortBuffer samples = frame.pcm().asShortBuffer();
            pcm = Arrays.copyOf(pcm, at + samples.remaining());
            samples.get(pcm, at, samples.remaining());
            heard.countDown();
        }

        @Override
        public void onEnd(TapStatistics statistics) {
            ends.incrementAndGet();
            end.countDown();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ends).hasValue(1);
        }
    }

    private TestServer server(TapOnStart onStart) throws Exception {
        TestServer[] server = new TestServer[1];
        server[0] = TestServer.start(
                recordings,
                1,
                builder -> builder.shutdownTimeout(Duration.ofSeconds(5)).listener(new SiprecListener() {
                    @Override
                    public void onSessionStarted(RecordingSession session) {
                        onStart.started(server[0].server(), session);
                    }
                }));
        return server[0];
    }

    private interface TapOnStart {
        void started(SiprecServer server, RecordingSession session);
    }

    private void tapAll(SiprecServer server, RecordingSession session) {
        for (SessionStream stream : session.streams()) {
            Ear ear = new Ear();
            ears.put(stream.label() + " " + stream.participantIds().size(), ear);
            server.tap(session.id(), stream.number(), PATIENT, executor, ear);
        }
    }

    private static SrcCallSettings call(TestServer server) {
        return SrcCallSettings.builder(server.uri(Transport.UDP))
                .audio(AudioSources.noise(1), AudioSources.noise(2))
                .duration(Duration.ofSeconds(2))
                .build();
    }

    @Test
    void C220_eachStreamIsHeardWholeWithItsParticipantAndPlace() throws Exception {
        try (TestServer server = server(this::tapAll);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(call(server)).result().get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            assertThat(ears).containsOnlyKeys("1 1", "2 1");
            for (String label : new String[] {"1", "2"}) {
                Ear ear = ears.get(label + " 1");
                ear.awaitEnd();
                assertThat(ear.pcm).isEqualTo(recorded.audio(label).samples());
                assertThat(ear.first)
                        .isEqualTo(
                                recorded.stream(label).get("firstSampleOffset").asLong());
            }
        }
    }

    @Test
    void C220_aTapComesAndGoesInMidCall() throws Exception {
        try (TestServer server = server((recorder, session) -> {});
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(call(server));
            RecordingSession session = server.await("started");
            call.played(Duration.ofSeconds(1)).get(20, TimeUnit.SECONDS);
            Ear late = new Ear();
            Ear gone = new Ear();
            tap(server, session.id(), 1, late).get();
            AudioTap tap = tap(server, session.id(), 2, gone).get();
            assertThat(gone.heard.await(20, TimeUnit.SECONDS)).isTrue();
            tap.close();
            call.result().get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            late.awaitEnd();
            short[] file = recorded.audio("1").samples();
            assertThat(late.first).isPositive();
            assertThat(Arrays.copyOfRange(late.pcm, (int) late.first, late.pcm.length))
                    .isEqualTo(Arrays.copyOfRange(file, (int) late.first, file.length));
            assertThat(gone.ends).hasValue(0);
        }
    }

    @Test
    void C190_C220_nothingOfAPauseIsHeardAndADroppedStreamEnds() throws Exception {
        try (TestServer server = server(this::tapAll);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(line(rtp.port(), "1", "sendonly"), line(40_002, "2", "sendonly"));
            int port = ports(src.establish(sdp)).get(0);
            SessionId session = server.await("started").id();
            rtp.send(port, 40);
            server.awaitRtp(40);
            CompletionStage<ControlResult> paused = server.server().pause(session);
            src.accept(src.await("INVITE"), sdp.replace("sendonly", "inactive"));
            paused.toCompletableFuture().get(20, TimeUnit.SECONDS);
            rtp.send(port, 40); // an SRC that sends all the same
            server.awaitRtp(80);
            CompletionStage<ControlResult> resumed = server.server().resume(session);
            src.accept(src.await("INVITE"), sdp);
            resumed.toCompletableFuture().get(20, TimeUnit.SECONDS);
            rtp.send(port, 1); // may come in the sweep that ends the pause
            server.awaitRtp(81);
            rtp.send(port, 40);
            server.awaitRtp(121);

            CompletionStage<ControlResult> dropped = server.server().dropStream(session, 2);
            src.accept(src.await("INVITE"), sdp(line(rtp.port(), "1", "sendonly"), line(0, "2", "inactive")));
            dropped.toCompletableFuture().get(20, TimeUnit.SECONDS);
            ears.get("2 0").awaitEnd();
            assertThat(ears.get("1 0").ends).hasValue(0);
            src.bye();
            short[] file = server.awaitRecording().audio("1").samples();
            Ear ear = ears.get("1 0");
            ear.awaitEnd();
            assertThat(ear.pcm).isEqualTo(file);
            for (int packet = 0; packet < 121; packet++) { // each holds its number
                boolean heard = packet < 40 || packet > 80;
                if (packet != 80) {
                    short sample = G711.decodeUlaw((byte) packet);
                    assertThat(contains(ear.pcm, sample))
                            .as("packet %d", packet)
                            .isEqualTo(heard);
                }
            }
        }
    }

    private static boolean contains(short[] samples, short wanted) {
        for (short sample : samples) {
            if (sample == wanted) {
                return true;
            }
        }
        return false;
    }

    @Test
    void C220_theEndIsToldWhenTheServerShutsDown() throws Exception {
        try (TestServer server = server(this::tapAll);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .untilHungUp()
                    .build());
            server.await("started");
            server.server().close();
            assertThat(ears).hasSize(2);
            for (Ear ear : ears.values()) {
                ear.awaitEnd();
            }
        }
    }

    @Test
    void whatIsNotThereCannotBeTapped() throws Exception {
        try (TestServer server = server((recorder, session) -> {});
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            Ear ear = new Ear();
            SessionId nobody = SessionId.create(1_800_000_000_000L);
            assertThatThrownBy(() -> tap(server, nobody, 1, ear).get())
                    .hasCauseInstanceOf(NoSuchElementException.class);
            SrcCall call = src.call(call(server));
            RecordingSession session = server.await("started");
            assertThatThrownBy(() -> tap(server, session.id(), 3, ear).get())
                    .hasCauseInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("no stream 3");
            call.result().get(20, TimeUnit.SECONDS);
            server.awaitRecording();
            assertThat(ear.ends).hasValue(0);
        }
    }

    private CompletableFuture<AudioTap> tap(TestServer server, SessionId session, int stream, Ear ear) {
        var tap = server.server().tap(session, stream, PATIENT, executor, ear);
        return tap.toCompletableFuture();
    }
}
