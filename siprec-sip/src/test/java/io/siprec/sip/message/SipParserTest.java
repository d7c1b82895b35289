package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.siprec.sip.transport.SipLimits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipParserTest {

    @Test
    void readsARequest() throws Exception {
        SipRequest request = (SipRequest) MessageVectors.parse(MessageVectors.OPTIONS);

        assertThat(request.method()).isEqualTo("OPTIONS");
        assertThat(request.requestUri()).isEqualTo("sip:srs@127.0.0.1");
        assertThat(request.callId()).isEqualTo("c1@example.com");
        assertThat(request.cseq()).isEqualTo(new CSeq(7, "OPTIONS"));
        assertThat(request.from().displayName()).isEqualTo("A, B");
        assertThat(request.from().tag()).contains("f1");
        assertThat(request.initial()).isTrue();
        assertThat(request.topVia().branch()).contains("z9hG4bK-1");
        assertThat(request.body()).isEmpty();
        assertThat(request.toBytes()).isEqualTo(MessageVectors.crlf(MessageVectors.OPTIONS));
    }

    @Test
    void readsAResponse() throws Exception {
        SipResponse response = (SipResponse) MessageVectors.parse(
                MessageVectors.OPTIONS.replace("OPTIONS sip:srs@127.0.0.1 SIP/2.0", "SIP/2.0 486 Busy Here"));

        assertThat(response.status()).isEqualTo(486);
        assertThat(response.reason()).isEqualTo("Busy Here");
        assertThat(response.provisional()).isFalse();
        assertThat(response.success()).isFalse();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # header | line                                     | value              | why
            X-A      | x-a:v                                    | v                  | C130 names without case
            Contact  | m: <sip:a@b>                             | <sip:a@b>          | C130 compact form asked by its long name
            Supported| K : a                                    | a                  | C130 blanks before the colon, compact form in capitals
            X-A      | X-A:                                     | ''                 | C130 an empty value
            X-A      | X-A: one~  two~\ttwo                     | one two two        | C130 folds are blanks
            X-A      | X-A: \u00fcml\u00e4ut                    | \u00fcml\u00e4ut   | C133 UTF-8 is kept
            """)
    void C130_C133_readsHeaders(String name, String line, String value, String why) throws Exception {
        String text = MessageVectors.with("Call-ID", "Call-ID: c\n" + line.replace("~", "\n") + "\n");
        assertThat(MessageVectors.parse(text).header(name)).contains(value);
    }

    @Test
    void C131_aListMayBeSplitOverLines() throws Exception {
        SipMessage message = MessageVectors.parse(MessageVectors.with(
                "Call-ID",
                "Call-ID: c\nRequire: siprec , timer\nX: 1\nrequire:100rel,\nContact: \"a,b;c\\\">\" <sip:x@y>;q=1\n"));

        assertThat(message.values("Require")).containsExactly("siprec", "timer", "100rel");
        assertThat(message.headers("Require")).containsExactly("siprec , timer", "100rel,");
        assertThat(message.values("Contact")).hasSize(1);
        assertThat(message.contact().orElseThrow().displayName()).isEqualTo("a,b;c\">");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # header      | replacement                          | reason                                    | why
            Via           | ''                                   | Missing Via header                        | C135 no Via
            From          | ''                                   | Missing From header                       | C135 no From
            To            | ''                                   | Missing To header                         | C135 no To
            Call-ID       | ''                                   | Missing Call-ID header                    | C135 no Call-ID
            CSeq          | ''                                   | Missing CSeq header                       | C135 no CSeq
            To            | To: <sip:a@b>~t: <sip:c@d>~          | Repeated To header                        | C135 two To, one compact
            CSeq          | CSeq: 1 INVITE~                      | CSeq method differs from the request's    | another method in CSeq
            CSeq          | CSeq: 36893488147419103232 OPTIONS~  | Bad CSeq header: no number below 2^32     | a number over 32 bits
            CSeq          | CSeq: -1 OPTIONS~                    | Bad CSeq header: no number below 2^32     | a negative number
            To            | To: "Joe <sip:a@b>~                  | Bad To header: quoted string without its end | a quoted string without its end
            Via           | Via: SIP/2.0/UDP h;;branch=1~        | Bad Via header: empty parameter           | an empty parameter
            Via           | Via: SIP/2.0/UDP~                    | Bad Via header: no host                   | no sent-by
            Content-Length| Content-Length: 1~                   | Content-Length over the 0 bytes of the body | C120 more than the datagram has
            Content-Length| Content-Length: -999~                | Bad Content-Length header                 | a negative length
            Content-Length| Content-Length: 0~l: 5~              | Contradicting Content-Length headers      | two lengths
            Content-Length| no colon here~                       | Bad header line 6                         | a line that is no header
            """)
    void C120_C135_refusesWith400(String header, String replacement, String reason, String why) {
        String text = MessageVectors.with(header, replacement.replace("~", "\n"));
        SipParseException fault = catchThrowableOfType(SipParseException.class, () -> MessageVectors.parse(text));

        assertThat(fault.status()).isEqualTo(400);
        assertThat(fault).hasMessage(reason);
        assertThat(fault.request()).as("what is needed for the answer").isPresent();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # start line                          | status | why
            OPTIONS sip:a@b SIP/7.0               | 505    | another version
            OPTIONS <sip:a@b> SIP/2.0             | 400    | URI in brackets
            OPTIONS sip:a@b; x=1 SIP/2.0          | 400    | blank inside the URI
            OPTIONS sip:2001:db8::10 SIP/2.0      | 400    | IPv6 address without brackets
            OPTIONS sip:a@b:99999 SIP/2.0         | 400    | port over 65535
            OPTIONS nouri SIP/2.0                 | 400    | no URI
            """)
    void refusesRequestLines(String line, int status, String why) {
        String text = MessageVectors.OPTIONS.replaceFirst(".*\n", line + "\n");
        SipParseException fault = catchThrowableOfType(SipParseException.class, () -> MessageVectors.parse(text));

        assertThat(fault.status()).isEqualTo(status);
        assertThat(fault.request()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1
            SIP/2.0 99 Low
            SIP/2.0 4294967301 Better not break the receiver
            SIP/3.0 200 OK
            hello
            @@ sip:a@b SIP/2.0
            """)
    void garbageHasNobodyToAnswer(String line) {
        String text = MessageVectors.OPTIONS.replaceFirst(".*\n", line + "\n");
        SipParseException fault = catchThrowableOfType(SipParseException.class, () -> MessageVectors.parse(text));
        assertThat(fault.request()).isEmpty();
    }

    @Test
    void aReasonPhraseHasNoLineEndInside() {
        String text = MessageVectors.OPTIONS.replaceFirst(".*\n", "SIP/2.0 200 two\rlines\n");
        assertThatThrownBy(() -> MessageVectors.parse(text)).hasMessage("Bad status line");
    }

    @Test
    void C125_limitsAreKept() {
        SipLimits limits = SipLimits.withDefaults();
        String many = MessageVectors.with("Call-ID", "Call-ID: c\n" + "X: 1\n".repeat(200));
        String folded = MessageVectors.with("Call-ID", "Call-ID: c\nX: 1\n" + " fold\n".repeat(2_000));
        String large = MessageVectors.OPTIONS + "x".repeat(limits.maxMessageBytes());

        for (String text : new String[] {many, folded, large}) {
            assertThatThrownBy(() -> MessageVectors.parse(text))
                    .isInstanceOfSatisfying(
                            SipParseException.class, e -> assertThat(e.status()).isEqualTo(513));
        }
    }

    @Test
    void C120_theBodyIsCutAtContentLength() throws Exception {
        String text = MessageVectors.with("Content-Length", "Content-Length: 3\n") + "abcdef";
        assertThat(MessageVectors.parse(text).body()).isEqualTo("abc".getBytes(UTF_8));
    }

    @Test
    void C120_withoutContentLengthTheBodyIsTheRest() throws Exception {
        SipMessage message = MessageVectors.parse(MessageVectors.with("Content-Length", "") + "abcdef");
        assertThat(message.body()).isEqualTo("abcdef".getBytes(UTF_8));
    }

    @Test
    void C123_lineFeedsAloneAndLeadingLineEndsAreTolerated() throws Exception {
        byte[] bytes = ("\r\n\r\n" + MessageVectors.OPTIONS).getBytes(UTF_8);
        assertThat(new SipParser(SipLimits.withDefaults()).parse(bytes).callId())
                .isEqualTo("c1@example.com");
    }

    @Test
    void C136_noPrefixOfAMessageBreaksTheParser() {
        byte[] whole = MessageVectors.crlf(MessageVectors.OPTIONS);
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            try {
                new SipParser(SipLimits.withDefaults()).parse(prefix);
            } catch (SipParseException e) {
                assertThat(e.status()).isBetween(400, 599);
            }
        }
    }

    @Test
    void headersCantSmuggleLines() {
        assertThatThrownBy(() -> new Header("X", "a\r\nVia: b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header("X y", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipRequest.builder("INVITE", "sip:a@b\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBuilderWritesWhatTheParserReads() {
        SipRequest request = SipRequest.builder("INFO", "sip:a@b")
                .header("Via", "SIP/2.0/TCP h;branch=z9hG4bKx")
                .header("From", "<sip:a@b>;tag=1")
                .header("To", "<sip:c@d>;tag=2")
                .header("Call-ID", "x")
                .header("CSeq", "1 INFO")
                .body(new SipBody("text/plain", "hällo".getBytes(UTF_8)))
                .build();

        assertThat(request.contentType()).contains("text/plain");
        assertThat(request.header("Content-Length")).contains("6");
        assertThat(new String(request.body(), UTF_8)).isEqualTo("hällo");
        assertThat(request.initial()).isFalse();
    }

    @Test
    void theBuilderRefusesAnIncompleteRequest() {
        assertThatThrownBy(() -> SipRequest.builder("INFO", "sip:a@b").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing Via header");
    }
}
