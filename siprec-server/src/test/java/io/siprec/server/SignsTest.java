package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signs by which SRC and recorder know a recording session (RFC 7866 §6). */
@WithOneAndFourLoops
class SignsTest {
    private static final String SDP = RawDialog.sdp(RawDialog.line(40000, "1", "sendonly"));
    private static final String METADATA = RawDialog.metadata("complete", "alice");

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # Contact | Require | metadata | lenient, strict | why
        ;+sip.src | siprec  | false    | 200, 200        | C001 both signs
        ;+SIP.SRC | SIPREC  | true     | 200, 200        | C006 in capitals
        -         | siprec  | false    | 200, 488        | C001 no feature tag
        ;+sip.src | -       | false    | 200, 488        | C001 no option tag
        ;src      | -       | true     | 200, 488        | C007 BroadWorks
        -         | -       | true     | 200, 488        | C002 metadata alone
        -         | -       | false    | 488, 488        | C003 a plain call
        """)
    void C001_C002_C003_C006_C007_signsInBothModes(
            String tag, String require, boolean metadata, String statuses, String why) throws Exception {
        for (boolean strict : new boolean[] {false, true}) {
            int expected = Integer.parseInt(statuses.split(", ")[strict ? 1 : 0]);
            try (TestServer server = TestServer.start(recordings, loops, builder -> builder.strict(strict));
                    RawDialog src = new RawDialog(server, Transport.UDP)) {
                src.signs(tag == null ? "" : tag, require == null ? "" : "Require: " + require + "\r\n");
                String answer = metadata
                        ? src.invite("multipart/mixed;boundary=b", RawDialog.multipart(SDP, METADATA))
                        : src.invite(SDP);
                assertThat(RawMessages.status(answer))
                        .as("%s, strict %s", why, strict)
                        .isEqualTo(expected);
                src.acknowledge(answer, "", "");
                if (expected == 200) {
                    src.bye();
                    server.await("ended");
                } else {
                    assertThat(RawMessages.header(answer, "Warning", "-")).startsWith("399 ");
                    assertThat(server.server().sessions()).isEmpty();
                }
            }
        }
    }

    @Test
    void C007_aContactThatIsNeverClosedStillReachesTheSrc() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String invite = src.request("INVITE", "application/sdp", SDP).replace(">;+sip.src", ";+sip.src");
            src.client().send(invite);
            String ok = src.client().receiveFinal();
            assertThat(ok).startsWith("SIP/2.0 200 ");
            src.client()
                    .send(RawMessages.inDialog(
                            "ACK", invite, ok, Transport.UDP, src.client().localPort()));
            server.server().terminate(server.await("started").id(), "test");
            String bye = src.await("BYE");
            assertThat(bye).startsWith("BYE sip:src@127.0.0.1:" + src.client().localPort());
            src.answer(bye, "200 OK");
            server.await("ended");
        }
    }

    @Test
    void C004_C008_theRecorderSaysWhatItIsAndTakesTheTagInAnyRequest() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawDialog src = new RawDialog(server, Transport.UDP)) { // each request of it requires siprec
            String recorder = "<sip:[^>]*>;\\+sip\\.srs(;.*)?";
            assertThat(RawMessages.header(src.establish(SDP), "Contact", "m")).matches(recorder);
            String second = SDP.replace("1 1 IN", "1 2 IN");
            assertThat(RawMessages.header(src.reinvite(second), "Contact", "m")).matches(recorder);
            String updated = src.exchange("UPDATE", "application/sdp", SDP.replace("1 1 IN", "1 3 IN"));
            assertThat(updated).startsWith("SIP/2.0 200 ");
            assertThat(RawMessages.header(updated, "Contact", "m")).matches(recorder);

            server.server().requestSnapshot(server.await("started").id());
            String update = src.await("UPDATE");
            assertThat(RawMessages.header(update, "Contact", "m")).matches(recorder);
            assertThat(RawMessages.header(update, "Require", "-")).isEqualTo("siprec");
            src.answer(update, "200 OK");
            src.bye();
            server.await("ended");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        siprec                    | -
        siprec, 100rel, timer     | -
        siprec, x-one             | x-one
        x-one, SIPREC, x-two      | x-one,x-two
        """)
    void C005_onlyTagsThatNobodyKnowsAreUnsupported(String require, String unsupported) throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String answer =
                    src.signs(";+sip.src", "Require: " + require + "\r\n").invite(SDP);
            if (unsupported != null) {
                assertThat(answer).startsWith("SIP/2.0 420 ");
                assertThat(RawMessages.header(answer, "Unsupported", "-").replace(" ", ""))
                        .isEqualTo(unsupported);
            } else {
                assertThat(answer).startsWith("SIP/2.0 200 ");
                src.acknowledge(answer, "", "");
                src.bye();
                server.await("ended");
            }
        }
    }

    @Test
    void C015_recordAttributesOfTheRecordedCallAreNoneOfOurs() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String marked = RawDialog.sdp(
                    RawDialog.line(40000, "1", "sendonly") + "a=record:on\r\na=recordpref:off\r\na=record:paused\r\n");
            String answer = src.establish(marked);
            assertThat(answer).startsWith("SIP/2.0 200 ").doesNotContain("a=record");
            assertThat(RawDialog.directions(answer)).containsExactly("recvonly");
            src.bye();
            server.await("ended");
        }
    }
}
