package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an SRC may put into a body, from the wire to the model and the files. */
class BodiesTest {
    private static final String SDP = RawDialog.sdp(RawDialog.line(40000, "1", "sendonly"));
    private static final String METADATA = RawDialog.metadata("complete", "alice", "bob");
    private static final String XML = "application/rs-metadata+xml";
    private static final String MIXED = "multipart/mixed;boundary=b";

    @TempDir
    static Path recordings;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(recordings, 1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String part(String headers, String content) {
        return "--b\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    private static String sdpPart() {
        return part("Content-Type: application/sdp", SDP);
    }

    private static String metadataPart(String headers) {
        return part("Content-Type: " + headers, METADATA);
    }

    static Stream<Arguments> readable() {
        String disposition = "\r\nContent-Disposition: recording-session";
        String base64 = Base64.getMimeEncoder().encodeToString(METADATA.getBytes(StandardCharsets.UTF_8));
        String both = sdpPart() + metadataPart(XML + disposition);
        return Stream.of(
                Arguments.of("C016 two parts", MIXED, both + "--b--\r\n"),
                Arguments.of("C017 metadata first", MIXED, metadataPart(XML + disposition) + sdpPart() + "--b--\r\n"),
                Arguments.of(
                        "C018 the media type of RFC 7866",
                        MIXED,
                        sdpPart() + metadataPart("application/rs-metadata" + disposition) + "--b--"),
                Arguments.of("C019 no disposition", MIXED, sdpPart() + metadataPart(XML) + "--b--\r\n"),
                Arguments.of(
                        "C019 an XML type by its disposition",
                        MIXED,
                        sdpPart() + metadataPart("application/xml" + disposition) + "--b--\r\n"),
                Arguments.of(
                        "C020 a quoted boundary of odd characters",
                        "multipart/mixed; boundary=\"a'()+_,-./:=? z\"",
                        both.replace("--b\r\n", "--a'()+_,-./:=? z\r\n") + "--a'()+_,-./:=? z--\r\n"),
                Arguments.of(
                        "C020 preamble, epilogue and blanks",
                        MIXED,
                        "preamble\r\n" + both.replace("--b\r\n", "--b \t\r\n") + "--b-- \r\nepilogue\r\n--b\r\n\r\nx"),
                Arguments.of("C021 no closing delimiter", MIXED, both),
                Arguments.of(
                        "C022 headers in any case, with length and id",
                        MIXED,
                        sdpPart()
                                + metadataPart(XML.toUpperCase() + "\r\ncontent-length:" + METADATA.length()
                                        + "\r\nContent-ID: <1@a>\r\nCONTENT-DISPOSITION : Recording-Session")
                                + "--b--\r\n"),
                Arguments.of(
                        "C022 base64",
                        MIXED,
                        sdpPart() + part("Content-Type: " + XML + "\r\nContent-Transfer-Encoding: base64", base64)
                                + "--b--\r\n"),
                Arguments.of(
                        "C026 nested",
                        "multipart/mixed;boundary=outer",
                        "--outer\r\nContent-Type: multipart/related;boundary=b\r\n\r\n" + both
                                + "--b--\r\n--outer--\r\n"),
                Arguments.of(
                        "C026 alternatives for the SDP",
                        MIXED,
                        part(
                                        "Content-Type: multipart/alternative;boundary=i",
                                        "--i\r\nContent-Type: text/plain\r\n\r\nhello\r\n--i\r\nContent-Type: application/sdp\r\n\r\n"
                                                + SDP + "\r\n--i--")
                                + metadataPart(XML) + "--b--\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void C016_C017_C018_C019_C020_C021_C022_C026_anyBodyIsUnderstood(String why, String type, String body)
            throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.TCP)) {
            assertThat(src.reinvite(type, body)).as(why).startsWith("SIP/2.0 200 ");
            RecordingSession session = server.await(
                    src.callId(), started -> assertThat(started.streams()).hasSize(1));
            assertThat(SessionViews.present(session)).as(why).containsExactly("alice", "bob");
            src.bye();
            RecordingSession ended =
                    server.await(src.callId(), one -> assertThat(one.endCause()).isPresent());
            server.await("ended");
            assertThat(Files.readString(recordings.resolve(ended.directory()).resolve("metadata-0001.xml")))
                    .as("as received; without a delimiter, what is before it belongs to the part")
                    .isEqualTo(why.startsWith("C021") ? METADATA + "\r\n" : METADATA);
        }
    }

    @Test
    void C017_sdpAloneAndMetadataAloneInAnUpdate() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.establish(SDP);
            assertThat(src.exchange("UPDATE", XML, METADATA)).startsWith("SIP/2.0 200 ");
            server.await(
                    src.callId(),
                    session -> assertThat(SessionViews.present(session)).containsExactly("alice", "bob"));
            src.bye();
            server.await("ended");
        }
    }

    @Test
    void C023_aPartThatIsNotReadIsKeptByteForByte() throws Exception {
        String gtd = "IAM,\r\nGCI,9d0c\r\n\r\n\tend ";
        String body = sdpPart() + metadataPart(XML)
                + part("Content-Type: application/gtd\r\nContent-Disposition: signal;handling=optional", gtd)
                + "--b--\r\n";
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            assertThat(src.reinvite(MIXED, body)).startsWith("SIP/2.0 200 ");
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            JsonNode parts = recorded.manifest().get("parts");
            assertThat(parts).hasSize(1);
            assertThat(parts.get(0).get("type").asText()).isEqualTo("application/gtd");
            assertThat(Files.readString(
                            recorded.folder().resolve(parts.get(0).get("file").asText())))
                    .isEqualTo(gtd);
            assertThat(recorded.manifest().get("findings").findValuesAsText("code"))
                    .contains("body-part-ignored");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # disposition of an unknown part    | lenient | strict | why
        -                                   | 200     | 415    | D16 required is the default, which few SRCs mean
        x-foo                               | 200     | 415    | D16 the same
        x-foo;handling=optional             | 200     | 200    | C023
        x-foo; Handling = required          | 415     | 415    | C024
        """)
    void C023_C024_unknownPartsByTheirHandling(String disposition, int lenient, int strict, String why)
            throws Exception {
        String headers = "Content-Type: application/x-unknown"
                + (disposition == null ? "" : "\r\nContent-Disposition: " + disposition);
        String body = sdpPart() + metadataPart(XML) + part(headers, "x") + "--b--\r\n";
        assertStatus(server, body, lenient, why);
        try (TestServer strictServer = TestServer.start(recordings, 1, builder -> builder.strict(true))) {
            assertStatus(strictServer, body, strict, why);
        }
    }

    private static void assertStatus(TestServer on, String body, int status, String why) throws Exception {
        try (RawDialog src = new RawDialog(on, Transport.UDP)) {
            String answer = src.invite(MIXED, body);
            src.acknowledge(answer, "", "");
            assertThat(RawMessages.status(answer)).as(why).isEqualTo(status);
            if (status == 415) {
                assertThat(RawMessages.header(answer, "Accept", "-").split(", "))
                        .contains("application/sdp", "multipart/mixed", "application/rs-metadata", XML);
            } else {
                src.bye();
                on.await("ended");
            }
        }
    }

    @Test
    void C025_anUnknownContentEncodingIsRefused() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String answer = src.headers("Content-Encoding: gzip\r\n").invite(SDP);
            assertThat(answer).startsWith("SIP/2.0 415 ");
            assertThat(RawMessages.header(answer, "Accept-Encoding", "-")).isEqualTo("identity");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        multipart/mixed                 | no boundary
        multipart/mixed;boundary=""     | an empty one
        multipart/mixed;boundary=other  | one that never occurs
        """)
    void C027_aMultipartThatCannotBeSplitIsRefused(String type, String why) throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            assertThat(src.invite(type, sdpPart() + "--b--\r\n")).as(why).startsWith("SIP/2.0 400 Bad body");
        }
    }

    @Test
    void C028_theCharsetOfThePartOverridesTheDeclaration() throws Exception {
        String declared =
                METADATA.replace("encoding='UTF-8'", "encoding='ISO-8859-1'").replace(">alice<", ">Zo\u00eb<");
        String octets = new String(declared.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String body = sdpPart() + part("Content-Type: " + XML + "; charset=\"UTF-8\"", octets) + "--b--\r\n";
        try (RawDialog src = new RawDialog(server, Transport.TCP)) {
            src.reinvite(MIXED, body);
            RecordingSession session = server.await(
                    src.callId(), one -> assertThat(one.participants()).hasSize(2));
            assertThat(session.participants().get(0).names().get(0).name()).isEqualTo("Zo\u00eb");
            src.bye();
            server.await("ended");
        }
    }
}
