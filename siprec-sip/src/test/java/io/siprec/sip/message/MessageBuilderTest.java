package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.transport.SipLimits;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuilderTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 5060);

    private static SipRequest.Builder info() {
        return SipRequest.builder("INFO", SipUri.sip("a", "b"))
                .header("Via", Via.of("TCP", "h", -1).withParameter("branch", "z9hG4bKx"))
                .header("From", NameAddress.of("Ä", SipUri.sip("a", "b")).withTag("1"))
                .header("To", NameAddress.of(SipUri.sip("c", "d")).withTag("2"))
                .header("Call-ID", "x")
                .header("CSeq", new CSeq(1, "INFO"));
    }

    private static SipMessage parse(byte[] bytes) throws SipParseException {
        return new SipParser(SipLimits.withDefaults()).parse(bytes);
    }

    @Test
    void writesTypedValuesAndReadsThemAgain() throws Exception {
        SipRequest built = info().header("Date", SipDate.parse("13 Nov 2010 23:29:00 GMT"))
                .body(new SipBody("text/plain", "hällo".getBytes(UTF_8)))
                .build();
        String written = """
                INFO sip:a@b SIP/2.0
                Via: SIP/2.0/TCP h;branch=z9hG4bKx
                From: "Ä" <sip:a@b>;tag=1
                To: <sip:c@d>;tag=2
                Call-ID: x
                CSeq: 1 INFO
                Date: Sat, 13 Nov 2010 23:29:00 GMT
                Content-Type: text/plain
                Content-Length: 6

                hällo""".replace("\n", "\r\n");

        assertThat(new String(built.toBytes(), UTF_8)).isEqualTo(written);
        assertThat(parse(built.toBytes()).headers()).isEqualTo(built.headers());
        assertThat(built.length()).isEqualTo(built.toBytes().length);
        assertThat(built.bodyBuffer()).isEqualTo(ByteBuffer.wrap("hällo".getBytes(UTF_8)));
        assertThat(built.toBuffer()).isEqualTo(ByteBuffer.wrap(built.toBytes()));
        assertThat(built.toBuffer().isReadOnly()).isTrue();
        ByteBuffer out = ByteBuffer.allocate(built.length());
        built.writeTo(out);
        assertThat(out.array()).isEqualTo(built.toBytes());
        assertThat(built.from().displayName()).isEqualTo("Ä");
        assertThat(built.uri().user()).isEqualTo("a");
    }

    @Test
    void aCopyChangesWhatItIsTold() throws Exception {
        SipRequest first = info().header("v", "SIP/2.0/TCP h2")
                .header("X", "1")
                .header("x", "2")
                .body(new SipBody("text/plain", new byte[] {1, 2}))
                .build();

        SipRequest same = first.toBuilder().build();
        assertThat(same.toBytes()).isEqualTo(first.toBytes());

        SipRequest changed = first.toBuilder()
                .set("CSeq", new CSeq(2, "INFO"))
                .set("VIA", "SIP/2.0/TCP h3;branch=z9hG4bKy")
                .remove("X")
                .set("New", "v")
                .build();
        assertThat(changed.headers())
                .extracting(Header::name)
                .containsExactly("Via", "From", "To", "Call-ID", "CSeq", "Content-Type", "Content-Length", "New");
        assertThat(changed.topVia().host()).isEqualTo("h3");
        assertThat(changed.cseq().number()).isEqualTo(2);
        assertThat(changed.body()).containsExactly(1, 2);
        assertThat(first.cseq().number()).as("the first stays as it is").isEqualTo(1);

        SipRequest other =
                first.toBuilder().body(new SipBody("a/b", new byte[] {3})).build();
        assertThat(other.headers("Content-Type")).containsExactly("a/b");
        assertThat(other.headers("Content-Length")).containsExactly("1");
        SipRequest empty = first.toBuilder().body(SipBody.none()).build();
        assertThat(empty.contentType()).isEmpty();
        assertThat(empty.header("Content-Length")).contains("0");
    }

    @Test
    void aGivenContentLengthIsSetRight() {
        assertThat(info().header("l", "7").build().headers("Content-Length")).containsExactly("0");
    }

    @Test
    void responsesAreBuiltAndCopied() throws Exception {
        SipRequest request = info().build();
        SipResponse response =
                SipResponse.answer(request, SOURCE, 200, "Très bien", "").build();
        assertThat(response.reason()).isEqualTo("Très bien");
        assertThat(response.status()).isEqualTo(200);
        SipResponse copy = response.toBuilder().set("X", "y").build();
        assertThat(copy.header("X")).contains("y");
        assertThat(copy.reason()).isEqualTo("Très bien");
        assertThat(parse(copy.toBytes())).isInstanceOf(SipResponse.class);
    }

    /** A sender that writes Latin-1 must find its own values in the response and in our requests. */
    @Test
    void C133_octetsThatAreNoUtf8ComeBackAsTheyWere() throws Exception {
        String text = """
                INVITE sip:srs@h SIP/2.0
                Via: SIP/2.0/UDP h;branch=z9hG4bK1;x="ü"
                Via: SIP/2.0/UDP h2;branch=z9hG4bK2;x="ü"
                From: "Jörg" <sip:a@b>;tag=ö
                To: Größe <sip:c@d>
                Call-ID: ä@b
                CSeq: 1 INVITE
                Record-Route: <sip:p;lr>;n="ß", <sip:q;lr>
                Subject: ü

                """;
        SipRequest request = (SipRequest) parse(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
        String response = new String(
                SipResponse.answer(request, SOURCE, 486, "Busy Here", "t")
                        .copy(request, "Subject")
                        .toBytes(),
                ISO_8859_1);
        assertThat(response)
                .contains(
                        "Via: SIP/2.0/UDP h;branch=z9hG4bK1;x=\"ü\";received=192.0.2.1\r\n",
                        "Via: SIP/2.0/UDP h2;branch=z9hG4bK2;x=\"ü\"\r\n",
                        "From: \"Jörg\" <sip:a@b>;tag=ö\r\n",
                        "To: Größe <sip:c@d>;tag=t\r\n",
                        "Call-ID: ä@b\r\n",
                        "Subject: ü\r\n");

        SipRequest.Builder ours = info().remove("To").header("To", request.from());
        request.recordRoutes().forEach(route -> ours.header("Route", route));
        assertThat(new String(ours.build().toBytes(), ISO_8859_1))
                .contains("To: \"Jörg\" <sip:a@b>;tag=ö\r\n", "Route: <sip:p;lr>;n=\"ß\"\r\n", "Route: <sip:q;lr>\r\n");
    }

    @Test
    void C133_utf8IsKeptInEveryText() throws Exception {
        String name = "\u65e5\u672c \ud83d\ude00 \u00e9";
        SipRequest request = info().header("Subject", name)
                .header("X-Y", name)
                .set("From", NameAddress.of(name, SipUri.sip("a", "b")).withTag("1"))
                .build();
        SipMessage read = parse(request.toBytes());
        assertThat(read.subject()).contains(name);
        assertThat(read.header("x-y")).contains(name);
        assertThat(read.from().displayName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nVia: b", "a\nb", "a\rb"})
    void nothingIsSmuggledInWithALineEnd(String value) {
        assertThatThrownBy(() -> info().header("X", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> info().set("X", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> info().header("X", NameAddress.lenient("<sip:a@b>;x=" + value)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> info().header("X", new UserToUser(value, java.util.Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipResponse.builder(200, value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipRequest.builder("INFO", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> info().header(value, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
