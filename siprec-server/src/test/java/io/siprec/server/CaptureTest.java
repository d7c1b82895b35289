package io.siprec.server;

import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.CaptureRender;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.srtp.SrtpSuite;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.ManualClock;
import io.siprec.testkit.NetworkTrouble;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SyntheticSrc;
import io.siprec.testkit.UdpRelay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packet capture of calls: what it holds, and the audio that is made from it again. */
@Timeout(120)
class CaptureTest {
    @TempDir
    Path recordings;

    @TempDir
    Path rendered;

    private TestServer capturing(CaptureScope scope) throws Exception {
        return TestServer.start(recordings, 1, builder -> builder.capture(scope));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** The files that are made from the capture are those of the session, byte for byte. */
    private void assertRendersTheSame(RecordedCall recorded) throws IOException {
        JsonNode streams = recorded.manifest().get("streams");
        CaptureRender.Result result = CaptureRender.render(
                recorded.folder().resolve("call.pcapng"),
                rendered.resolve(recorded.folder().getFileName()));
        assertThat(result.streams()).hasSameSizeAs(streams);
        assertThat(result.dropped()).contains(0L);
        for (CaptureRender.Rendered one : result.streams()) {
            assertThat(one.problem()).isEmpty();
            Path made = one.file().orElseThrow();
            Path original = recorded.folder().resolve(made.getFileName());
            assertThat(Files.size(original)).isGreaterThan(1_000);
            assertThat(Files.mismatch(made, original)).as("%s", made).isEqualTo(-1);
        }
    }

    @Test
    void anUndisturbedCallIsMadeAgain() throws Exception {
        try (TestServer server = capturing(CaptureScope.ALL);
                ScriptedCall call = ScriptedCall.place(server, builder -> builder)) {
            RecordedCall recorded = call.play(100).hangUpAndCheckAudio();
            JsonNode capture = recorded.manifest().get("capture");
            Path file = recorded.folder().resolve("call.pcapng");
            assertThat(capture.get("scope").asText()).isEqualTo("all");
            assertThat(capture.get("packets").asInt()).isEqualTo(2 * 101);
            assertThat(capture.get("dropped").asInt()).isZero();
            assertThat(capture.get("bytes").asLong()).isEqualTo(Files.size(file));
            assertThat(capture.get("sha256").asText()).isEqualTo(sha256(file));
            assertThat(capture.has("error")).isFalse();
            assertRendersTheSame(recorded);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallInEachCodecIsMadeAgain(SrcCodec codec) throws Exception {
        try (TestServer server = capturing(CaptureScope.ALL);
                ScriptedCall call = ScriptedCall.place(server, builder -> builder.codec(codec))) {
            call.play(60).hangUp();
            assertRendersTheSame(call.recording());
        }
    }

    @Test
    void holdsPausesOtherCodecsAndLinesAreMadeAgain() throws Exception {
        try (TestServer server = capturing(CaptureScope.ALL);
                ScriptedCall call = ScriptedCall.place(server, builder -> builder)) {
            RecordingSession session = server.await("started");
            call.play(30).untilReceived();
            call.reinvite(SrcRequest.offering(call.media().held(SrcLineState.INACTIVE)));
            call.play(20);
            call.reinvite(SrcRequest.offering(call.media().resumed().recoded("1", SrcCodec.PCMA)));
            call.play(30).untilReceived();
            done(server.server().pause(session.id()));
            call.play(20);
            done(server.server().resume(session.id()));
            call.play(30).untilReceived();
            call.reinvite(SrcRequest.offering(call.media().added(ScriptedCall.stream("3", SrcCodec.PCMA, 3))));
            call.play(30).untilReceived();
            call.reinvite(SrcRequest.offering(call.media().removed("2")));
            call.play(30).hangUp();
            RecordedCall recorded = call.recording();
            assertThat(recorded.manifest().get("streams")).hasSize(3);
            assertRendersTheSame(recorded);
        }
    }

    private static void done(CompletionStage<ControlResult> asked) throws Exception {
        assertThat(asked.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome())
                .isEqualTo(ControlResult.Outcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4})
    void aCallOverABadNetworkIsMadeAgain(long seed) throws Exception {
        NetworkTrouble trouble = NetworkTrouble.builder(seed)
                .loss(0.04)
                .bursts(0.01, 2, 12)
                .duplication(0.04)
                .delay(Duration.ofMillis(40))
                .jitter(Duration.ofMillis(19))
                .reorder(0.08, Duration.ofMillis(1_000))
                .build();
        ManualClock srcTime = new ManualClock();
        ManualClock relayTime = new ManualClock();
        try (TestServer server = capturing(CaptureScope.ALL);
                UdpRelay relay = UdpRelay.start(trouble, relayTime);
                SyntheticSrc src =
                        SyntheticSrc.builder().manualClock(srcTime).relay(relay).start()) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .audio(RecordingTest.noise(2))
                    .seed(seed)
                    .byeGrace(Duration.ZERO)
                    .untilHungUp()
                    .build());
            call.accepted().get(20, TimeUnit.SECONDS);
            for (int sent = 1; sent <= 300; sent++) {
                call.played(SrcCallSettings.PACKET_TIME.multipliedBy(sent)).get(20, TimeUnit.SECONDS);
                relayTime.advance(SrcCallSettings.PACKET_TIME);
                srcTime.advance(SrcCallSettings.PACKET_TIME);
            }
            call.hangUp();
            call.result().get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.manifest().at("/completeness/complete").asBoolean())
                    .isFalse();
            assertRendersTheSame(recorded);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEncryptedCallIsMadeAgainOnlyFromACaptureInClear(boolean decrypted) throws Exception {
        try (TestServer server = TestServer.start(
                        recordings,
                        1,
                        builder -> builder.capture(CaptureScope.ALL).captureDecrypted(decrypted));
                ScriptedCall call = ScriptedCall.place(
                        server, Transport.TCP, builder -> builder.srtp(SrtpSuite.AES_CM_128_HMAC_SHA1_80))) {
            SrcCallResult result = call.play(40).hangUp();
            RecordedCall recorded = call.recording();
            assertThat(recorded.manifest().at("/capture/decrypted").asBoolean()).isEqualTo(decrypted);
            assertThat(recorded.manifest().at("/capture/packets").asInt()).isEqualTo(2 * 41);
            String content = Files.readString(recorded.folder().resolve("call.pcapng"), StandardCharsets.ISO_8859_1);
            assertThat(content)
                    .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:****************************************");
            result.streams()
                    .forEach(sent -> assertThat(content)
                            .as("the key")
                            .doesNotContain(
                                    SrtpCallTest.text(sent.stream().srtp().orElseThrow())));
            if (decrypted) {
                assertRendersTheSame(recorded);
            } else {
                CaptureRender.Result made =
                        CaptureRender.render(recorded.folder().resolve("call.pcapng"), rendered);
                assertThat(made.streams())
                        .hasSize(2)
                        .allSatisfy(
                                one -> assertThat(one.problem().orElseThrow()).contains("encrypted"));
                assertThat(rendered).isEmptyDirectory();
            }
        }
    }

    @Test
    void nothingOfAPausedSpanIsInTheFile() throws Exception {
        try (TestServer server = capturing(CaptureScope.ALL);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(RawDialog.line(rtp.port(), "1", "sendonly"));
            int port = ports(src.establish(sdp)).get(0);
            RecordingSession session = server.await("started");
            rtp.send(port, 10);
            server.awaitRtp(10);
            CompletionStage<ControlResult> paused = server.server().pause(session.id());
            src.accept(src.await("INVITE"), sdp.replace("sendonly", "inactive"));
            done(paused);
            rtp.send(port, 10);
            server.awaitRtp(20);
            CompletionStage<ControlResult> resumed = server.server().resume(session.id());
            src.accept(src.await("INVITE"), sdp);
            done(resumed);
            rtp.send(port, 10);
            server.awaitRtp(30);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            int received = recorded.manifest().at("/streams/0/packets/received").asInt();
            assertThat(received).isBetween(19, 20);
            assertThat(recorded.manifest().at("/capture/packets").asInt()).isEqualTo(received);
            assertRendersTheSame(recorded);
        }
    }

    @Test
    void theMessagesOfTheDialogAreInTheFile() throws Exception {
        Programs.require("tshark", "tshark");
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            try (TestServer server = capturing(CaptureScope.ALL);
                    ScriptedCall call = ScriptedCall.place(server, transport, builder -> builder)) {
                call.reinvite(SrcRequest.offering(call.media().held(SrcLineState.INACTIVE)));
                call.update(SrcRequest.offering(call.media().resumed()));
                call.play(5).hangUp();
                RecordedCall recorded = call.recording();
                List<String> messages = tshark(
                        recorded.folder().resolve("call.pcapng"),
                        "-Y",
                        "sip",
                        "-T",
                        "fields",
                        "-e",
                        "sip.Method",
                        "-e",
                        "sip.Status-Code",
                        "-e",
                        "sip.CSeq.method");
                messages.removeIf(message -> message.equals("\t100\tINVITE"));
                assertThat(messages)
                        .as("over %s", transport)
                        .containsExactly(
                                "INVITE\t\tINVITE",
                                "\t200\tINVITE",
                                "ACK\t\tACK",
                                "INVITE\t\tINVITE",
                                "\t200\tINVITE",
                                "ACK\t\tACK",
                                "UPDATE\t\tUPDATE",
                                "\t200\tUPDATE",
                                "BYE\t\tBYE",
                                "\t200\tBYE");
                assertThat(recorded.manifest().at("/capture/messages").asInt()).isBetween(10, 14);
                assertThat(recorded.manifest().at("/capture/packets").asInt()).isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    void tsharkDecodesTheCall() throws Exception {
        Programs.require("tshark", "tshark");
        try (TestServer server = capturing(CaptureScope.ALL);
                ScriptedCall call = ScriptedCall.place(server, Transport.TCP, builder -> builder)) {
            call.play(50).hangUp();
            Path file = call.recording().folder().resolve("call.pcapng");
            assertThat(tshark(file, "-Y", "rtp")).hasSize(2 * 51);
            assertThat(tshark(file, "-q", "-z", "rtp,streams"))
                    .filteredOn(line -> line.contains("g711U"))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains(" 51 ", " 0 (0.0%)"));
        }
    }

    private static List<String> tshark(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return new ArrayList<>(out.lines().toList());
    }

    @Test
    void withoutNamesThereAreNoMessages() throws Exception {
        try (TestServer server = TestServer.start(
                        recordings,
                        1,
                        builder -> builder.capture(CaptureScope.ALL).keepNames(false));
                ScriptedCall call = ScriptedCall.place(server, builder -> builder)) {
            call.play(40).hangUp();
            RecordedCall recorded = call.recording();
            assertThat(recorded.manifest().at("/capture/messages").asInt(-1)).isZero();
            assertThat(Files.readString(recorded.folder().resolve("call.pcapng"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("INVITE", "alice", "Alice");
            assertRendersTheSame(recorded);
        }
    }

    @Test
    void aRefusedCallLeavesNothingBehind() throws Exception {
        try (TestServer server = capturing(CaptureScope.ALL);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String refused = src.invite(sdp("m=audio 40000 UDP/TLS/RTP/SAVP 0\r\na=sendonly\r\n"));
            assertThat(refused).startsWith("SIP/2.0 488 ");
        }
        try (Stream<Path> files = Files.walk(recordings)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void withoutACaptureTheManifestTellsOfNone() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                ScriptedCall call = ScriptedCall.place(server, builder -> builder)) {
            call.play(5).hangUp();
            RecordedCall recorded = call.recording();
            assertThat(recorded.manifest().has("capture")).isFalse();
            assertThat(recorded.folder().resolve("call.pcapng")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C193_whatHasNoDecoderIsKeptUnlessThatIsNotWanted(boolean wanted) throws Exception {
        try (TestServer server =
                        TestServer.start(recordings, 1, builder -> wanted ? builder : builder.withoutCapture());
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port = ports(src.establish(sdp("m=audio " + rtp.port() + " RTP/AVP 18\r\na=sendonly\r\n")))
                    .get(0);
            rtp.send(port, 18, 20);
            server.awaitRtp(20);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.stream("").at("/packets/undecodable").asInt()).isEqualTo(20);
            assertThat(recorded.stream("").at("/completeness/complete").asBoolean())
                    .isFalse();
            JsonNode capture = recorded.manifest().path("capture");
            assertThat(capture.path("scope").asText()).isEqualTo(wanted ? "undecodable" : "");
            assertThat(capture.path("packets").asInt()).isEqualTo(wanted ? 20 : 0);
            assertThat(capture.path("messages").asInt() >= 3).isEqualTo(wanted);
            assertThat(Files.exists(recorded.folder().resolve("call.pcapng"))).isEqualTo(wanted);
        }
    }

    @Test
    void maskedKeysAndACaptureContradictEachOther() {
        SiprecServer.Builder builder =
                SiprecServer.builder(recordings).capture(CaptureScope.ALL).maskDtmf(true);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maskDtmf");
    }
}
