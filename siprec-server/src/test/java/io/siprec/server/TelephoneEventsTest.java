package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.WavAudio;
import io.siprec.rtp.WavMix;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcTone;
import io.siprec.testkit.SyntheticSrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are pressed in a recorded call, in the manifest, for the application, and masked (RFC 4733). */
class TelephoneEventsTest {
    private static final int FRAME = 160;

    @TempDir
    Path recordings;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private final SiprecListener listener = new SiprecListener() {
        @Override
        public void onSessionStarted(RecordingSession session) {
            heard.add("started");
        }

        @Override
        public void onTelephoneEvent(RecordingSession session, int stream, TelephoneEvent event) {
            heard.add(stream + ": " + event.key() + " at " + event.offset().toMillis() + " for "
                    + event.duration().toMillis() + (event.endSeen() ? "" : "?"));
        }

        @Override
        public void onSessionEnded(RecordingSession session) {
            heard.add("ended");
        }
    };

    private TestServer server(boolean masked) throws Exception {
        return TestServer.start(
                recordings,
                1,
                builder -> builder.listener(listener).maskDtmf(masked).mix(WavMix.Layout.MONO));
    }

    private static int establish(RawDialog src, RawRtp rtp) throws Exception {
        String line = line(rtp.port(), "0 101", "1", "sendonly") + "a=rtpmap:101 telephone-event/8000\r\n";
        return ports(src.establish(sdp(line))).get(0);
    }

    private static void tone(RawRtp rtp, int to, int code, int packets, int ends) throws IOException {
        int start = rtp.next();
        for (int i = 1; i < packets; i++) {
            rtp.event(to, code, start, i * FRAME, false);
        }
        for (int i = 0; i < ends; i++) {
            rtp.event(to, code, start, packets * FRAME, true);
        }
    }

    @Test
    void C195_keysAreToldInTheManifestAndToTheApplication() throws Exception {
        try (TestServer server = server(false);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port = establish(src, rtp);
            rtp.send(port, 10);
            tone(rtp, port, 5, 4, 3);
            rtp.send(port, 10);
            tone(rtp, port, 11, 4, 0);
            server.awaitRtp(29);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            server.server().close(); // all listeners have heard of the end then

            JsonNode stream = recorded.stream("1");
            assertThat(stream.get("events").toString())
                    .isEqualTo("[{\"code\":5,\"key\":\"5\",\"offsetMs\":200,\"durationMs\":80,\"endSeen\":true},"
                            + "{\"code\":11,\"key\":\"#\",\"offsetMs\":520,\"durationMs\":60,\"endSeen\":false}]");
            assertThat(stream.get("completeness").toString()).isEqualTo("{\"complete\":true,\"missingMs\":{}}");
            assertThat(heard).containsExactly("started", "1: 5 at 200 for 80", "1: # at 520 for 60?", "ended");
        }
    }

    @Test
    void C195_keysBetweenAudioAreToldAndCostTheAudioNothing() throws Exception {
        SrcStream caller = ScriptedCall.stream("1", SrcCodec.PCMU, 1)
                .pressing(new SrcTone(1, 10, 5), new SrcTone(2, 20, 5), new SrcTone(10, 30, 5))
                .losing(place -> place == 24); // the ends of the second
        try (TestServer server = server(false);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCallResult result = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                            .streams(List.of(caller, ScriptedCall.stream("2", SrcCodec.PCMA, 2)))
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .result()
                    .get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            recorded.assertHoldsAllOf(result.streams().get(1));
            short[] sent = result.streams().get(0).samples();
            assertThat(RecordingCheck.find(sent, recorded.audio("1").samples()).exact())
                    .isTrue();
            JsonNode stream = recorded.stream("1");
            assertThat(stream.get("events").findValuesAsText("key")).containsExactly("1", "2", "*");
            assertThat(stream.get("events").findValuesAsText("durationMs")).containsExactly("100", "80", "100");
            assertThat(stream.get("events").findValuesAsText("endSeen")).containsExactly("true", "false", "true");
            assertThat(stream.at("/packets/lost").asInt()).isEqualTo(3);
            assertThat(stream.get("completeness").toString()).isEqualTo("{\"complete\":true,\"missingMs\":{}}");
        }
    }

    @Test
    void aFloodOfKeysIsListedAndToldInPart() throws Exception {
        try (TestServer server = server(false);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port = establish(src, rtp);
            rtp.send(port, 1);
            for (int i = 1; i <= 1_020; i++) {
                tone(rtp, port, i % 10, 1, 1);
                server.awaitRtp(i); // no more than a socket holds
            }
            server.awaitRtp(1_021);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            server.server().close(); // all listeners have heard of the end then
            assertThat(recorded.stream("1").get("events")).hasSize(1_000);
            assertThat(recorded.stream("1").get("eventsUnlisted").asInt()).isEqualTo(20);
            assertThat(heard)
                    .hasSize(1 + 1_000 + 1)
                    .startsWith("started", "1: 1 at 20 for 20")
                    .endsWith("ended");
        }
    }

    @Test
    void C195_aMaskedKeyIsNowhereAndItsPlaceIsSilent() throws Exception {
        try (TestServer server = server(true);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port = establish(src, rtp);
            rtp.send(port, 110); // more than a second, so that some is written, with the tone in it
            server.awaitRtp(110);
            for (int i = 1; i <= 10; i++) {
                rtp.event(port, 7, 20, i * FRAME, i == 10);
            }
            rtp.send(port, 20);
            server.awaitRtp(140);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            server.server().close(); // all listeners have heard of the end then

            JsonNode stream = recorded.stream("1");
            assertThat(stream.get("events").toString())
                    .isEqualTo("[{\"offsetMs\":400,\"durationMs\":200,\"endSeen\":true}]");
            assertThat(heard).containsExactly("started", "1:  at 400 for 200", "ended");
            assertSilent(recorded.audio("1").samples());
            assertSilent(WavAudio.read(recorded.folder().resolve("mix.wav")).samples());
            try (var files = Files.list(recorded.folder())) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("nothing else is kept of the call")
                        .containsExactlyInAnyOrder("manifest.json", "stream-1.wav", "mix.wav");
            }
        }
    }

    /** From 40 ms before the tone to 40 ms behind it, and only there. */
    private static void assertSilent(short[] samples) {
        for (int i = 0; i < 110 * FRAME; i++) {
            boolean masked = i >= 18 * FRAME && i < 32 * FRAME;
            boolean zero = i / FRAME == 127; // 0x7f and 0xff are the zeros of mu-law
            assertThat(samples[i] == 0).as("sample %d", i).isEqualTo(masked || zero);
        }
    }
}
