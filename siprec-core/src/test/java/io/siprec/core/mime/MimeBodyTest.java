package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.Finding;
import io.siprec.core.Mutations;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeBodyTest {
    private static final String TYPE = "multipart/mixed;boundary=b1";
    private static final String BASE = """
            --b1
            Content-Type: application/sdp

            v=0
            --b1
            Content-Type: application/rs-metadata+xml
            Content-Disposition: recording-session

            <recording/>
            --b1--
            """;

    private static MimeBody parse(String type, String body) throws MimeException {
        return MimeBody.parse(type, body.replace("\n", "\r\n").getBytes(UTF_8), MimeLimits.defaults());
    }

    private static List<String> contents(MimeBody body) {
        return body.parts().stream()
                .map(part -> new String(part.content(), UTF_8))
                .toList();
    }

    private static List<String> codes(MimeBody body) {
        return body.findings().stream().map(Finding::code).toList();
    }

    @Test
    void C016_splitsSdpAndMetadata() throws MimeException {
        MimeBody body = parse(TYPE, BASE);
        assertThat(contents(body)).containsExactly("v=0", "<recording/>");
        assertThat(body.sdp().orElseThrow().handlingRequired()).isTrue();
        assertThat(body.metadata()).hasSize(1);
        assertThat(body.metadata().get(0).disposition()).contains("recording-session");
        assertThat(body.findings()).isEmpty();
    }

    @Test
    void C017_bodyThatIsNoMultipartIsOnePart() throws MimeException {
        MimeBody body = parse("application/sdp", "v=0\n");
        assertThat(contents(body)).containsExactly("v=0\r\n");
        assertThat(body.sdp()).isPresent();
    }

    @Test
    void emptyBodyHasNoParts() throws MimeException {
        assertThat(parse("multipart/mixed", "").parts()).isEmpty();
        assertThat(parse("", "").parts()).isEmpty();
    }

    @Test
    void bodyWithoutTypeIsRecognisedAsSdp() throws MimeException {
        MimeBody body = parse("", "v=0\no=- 1 1 IN IP4 192.0.2.1\n");
        assertThat(body.sdp()).isPresent();
        assertThat(codes(body)).containsExactly("mime-type-missing");
        assertThat(parse("", "hello").parts().get(0).type()).hasToString("application/octet-stream");
    }

    @Test
    void C020_ignoresPreambleEpilogueAndBlanksBehindDelimiters() throws MimeException {
        String padded = "preamble\n--b1x\n" + BASE.replace("--b1\n", "--b1 \t\n") + "epilogue\n--b1\n\nmore\n";
        MimeBody body = parse(TYPE, padded);
        assertThat(contents(body)).containsExactly("v=0", "<recording/>");
        assertThat(body.findings()).isEmpty();
    }

    @Test
    void takesLfLineEnds() throws MimeException {
        MimeBody body = MimeBody.parse(TYPE, BASE.getBytes(UTF_8), MimeLimits.defaults());
        assertThat(contents(body)).containsExactly("v=0", "<recording/>");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                | nothing behind the last part
            --b1                              | a delimiter instead of the closing one
            --b1-                             | half a closing delimiter
            """)
    void C021_keepsPartsWithoutClosingDelimiter(String end, String why) throws MimeException {
        MimeBody body = parse(TYPE, BASE.replace("--b1--\n", end));
        assertThat(body.parts()).as(why).hasSize(2);
        assertThat(contents(body).get(1)).startsWith("<recording/>");
        assertThat(codes(body)).contains("mime-no-closing-delimiter");
    }

    @Test
    void closingDelimiterNeedsNoLineEnd() throws MimeException {
        assertThat(parse(TYPE, BASE.stripTrailing()).findings()).isEmpty();
    }

    @Test
    void C018_C019_C022_readsPartHeadersLikeSipHeaders() throws MimeException {
        MimeBody body = parse(TYPE, """
                --b1
                CONTENT-TYPE:Application/SDP
                l:3
                X-Folded: one
                  two

                v=0
                --b1
                c : application/rs-metadata
                content-length: 99

                <recording/>
                --b1--
                """);
        assertThat(body.sdp().orElseThrow().header("x-Folded")).contains("one two");
        assertThat(body.sdp().orElseThrow().header("Content-Length")).contains("3");
        assertThat(body.metadata()).hasSize(1); // the other media type, no disposition
        assertThat(codes(body)).containsExactly("mime-part-length");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            signal;handling=optional                  | false | says so
            signal; Handling = "OPTIONAL"             | false | quoted, other case
            session;handling=required                 | true  | says the opposite
            session                                   | true  | required is the default
            session;handling=required,recording-session | true | two values in one header
            """)
    void C023_C024_knowsWhichPartsMayBeIgnored(String disposition, boolean required, String why) throws MimeException {
        MimeBody body = parse(
                TYPE, "--b1\nContent-Type: application/x-a\nContent-Disposition: " + disposition + "\n\nx\n--b1--\n");
        assertThat(body.parts().get(0).handlingRequired()).as(why).isEqualTo(required);
    }

    @Test
    void C022_decodesBase64AndQuotedPrintable() throws MimeException {
        String encoded = Base64.getMimeEncoder(8, "\n".getBytes(UTF_8)).encodeToString("<recording/>".getBytes(UTF_8));
        MimeBody body = parse(
                TYPE,
                "--b1\nContent-Type: application/rs-metadata\nContent-Transfer-Encoding: BASE64\n\n" + encoded
                        + "\n--b1\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
                        + "a=3Db=C3=A9 c=\nd =zz=\n--b1--\n");
        assertThat(contents(body)).containsExactly("<recording/>", "a=b\u00e9 cd =zz");
        assertThat(codes(body)).containsExactly("mime-transfer-decoded", "mime-transfer-decoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-own", "base64"})
    void keepsWhatCannotBeDecoded(String encoding) throws MimeException {
        MimeBody body = parse(
                TYPE, "--b1\nContent-Type: text/plain\nContent-Transfer-Encoding: " + encoding + "\n\nA=B\n--b1--\n");
        assertThat(contents(body)).containsExactly("A=B");
        assertThat(codes(body)).containsExactly("mime-transfer-encoding");
    }

    @Test
    void C026_flattensNestedMultiparts() throws MimeException {
        MimeBody body = parse(TYPE, """
                --b1
                Content-Type: multipart/related;boundary=b12

                --b12
                Content-Type: application/sdp

                v=0
                --b12--
                --b1
                Content-Type: application/rs-metadata

                <recording/>
                --b1--
                """);
        assertThat(contents(body)).containsExactly("v=0", "<recording/>");
    }

    @Test
    void C026_takesTheUsableAlternative() throws MimeException {
        MimeBody body = parse("multipart/alternative;boundary=b1", """
                --b1
                Content-Type: application/sdp

                v=0 plain
                --b1
                Content-Type: application/sdp

                v=0 better
                --b1
                Content-Type: application/x-best

                zzz
                --b1--
                """);
        assertThat(contents(body)).containsExactly("v=0 better");
    }

    @Test
    void takesPartsThatForgotTheEmptyLine() throws MimeException {
        MimeBody body = parse(TYPE, "--b1\nContent-Type: application/sdp\nv=0\ns=-\n--b1\nv=0\n--b1--\n");
        assertThat(contents(body)).containsExactly("v=0\r\ns=-", "v=0");
        assertThat(body.parts()).allMatch(BodyPart::isSdp);
        assertThat(codes(body)).contains("mime-part-headers", "mime-type-missing");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            multipart/mixed                 | no boundary
            multipart/mixed;boundary=""     | empty boundary
            multipart/mixed;boundary=other  | never occurs
            """)
    void C027_refusesWhatCannotBeSplit(String type, String why) {
        assertThatThrownBy(() -> parse(type, BASE)).as(why).isInstanceOf(MimeException.class);
    }

    @Test
    void limitsPartsHeadersAndDepth() throws MimeException {
        MimeLimits limits = new MimeLimits(2, 1, 2, 60);
        String two = "--b1\na: b\n\n1\n--b1\n\n2\n";
        assertThat(MimeBody.parse(TYPE, (two + "--b1--").getBytes(UTF_8), limits)
                        .parts())
                .hasSize(2);
        List<String> over = List.of(
                two + "--b1\n\n3\n--b1--\n",
                "--b1\na: 1\nb: 2\nc: 3\n\nx\n--b1--\n",
                "--b1\na: " + "x".repeat(60) + "\n\nx\n--b1--\n",
                "--b1\nContent-Type: multipart/mixed;boundary=i\n\n--i\n\nx\n--i--\n--b1--\n");
        for (String body : over) {
            assertThatThrownBy(() -> MimeBody.parse(TYPE, body.getBytes(UTF_8), limits))
                    .isInstanceOf(MimeException.class);
        }
    }

    @Test
    void damageNeverCausesAnotherException() {
        Mutations mutations = new Mutations(0x51);
        byte[] body = ("--b1\r\nContent-Type: multipart/alternative;boundary=\"i\"\r\n\r\n--i\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\na=3D=\r\n--i--\r\n" + BASE)
                .getBytes(UTF_8);
        int split = 0;
        for (int i = 0; i < 4_000; i++) {
            try {
                split += MimeBody.parse(TYPE, mutations.of(body), MimeLimits.defaults())
                                .parts()
                                .isEmpty()
                        ? 0
                        : 1;
            } catch (MimeException e) {
                assertThat(e).hasMessageMatching("[\\x20-\\x7e]{1,80}");
            }
        }
        assertThat(split).isGreaterThan(3_000);
    }
}
