package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.G711;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipTimers;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallResult.EndedBy;
import io.siprec.testkit.SrcCallResult.Outcome;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SyntheticSrcTest {
    private final RtpReceiver first = receiver();
    private final RtpReceiver second = receiver();
    private SyntheticSrc src;

    @TempDir
    private static Path keys;

    private static TlsSettings tls;

    @BeforeAll
    static void makeKeys() throws IOException {
        TestCertificates certificates = TestCertificates.in(keys);
        tls = certificates
                .settings(certificates.identity("recorder", "ip:127.0.0.1"))
                .build();
    }

    @BeforeEach
    void start() throws IOException {
        src = SyntheticSrc.builder()
                .tls(tls)
                .timers(new SipTimers(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(50)))
                .start();
    }

    @AfterEach
    void stop() {
        src.close();
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPacketArrivesOnceWithItsAudioThenByeEndsTheCall(Transport transport) throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            SrcCall call = src.call(settings(recorder, transport).build());
            SrcCallResult result = result(call);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(result.answer()).isEqualTo(answer());
            assertThat(result.setupTime()).isPositive();
            assertThat(call.accepted().get().status()).isEqualTo(200);
            assertThat(call.packetsSent()).isEqualTo(50);
            assertThat(TestRecorder.await(recorder.acks).callId()).isEqualTo(call.callId());
            assertThat(TestRecorder.await(recorder.ends).cause()).isEqualTo(DialogEnd.Cause.REMOTE_BYE);
            assertReceived(first, result.streams().get(0), 25);
            assertReceived(second, result.streams().get(1), 25);
        }
    }

    @Test
    void inviteSaysThatItComesFromARecordingClient() throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, context -> context.reject(486, "Busy Here"))) {
            result(src.call(settings(recorder, Transport.UDP)
                    .header(new Header("X-Test", "a value"))
                    .build()));
            SipRequest invite = TestRecorder.await(recorder.invites);
            assertThat(invite.values("Require")).containsExactly("siprec");
            assertThat(invite.values("Accept")).contains("application/sdp", "application/rs-metadata");
            assertThat(invite.header("Contact"))
                    .hasValueSatisfying(text -> assertThat(text).contains(";+sip.src"));
            assertThat(invite.header("X-Test")).hasValue("a value");
            assertThat(invite.contentType())
                    .hasValueSatisfying(text -> assertThat(text).startsWith("multipart/mixed"));
            assertThat(invite.requestUri()).isEqualTo(recorder.uri(Transport.UDP));
        }
    }

    @ParameterizedTest(name = "{0} over {2}")
    @CsvSource({"488, Not Acceptable Here, UDP", "503, Service Unavailable, TCP", "302, Moved Temporarily, UDP"})
    void refusalIsReportedWithItsWarning(int status, String reason, Transport transport) throws Exception {
        Header warning = new Header("Warning", "304 siprec \"no audio\"");
        try (TestRecorder recorder = new TestRecorder(tls, context -> context.reject(status, reason, warning))) {
            SrcCall call = src.call(settings(recorder, transport).build());
            SrcCallResult result = result(call);
            assertThat(result.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.detail()).isEqualTo(status + " " + reason);
            assertThat(result.endedBy()).isEqualTo(EndedBy.NOBODY);
            assertThat(result.response().orElseThrow().header("Warning")).hasValue(warning.value());
            assertThat(result.streams()).allSatisfy(stream -> assertNothingSent(stream));
            assertThatThrownBy(() -> call.accepted().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining(String.valueOf(status));
        }
    }

    @Test
    void streamThatTheAnswerRefusesIsNotSent() throws Exception {
        String refusing = answer().replace("m=audio " + second.port(), "m=audio 0");
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(refusing))) {
            SrcCallResult result =
                    result(src.call(settings(recorder, Transport.UDP).build()));
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertReceived(first, result.streams().get(0), 25);
            assertNothingSent(result.streams().get(1));
        }
    }

    @Test
    void streamThatTheAnswerHoldsIsNotSent() throws Exception {
        String holding = answer().replaceFirst("a=recvonly", "a=inactive");
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(holding))) {
            SrcCallResult result =
                    result(src.call(settings(recorder, Transport.UDP).build()));
            assertNothingSent(result.streams().get(0));
            assertReceived(second, result.streams().get(1), 25);
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                       | has no SDP
            v=0~o=- 1 1 IN IP4 127.0.0.1~s=-~t=0 0~m=audio 9 RTP/AVP 0~ | 1 m-lines
            """)
    void answerThatCannotBeUsedEndsTheCall(String sdp, String complaint) throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(sdp.replace("~", "\r\n")))) {
            SrcCallResult result =
                    result(src.call(settings(recorder, Transport.UDP).build()));
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.detail()).contains(complaint);
            assertThat(result.endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(TestRecorder.await(recorder.ends).cause()).isEqualTo(DialogEnd.Cause.REMOTE_BYE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void byeOfTheRecorderStopsTheAudio(Transport transport) throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            SrcCall call = src.call(settings(recorder, transport)
                    .duration(Duration.ofMinutes(1))
                    .build());
            assertThat(first.packets(5)).hasSizeGreaterThanOrEqualTo(5);
            recorder.bye();
            SrcCallResult result = result(call);
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.endedBy()).isEqualTo(EndedBy.REMOTE);
            SrcStreamReport stream = result.streams().get(0);
            assertThat(stream.packetsSent()).isBetween(5L, 500L).isEqualTo(stream.lastPacket() + 1);
            assertThat(TestRecorder.await(recorder.ends).cause()).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
        }
    }

    @Test
    void hangingUpReportsExactlyWhatWasSent() throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            SrcCall call = src.call(settings(recorder, Transport.UDP)
                    .duration(Duration.ofMinutes(1))
                    .build());
            int early = first.packets(5).size();
            call.hangUp();
            SrcCallResult result = result(call);
            assertThat(result.endedBy()).isEqualTo(EndedBy.LOCAL);
            SrcStreamReport stream = result.streams().get(0);
            assertThat(first.packets(stream.packetsSent() - early)).hasSize((int) stream.packetsSent() - early);
            assertThat(stream.samples()).hasSize((int) stream.packetsSent() * 160);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelTakesAnUnansweredCallBack(Transport transport) throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, context -> {})) {
            SrcCall call = src.call(settings(recorder, transport).build());
            TestRecorder.await(recorder.invites);
            call.cancel();
            SrcCallResult result = result(call);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.REJECTED);
            assertThat(result.status()).isEqualTo(487);
            assertThat(TestRecorder.await(recorder.cancels)).isEqualTo(call.callId());
        }
    }

    @Test
    void packetsOfTheLossPlanAreMissingOnTheWire() throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            SrcCallSettings all = settings(recorder, Transport.UDP).build();
            SrcCallSettings some = settings(recorder, Transport.UDP)
                    .streams(List.of(
                            all.streams().get(0).losing(place -> place % 10 == 3),
                            all.streams().get(1)))
                    .build();
            SrcCallResult result = result(src.call(some));
            assertThat(first.packets(22)).hasSize(22);
            SrcStreamReport stream = result.streams().get(0);
            assertThat(stream.packetsSent()).isEqualTo(22);
            assertThat(stream.packetsDue()).isEqualTo(25);
            assertThat(stream.samples()).hasSize(25 * 160);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceOrAClosedPortFailsTheCall(Transport transport) throws Exception {
        int port = closedPort();
        SrcCallResult result = result(src.call(SrcCallSettings.builder("sip:127.0.0.1:" + port)
                .transport(transport)
                .build()));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.response()).isEmpty();
        assertThat(result.detail()).isNotBlank();
    }

    @Test
    void closingEndsTheCallsThatGoOn() throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            SrcCall call = src.call(settings(recorder, Transport.UDP)
                    .duration(Duration.ofMinutes(1))
                    .build());
            call.accepted().get(5, TimeUnit.SECONDS);
            src.close();
            assertThat(result(call).endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(TestRecorder.await(recorder.ends).cause()).isEqualTo(DialogEnd.Cause.REMOTE_BYE);
        }
    }

    @Test
    void fiftyCallsAtOnceSendEveryPacketInTime() throws Exception {
        try (TestRecorder recorder = new TestRecorder(tls, TestRecorder.answering(answer()))) {
            List<SrcCall> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(src.call(settings(recorder, i % 2 == 0 ? Transport.UDP : Transport.TCP)
                        .seed(i)
                        .build()));
            }
            for (SrcCall call : calls) {
                SrcCallResult result = result(call);
                assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.COMPLETED);
                assertThat(result.streams())
                        .allSatisfy(stream -> assertThat(stream.packetsSent()).isEqualTo(25));
            }
            assertThat(first.packets(50 * 25)).hasSize(50 * 25);
            assertThat(second.packets(50 * 25)).hasSize(50 * 25);
        }
    }

    private static SrcCallSettings.Builder settings(TestRecorder recorder, Transport transport) {
        return SrcCallSettings.builder(recorder.uri(transport))
                .transport(transport)
                .audio(AudioSources.noise(1), AudioSources.noise(2))
                .duration(Duration.ofMillis(500));
    }

    private String answer() {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + first.port() + " RTP/AVP 0",
                "a=label:1",
                "a=recvonly",
                "m=audio " + second.port() + " RTP/AVP 0",
                "a=label:2",
                "a=recvonly",
                "");
    }

    private static SrcCallResult result(SrcCall call) throws Exception {
        return call.result().get(20, TimeUnit.SECONDS);
    }

    private static void assertReceived(RtpReceiver receiver, SrcStreamReport report, int packets) throws IOException {
        List<RtpReceiver.Received> received = receiver.packets(packets);
        assertThat(received).hasSize(packets);
        assertThat(report.packetsSent()).isEqualTo(packets);
        assertThat(report.firstPacket()).isZero();
        assertThat(report.lastPacket()).isEqualTo(packets - 1);
        assertThat(report.remote().orElseThrow().getPort()).isEqualTo(receiver.port());
        short[] samples = new short[packets * 160];
        for (int i = 0; i < packets; i++) {
            RtpReceiver.Received packet = received.get(i);
            assertThat(packet.from()).isEqualTo(report.local());
            assertThat(packet.ssrc()).isEqualTo(report.stream().ssrc());
            assertThat(packet.sequence()).isEqualTo((report.stream().firstSequence() + i) & 0xFFFF);
            assertThat(packet.timestamp()).isEqualTo((report.stream().firstTimestamp() + 160L * i) & 0xFFFF_FFFFL);
            G711.decodeUlaw(packet.payload(), 0, 160, samples, 160 * i);
        }
        assertThat(samples).isEqualTo(report.samples());
    }

    private static void assertNothingSent(SrcStreamReport report) {
        assertThat(report.packetsSent()).isZero();
        assertThat(report.packetsDue()).isZero();
        assertThat(report.firstPacket()).isEqualTo(-1);
        assertThat(report.remote()).isEmpty();
        assertThat(report.samples()).isEmpty();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
            return udp.getLocalPort();
        }
    }

    private static RtpReceiver receiver() {
        try {
            return new RtpReceiver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
