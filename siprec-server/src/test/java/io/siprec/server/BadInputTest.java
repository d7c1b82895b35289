package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input has a defined outcome and never disturbs another call. */
@WithOneAndFourLoops
class BadInputTest {
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
    private static final String AUDIO = "m=audio 40000 RTP/AVP 0\r\na=sendonly\r\na=label:1\r\n";

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    @Test
    void C136_C219_aCallIsWholeWhateverStrangersSend() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start();
                RawSipClient udp = server.client(Transport.UDP);
                RawSipClient halfMessage = server.client(Transport.TCP)) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .audio(AudioSources.noise(1), AudioSources.noise(2))
                    .duration(Duration.ofSeconds(3))
                    .build());
            int rtpPort = server.await("started").streams().get(0).rtpPort();
            Random random = new Random(42);
            halfMessage.send("INVITE sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;bran");
            try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                for (int i = 0; i < 500; i++) {
                    byte[] garbage = new byte[random.nextInt(1, 1500)];
                    random.nextBytes(garbage);
                    udp.send(garbage);
                    if (i % 10 == 0) { // what a socket buffer holds: more would be the kernel's loss
                        garbage[0] = (byte) 0x80; // looks like RTP
                        stranger.send(
                                new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), rtpPort));
                    }
                }
            }
            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
            RecordedCall recorded = server.awaitRecording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
        }
    }

    @Test
    void C120_C122_wrongLengths() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops)) {
            String body = SDP + AUDIO;
            try (RawSipClient src = server.client(Transport.UDP)) {
                src.send(invite(src, "too-long", body).replaceFirst("Content-Length: \\d+", "Content-Length: 9999"));
                assertThat(src.receiveFinal()).startsWith("SIP/2.0 400 ").contains("Content-Length");
            }
            try (RawSipClient src = server.client(Transport.TCP)) {
                src.send(invite(src, "negative", body).replaceFirst("Content-Length: \\d+", "Content-Length: -1"));
                assertThat(src.receiveFinal()).startsWith("SIP/2.0 400 ");
                assertThat(src.receive()).as("the connection is closed").isEmpty();
            }
        }
    }

    /** RFC 4317 §5.1: media may come later. */
    @Test
    void C029_anOfferWithoutMediaIsAnsweredWithoutMedia() throws Exception {
        try (TestServer server = TestServer.start(
                        recordings, loops, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
                RawSipClient src = server.client(Transport.UDP)) {
            src.send(invite(src, "no-media", SDP));
            assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ").doesNotContain("m=");
            assertThat(server.await("started").streams()).isEmpty();
        }
    }

    @Test
    void C037_anOfferWithoutAudioIsRefusedWithTheReason() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawSipClient src = server.client(Transport.UDP)) {
            src.send(invite(src, "no-audio", SDP + "m=image 40000 udptl t38\r\n"));
            String response = src.receiveFinal();
            assertThat(response).startsWith("SIP/2.0 488 ");
            assertThat(RawMessages.header(response, "Warning", "warning")).matches("30[45] \\S+ \".+\"");
            src.send(invite(src, "no-sdp", "hello"));
            assertThat(src.receiveFinal()).startsWith("SIP/2.0 400 Bad SDP");
            assertThat(server.server().sessions()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # changed header                        | to                                       | status | header          | why
        Content-Type: application/sdp           | Content-Type: application/unknownformat  | 415    | Accept          | a body of an unknown type
        Content-Type: application/sdp           | Content-Encoding: gzip                   | 415    | Accept-Encoding | an encoding that we can't undo
        Require: siprec                         | Accept: text/nobodyKnowsThis             | 406    |                 | no answer could be read
        """)
    void C158_bodiesAndAnswersThatOneSideCannotRead(String from, String to, int status, String header, String why)
            throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawSipClient src = server.client(Transport.UDP)) {
            String stranger = to.startsWith("Accept") ? "+sip.nobody" : "+sip.src";
            String keptType = to.startsWith("Content-Encoding") ? from + "\r\n" + to : to;
            src.send(invite(src, "unreadable", SDP + AUDIO)
                    .replace(from, keptType)
                    .replace("+sip.src", stranger));
            String response = src.receiveFinal();
            assertThat(RawMessages.status(response)).as(why).isEqualTo(status);
            if (header != null) {
                assertThat(RawMessages.header(response, header, "-")).isNotEmpty();
            }
            assertThat(server.server().sessions()).isEmpty();
        }
    }

    @Test
    void theLimitOfSessionsHoldsWhateverLoopTakesTheCall() throws Exception {
        try (TestServer server = TestServer.start(
                        recordings, loops, builder -> builder.maxSessions(3).shutdownTimeout(Duration.ofMillis(100)));
                RawSipClient src = server.client(Transport.TCP)) {
            String last = "";
            String ok = "";
            for (int i = 0; i < 12; i++) {
                String invite = invite(src, "limit-" + i, SDP + AUDIO);
                src.send(invite);
                String answer = src.receiveFinal();
                assertThat(RawMessages.status(answer)).isEqualTo(i < 3 ? 200 : 503);
                last = i < 3 ? invite : last;
                ok = i < 3 ? answer : ok;
            }
            assertThat(server.server().sessions()).hasSize(3);
            src.send(RawMessages.inDialog("ACK", last, ok, Transport.TCP, src.localPort()));
            src.send(RawMessages.inDialog("BYE", last, ok, Transport.TCP, src.localPort()));
            assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ");
            server.await("ended");
            src.send(invite(src, "limit-again", SDP + AUDIO));
            assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ");
        }
    }

    @Test
    void C191_aFullPortRangeRefusesTheNextCallAndLeavesNothingBehind() throws Exception {
        int first = FreePorts.udpRange(4);
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.rtpPorts(first, first + 3));
                RawSipClient one = server.client(Transport.UDP);
                RawSipClient two = server.client(Transport.UDP)) {
            String taken = invite(one, "first", SDP + AUDIO);
            one.send(taken);
            String ok = one.receiveFinal();
            assertThat(ok).startsWith("SIP/2.0 200 ");
            one.send(RawMessages.inDialog("ACK", taken, ok, Transport.UDP, one.localPort()));
            server.await("started"); // the 200 leaves before the session is in the table

            two.send(invite(two, "second", SDP + AUDIO + AUDIO.replace("40000", "40002")));
            String refused = two.receiveFinal();
            assertThat(refused).startsWith("SIP/2.0 503 No Free RTP Ports");
            assertThat(RawMessages.header(refused, "Retry-After", "retry-after"))
                    .isNotEmpty();
            assertThat(server.server().sessions()).hasSize(1);

            one.send(RawMessages.inDialog("BYE", taken, ok, Transport.UDP, one.localPort()));
            assertThat(one.receiveFinal()).startsWith("SIP/2.0 200 ");
            server.await("ended");
            assertThat(server.server().statistics().streams()).isZero();
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            SiprecServer server = SiprecServer.builder(recordings)
                    .listen(Transport.UDP, "127.0.0.1", taken.getLocalPort())
                    .build();
            assertThatThrownBy(server::start).isInstanceOfSatisfying(StartupException.class, e -> {
                assertThat(e.setting()).isEqualTo(StartupException.Setting.LISTEN);
                assertThat(e.value()).isEqualTo("UDP 127.0.0.1:" + taken.getLocalPort());
            });
        }
    }

    @Test
    void aRecordingDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(recordings.resolve("file"));
        SiprecServer server =
                SiprecServer.builder(file).listen(Transport.UDP, "127.0.0.1", 0).build();
        assertThatThrownBy(server::start)
                .isInstanceOfSatisfying(
                        StartupException.class,
                        e -> assertThat(e.setting()).isEqualTo(StartupException.Setting.RECORDING_DIRECTORY));
        server.close();
    }

    private static String invite(RawSipClient src, String callId, String body) {
        return "INVITE sip:srs@127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/" + src.transport() + " 127.0.0.1:" + src.localPort() + ";rport;branch=z9hG4bK" + callId
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:src@127.0.0.1>;tag=1\r\nTo: <sip:srs@127.0.0.1>\r\n"
                + "Call-ID: " + callId + "\r\nCSeq: 1 INVITE\r\n"
                + "Contact: <sip:src@127.0.0.1:" + src.localPort() + ">;+sip.src\r\nRequire: siprec\r\n"
                + "Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
