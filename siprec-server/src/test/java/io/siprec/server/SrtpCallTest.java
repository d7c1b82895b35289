package io.siprec.server;

import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.sdp.CryptoAttribute;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import io.siprec.testkit.TestCertificates;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls whose audio is encrypted with the keys of SDES (RFC 4568). */
@Timeout(120)
class SrtpCallTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SrtpSuite SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80;

    @TempDir
    Path recordings;

    @TempDir
    Path keyFiles;

    @ParameterizedTest
    @EnumSource
    void C196_C197_C198_everySampleOfACallIsInItsFiles(SrtpSuite suite) throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                ScriptedCall call = ScriptedCall.place(server, builder -> builder.srtp(suite))) {
            SrcCallResult result = call.play(20).hangUp();
            List<MediaDescription> answered = lines(result.answer());
            assertThat(answered).extracting(MediaDescription::protocol).containsOnly("RTP/SAVP");
            for (MediaDescription line : answered) {
                assertThat(line.cryptos()).hasSize(1);
                assertThat(line.cryptos().get(0).tag()).isEqualTo(1);
                assertThat(line.cryptos().get(0).suite()).isEqualTo(suite.name());
            }
            assertThat(answered.stream().map(SrtpCallTest::key).distinct())
                    .as("a key of its own for each line, and none of theirs")
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(offeredKeys(result));
            RecordedCall recorded = call.recording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
                assertThat(recorded.stream(sent.stream().label())
                                .get("srtpSuite")
                                .asText())
                        .isEqualTo(suite.name());
            }
            assertNoKeyIn(recorded, offeredKeys(result));
            assertNoKeyIn(recorded, answered.stream().map(SrtpCallTest::key).toList());
        }
    }

    private static List<String> offeredKeys(SrcCallResult result) {
        return result.streams().stream()
                .map(sent -> text(sent.stream().srtp().orElseThrow()))
                .toList();
    }

    private static void assertNoKeyIn(RecordedCall recorded, List<String> keys) throws IOException {
        try (Stream<Path> files = Files.list(recorded.folder())) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(keys).as("keys in %s", file).noneMatch(content::contains);
            }
        }
    }

    @Test
    void C205_aNewKeyIsTakenAndTheSameOneGoesOn() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                ScriptedCall call =
                        ScriptedCall.place(server, builder -> builder.streams(1).srtp(SUITE))) {
            SipResponse same = call.play(10).untilReceived().reinvite(SrcRequest.offering(call.media()));
            SrcMedia rekeyed = call.media().rekeyed("1", SrtpKeys.generate(SUITE, RANDOM));
            SipResponse other = call.play(10).untilReceived().reinvite(SrcRequest.offering(rekeyed));
            assertThat(other.status()).isEqualTo(200);
            SrcMedia suited = call.media().rekeyed("1", SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_32, RANDOM));
            SipResponse another = call.play(10).untilReceived().reinvite(SrcRequest.offering(suited));
            SrcCallResult result = call.play(10).hangUp();
            String first = key(lines(result.answer()).get(0));
            assertThat(key(line(same))).as("our key stays with the line").isEqualTo(first);
            assertThat(key(line(other))).isEqualTo(first);
            assertThat(key(line(another))).as("of another suite").isNotEqualTo(first);
            RecordedCall recorded = call.recording();
            recorded.assertHoldsAllOf(result.streams().get(0));
            assertThat(recorded.manifest().get("streams")).hasSize(1);
        }
    }

    /** Our own offers repeat our key, their answers bring the peer's. */
    @Test
    void C205_aPauseOfOursLeavesTheKeysAlone() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                ScriptedCall call =
                        ScriptedCall.place(server, builder -> builder.streams(1).srtp(SUITE))) {
            RecordingSession session = server.await("started");
            call.play(9).untilReceived();
            assertThat(server.server()
                            .pause(session.id())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(ControlResult.Outcome.DONE);
            call.play(10);
            assertThat(server.server()
                            .resume(session.id())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(ControlResult.Outcome.DONE);
            call.play(10).hangUp();
            RecordedCall recorded = call.recording();
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(20);
            assertThat(recorded.stream("1")
                            .at("/packets/rejected/srtpAuthentication")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void C200_aLineThatChangesBetweenPlainAndEncryptedHasANewStream() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, RANDOM);
            String plain = src.establish(sdp(RawDialog.line(rtp.getLocalPort(), "1", "sendonly")));
            String secure = src.reinvite(sdp(secureLine(rtp, crypto(1, keys))));
            assertThat(secure).startsWith("SIP/2.0 200 ");
            assertThat(ports(secure)).doesNotContainAnyElementsOf(ports(plain));
            send(rtp, clear(0), ports(secure).get(0));
            send(
                    rtp,
                    sealed(new SrtpSender(keys, new SrtpScratch()), 1),
                    ports(secure).get(0));
            server.awaitRtp(2);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.manifest().at("/streams/0/srtpSuite").isMissingNode())
                    .isTrue();
            assertThat(recorded.manifest().at("/streams/1/srtpSuite").asText()).isEqualTo(SUITE.name());
            assertThat(recorded.manifest().at("/streams/1/packets/received").asInt())
                    .isEqualTo(1);
            assertThat(recorded.manifest()
                            .at("/streams/1/packets/rejected/srtpAuthentication")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void C202_anotherKeyAndAReplayAreCountedExplainedAndNotHeard() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, builder -> builder.rtpTimeout(Duration.ofSeconds(1)));
                RawDialog src = new RawDialog(server, Transport.UDP);
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, RANDOM);
            String ok = src.establish(sdp(secureLine(rtp, crypto(1, keys))));
            int port = ports(ok).get(0);
            server.await("started");
            SrtpSender wrong = new SrtpSender(SrtpKeys.generate(SUITE, RANDOM), new SrtpScratch());
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            int sent = 0;
            while (!codes(server.server().sessions().get(0)).contains("srtp-failing")) {
                assertThat(System.nanoTime()).as("time to be told").isLessThan(deadlineNs);
                send(rtp, sealed(wrong, sent++), port);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            ByteBuffer good = sealed(new SrtpSender(keys, new SrtpScratch()), 0);
            send(rtp, good, port);
            send(rtp, good, port);
            server.awaitRtp(sent + 2);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.audio("1").samples()).hasSize(160);
            assertThat(recorded.stream("1")
                            .at("/packets/rejected/srtpAuthentication")
                            .asInt())
                    .isEqualTo(sent);
            assertThat(recorded.stream("1").at("/packets/rejected/srtpReplay").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void C197_C199_theFirstKeyThatCanBeUsedIsAnsweredUnderItsTag() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, RANDOM);
            String ok = src.establish(sdp(secureLine(
                            rtp,
                            "a=crypto:7 X_FUTURE_SUITE inline:AAAA\r\n",
                            crypto(8, SrtpKeys.generate(SUITE, RANDOM)).replace("\r\n", " UNENCRYPTED_SRTP\r\n"),
                            crypto(9, keys).replace("\r\n", "|2^20|1:4 WSH=128\r\n"))
                    .replace("RTP/SAVP", "RTP/SAVPF")));
            MediaDescription line = lines(RawDialog.body(ok)).get(0);
            assertThat(line.protocol()).isEqualTo("RTP/SAVPF");
            assertThat(line.cryptos()).extracting(CryptoAttribute::tag).containsExactly(9);
            SrtpSender sender = new SrtpSender(keys.withMki(new byte[] {0, 0, 0, 1}), new SrtpScratch());
            send(rtp, sealed(sender, 0), ports(ok).get(0));
            server.awaitRtp(1);
            src.bye();
            assertThat(server.awaitRecording().audio("1").samples()).hasSize(160);
        }
    }

    @Test
    void C200_withoutAUsableKeyTheCallIsRefused() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String refused = src.invite(sdp(secureLine(rtp, "a=crypto:1 " + SUITE + " inline:AAAA\r\n")));
            assertThat(refused).startsWith("SIP/2.0 488 ").contains("without an a=crypto that is supported");
        }
    }

    @Test
    void C201_keysInClearAreAFindingOrRefusedAsTheOperatorWants() throws Exception {
        String offer;
        try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            offer = sdp(secureLine(rtp, crypto(1, SrtpKeys.generate(SUITE, RANDOM))));
        }
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.TCP)) {
            src.establish(offer);
            assertThat(codes(server.await("started"))).contains("srtp-key-in-clear");
        }
        try (TestServer server = TestServer.start(recordings, 1, builder -> builder.srtpKeysOverTlsOnly(true));
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            assertThat(src.invite(offer)).startsWith("SIP/2.0 488 ").contains("send its keys over TLS");
        }
    }

    @Test
    void C196_C201_overTlsNothingIsOddAboutKeys() throws Exception {
        TestCertificates certificates = TestCertificates.in(keyFiles);
        TlsSettings srs = certificates
                .settings(certificates.identity("srs", "dns:srs.example,ip:127.0.0.1"))
                .build();
        TlsSettings client = TlsSettings.builder().trustedCas(certificates.ca()).build();
        try (TestServer server = TestServer.start(
                        recordings,
                        1,
                        builder -> builder.srtpKeysOverTlsOnly(true)
                                .listen(Transport.TLS, "127.0.0.1", 0)
                                .sip(sip -> sip.tls(srs)));
                SyntheticSrc src = SyntheticSrc.builder().tls(client).start()) {
            String uri = "sips:127.0.0.1:" + server.address(Transport.TLS).getPort();
            SrcCallResult result = src.call(SrcCallSettings.builder(uri)
                            .srtp(SUITE)
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .result()
                    .get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
            assertThat(codes(server.await("started"))).doesNotContain("srtp-key-in-clear");
            RecordedCall recorded = server.awaitRecording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
        }
    }

    private static List<String> codes(RecordingSession session) {
        return session.findings().stream().map(Finding::code).toList();
    }

    private static List<MediaDescription> lines(String sdp) throws Exception {
        return SdpParser.parse(sdp.getBytes(StandardCharsets.UTF_8), SdpLimits.defaults())
                .description()
                .media();
    }

    private static MediaDescription line(SipResponse response) throws Exception {
        return lines(new String(response.body(), StandardCharsets.UTF_8)).get(0);
    }

    private static String key(MediaDescription line) {
        return Base64.getEncoder()
                .encodeToString(line.cryptos().get(0).keys().get(0).keyAndSalt());
    }

    static String text(SrtpKeys keys) {
        return Base64.getEncoder().encodeToString(keys.keyAndSalt());
    }

    private static String crypto(int tag, SrtpKeys keys) {
        return "a=crypto:" + tag + " " + keys.suite() + " inline:" + text(keys) + "\r\n";
    }

    private static String secureLine(DatagramSocket rtp, String... cryptos) {
        return RawDialog.line(rtp.getLocalPort(), "1", "sendonly").replace("RTP/AVP", "RTP/SAVP")
                + String.join("", cryptos);
    }

    private static ByteBuffer clear(int index) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) index);
        ByteBuffer packet = ByteBuffer.allocate(500);
        new RtpPacketWriter().ssrc(7).sequence(index).timestamp(index * 160L).write(packet, payload, 0, 160);
        return packet.flip();
    }

    private static ByteBuffer sealed(SrtpSender sender, int index) {
        ByteBuffer packet = clear(index);
        sender.protect(packet);
        return packet;
    }

    private static void send(DatagramSocket from, ByteBuffer packet, int port) throws IOException {
        from.send(new DatagramPacket(packet.array(), packet.limit(), InetAddress.getLoopbackAddress(), port));
    }
}
