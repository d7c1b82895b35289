package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 4475 and RFC 5118 say that a message means; the answers to it are the dialog layer's tests. */
class Rfc4475Test {

    @Test
    void C129_C130_C131_C132_aShortTortuousInvite() throws Exception { // section 3.1.1.1
        SipRequest request = (SipRequest) MessageVectors.parse("""
                INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
                TO :
                 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
                from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
                  ;
                  tag = 98asjd8
                MaX-fOrWaRdS: 0068
                Call-ID: wsinv.ndaksdj@192.0.2.1
                Content-Length   : 7
                cseq: 0009
                  INVITE
                Via  : SIP  /   2.0
                 /UDP
                    192.0.2.2;branch=390skdjuw
                s :
                NewFangledHeader:   newfangled value
                 continued newfangled value
                UnknownHeaderWithUnusualValue: ;;,,;;,;
                Content-Type: application/sdp
                Route:
                 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
                v:  SIP  / 2.0  / TCP     spindle.example.com   ;
                  branch  =   z9hG4bK9ikj8  ,
                 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
                 z9hG4bK30239
                m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
                      newvalue ;
                  secondparam ; q = 0.33

                v=0
                x
                """);

        assertThat(request.uri().parameter("unknownparam")).contains("");
        assertThat(request.to().tag()).contains("1918181833n");
        assertThat(request.from().displayName()).isEqualTo("J Rosenberg \\\"");
        assertThat(request.from().tag()).contains("98asjd8");
        assertThat(request.maxForwards()).hasValue(68);
        assertThat(request.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(request.subject()).contains("");
        assertThat(request.header("newfangledheader")).contains("newfangled value continued newfangled value");
        assertThat(request.header("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
        assertThat(request.routes().get(0).uri().parameters())
                .containsOnlyKeys("lr", "unknownwith", "unknown-no-value");
        assertThat(request.vias()).extracting(Via::transport).containsExactly("UDP", "TCP", "UDP");
        assertThat(request.vias())
                .extracting(via -> via.branch().orElseThrow())
                .containsExactly("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239");
        assertThat(request.topVia().hasUniqueBranch()).as("RFC 2543's matching").isFalse();
        NameAddress contact = request.contact().orElseThrow();
        assertThat(contact.displayName()).isEqualTo("Quoted string \"\"");
        assertThat(contact.parameter("newparam")).contains("newvalue");
        assertThat(contact.parameter("secondparam")).contains("");
        assertThat(contact.parameter("q")).contains("0.33");
        assertThat(new String(request.body(), UTF_8))
                .as("what follows the body is left out")
                .isEqualTo("v=0\r\nx\r");
    }

    @Test
    void C129_C133_wideRangeOfCharacters() throws Exception { // section 3.1.1.2
        String method = "!interesting-Method0123456789_*+`.%indeed'~";
        SipRequest request = (SipRequest) MessageVectors.parse(method
                + " sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n"
                + """
                Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
                To: "BEL:\\\7 NUL:\\\0 DEL:\\\177" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
                From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439";tag=_token~1'+`*%!-.
                Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/"][?}{
                CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~
                Max-Forwards: 255
                extensionHeader-!.%*+_`'~:\ufeff\u5927\u505c\u96fb
                Content-Length: 0

                """);

        assertThat(request.method()).isEqualTo(method);
        assertThat(request.uri().host()).isEqualTo("example.com");
        assertThat(request.uri().user()).isEqualTo("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        assertThat(request.to().displayName()).isEqualTo("BEL:\7 NUL:\0 DEL:\177");
        assertThat(request.from().displayName()).isEqualTo("token1~` token2'+_ token3*%!.-");
        assertThat(request.from().parameter("fromParam''~+*_!.-%"))
                .contains("\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439");
        assertThat(request.from().tag()).contains("_token~1'+`*%!-.");
        assertThat(request.callId()).isEqualTo("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{");
        assertThat(request.header("extensionHeader-!.%*+_`'~")).contains("\ufeff\u5927\u505c\u96fb");
        assertThat(request.topVia().branch()).contains("z9hG4bK-.!%66*_+`'~");
    }

    @Test
    void C129_escapesInUrisAreDecodedOnce() throws Exception { // section 3.1.1.3
        SipMessage message = MessageVectors.parse("""
                INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
                To: sip:%75se%72@example.com
                From: <sip:I%20have%20spaces@example.net>;tag=938
                i: esc01.239409asdfakjkn23onasd0-3234
                CSeq: 234234 INVITE
                Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
                Contact:
                  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>

                """);
        assertThat(((SipRequest) message).uri().user()).isEqualTo("sips:user@example.com");
        assertThat(message.to().uri().matches(SipUri.parse("sip:user@example.com")))
                .isTrue();
        assertThat(message.from().uri().user()).isEqualTo("I have spaces");
        SipUri contact = message.contact().orElseThrow().uri();
        assertThat(contact.user()).isEqualTo("caller");
        assertThat(contact.looseRouter()).isTrue();
        assertThat(contact.parameter("name")).contains("value%41");
    }

    @Test
    void C129_whatLooksLikeAnEscapeElsewhereIsNone() throws Exception { // section 3.1.1.5
        SipRequest request = (SipRequest) MessageVectors.parse("""
                RE%47IST%45R sip:registrar.example.com SIP/2.0
                To: "%Z%45" <sip:resource@example.com>
                From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
                Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
                Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
                CSeq: 29344 RE%47IST%45R
                Contact: <sip:alias1@host1.example.com>
                C%6Fntact: <sip:alias2@host2.example.com>
                Contact: <sip:alias3@host3.example.com>
                l: 0

                """);
        assertThat(request.method()).isEqualTo("RE%47IST%45R");
        assertThat(request.to().displayName()).isEqualTo("%Z%45");
        assertThat(request.contacts())
                .extracting(contact -> contact.uri().user())
                .containsExactly("alias1", "alias3");
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # header | line | what | value | why
            From    | caller<sip:caller@example.com>;tag=323                  | display   | caller                 | 3.1.1.6 no blank before the bracket
            Contact | sip:+19725552222@gw1.example.net;unknownparam           | outside   | unknownparam           | 3.3.12 a parameter of the header
            Contact | <sip:+19725552222@gw1.example.net;unknownparam>         | inside    | unknownparam           | 3.3.13 a parameter of the URI
            Contact | <sip:user@example.com?Route=%3Csip:sip.example.com%3E>  | headers   | {Route=<sip:sip.example.com>} | 3.3.14 an escaped header stays in its URI
            Contact | <sip:%00%00@host5.example.com>                          | userLength | 2                     | 3.1.1.4 an escaped zero ends nothing
            To      | isbn:2983792873                                         | scheme    | isbn                   | 3.3.4 other schemes
            From    | <http://www.example.com>;tag=1                          | scheme    | http                   | 3.3.4 other schemes
            To      | "Watson, Thomas" < sip:t.watson@example.org >           | display   | Watson, Thomas         | 3.1.2.14 blanks inside the brackets are tolerated
            From    | Bell, Alexander <sip:a.g.bell@example.com>;tag=43       | tag       | 43                     | 3.1.2.15 a comma in a bare name is tolerated
            Via     | SIP/2.0/UDP [2001:db8::9:1]:6050;received=[2001:db8::9:255];branch=z9hG4bKas3 | received | 2001:db8::9:255 | RFC 5118 4.5 brackets
            Via     | SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3 | received | 2001:db8::9:255 | RFC 5118 4.5 no brackets
            Contact | <sip:user@[2001:db8::10:5070]>                          | port      | -1                     | RFC 5118 4.3 the port is part of the address
            Contact | <sip:user@[2001:db8::10]:5070>                          | port      | 5070                   | RFC 5118 4.4 the port is none of it
            Contact | "T. desk phone" <sip:ted@[::ffff:192.0.2.2]>            | host      | ::ffff:192.0.2.2       | RFC 5118 4.9 mapped
            Contact | <sip:user@[2001:db8:::192.0.2.1]>                       | host      | 2001:db8:::192.0.2.1   | RFC 5118 4.10 three colons
            """)
    void C129_C132_C134_readsTheHeader(String name, String line, String what, String value, String why)
            throws Exception {
        SipMessage message = MessageVectors.parse(
                name.equals("Contact")
                        ? MessageVectors.with("Call-ID", "Call-ID: c\nContact: " + line + "\n")
                        : MessageVectors.with(name, name + ": " + line + "\n"));
        NameAddress address = switch (name) {
            case "From" -> message.from();
            case "To" -> message.to();
            default -> message.contact().orElse(NameAddress.lenient(""));
        };
        String read = switch (what) {
            case "display" -> address.displayName();
            case "outside" -> String.join(",", address.parameters().keySet());
            case "inside" -> String.join(",", address.uri().parameters().keySet());
            case "headers" -> address.uri().headers().toString();
            case "userLength" -> String.valueOf(address.uri().user().length());
            case "scheme" -> address.uri().scheme();
            case "tag" -> address.tag().orElse("none");
            case "received" -> message.topVia().received().orElse("none");
            case "port" -> String.valueOf(address.uri().port());
            default -> address.uri().host();
        };
        assertThat(read).as(why).isEqualTo(value);
    }

    @Test
    void C129_manyLongValues() throws Exception { // section 3.1.1.7
        StringBuilder vias = new StringBuilder();
        for (int i = 34; i > 0; i--) {
            vias.append("v: SIP/2.0/TCP sip").append(i).append(".example.com\n");
        }
        String longName = "longvalue".repeat(50);
        SipMessage message =
                MessageVectors.parse(MessageVectors.with("Via", vias + "Unknown-" + longName + ": " + longName + "\n"));
        assertThat(message.vias()).hasSize(34);
        assertThat(message.topVia().branch()).isEmpty();
        assertThat(message.header("unknown-" + longName)).contains(longName);
    }

    @Test
    void C129_octetsBehindTheBodyAreNoMessage() throws Exception { // section 3.1.1.8
        SipMessage message = MessageVectors.parse(MessageVectors.OPTIONS + MessageVectors.OPTIONS);
        assertThat(message.bodyLength()).isZero();
        assertThat(message.toBytes()).isEqualTo(MessageVectors.crlf(MessageVectors.OPTIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"= 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e", "", " two blanks first"})
    void C129_C133_reasonPhrases(String reason) throws Exception { // sections 3.1.1.12 and 3.1.1.13
        String line = "SIP/2.0 200 " + reason;
        SipResponse response = (SipResponse) MessageVectors.parse(
                line + MessageVectors.OPTIONS.substring("OPTIONS sip:srs@127.0.0.1 SIP/2.0".length()));
        assertThat(response.reason()).isEqualTo(reason);
        assertThat(response.toBytes()).startsWith(line.getBytes(UTF_8));
    }

    @Test
    void C135_aSenderByRfc2543IsTaken() throws Exception { // section 3.4.1
        SipRequest request = (SipRequest) MessageVectors.parse("""
                INVITE sip:UserB@example.com SIP/2.0
                Via: SIP/2.0/UDP iftgw.example.com
                From: <sip:+13035551111@ift.client.example.net;user=phone>
                To: sip:+16505552222@ss1.example.net;user=phone
                Call-ID: inv2543.1717@ift.client.example.com
                CSeq: 56 INVITE
                Content-Type: application/sdp

                v=0
                """);
        assertThat(request.from().tag()).isEmpty();
        assertThat(request.maxForwards()).isEmpty();
        assertThat(request.topVia().branch()).isEmpty();
        assertThat(new String(request.body(), UTF_8))
                .as("the rest of the datagram")
                .isEqualTo("v=0\r\n");
        assertThat(request.to().parameter("user"))
                .as("a parameter of the header without brackets")
                .contains("phone");
    }

    @Test
    void C130_everyCompactFormIsItsHeader() throws Exception {
        List<String> pairs = List.of(
                "v Via",
                "f From",
                "t To",
                "i Call-ID",
                "m Contact",
                "l Content-Length",
                "c Content-Type",
                "e Content-Encoding",
                "k Supported",
                "s Subject",
                "x Session-Expires",
                "o Event",
                "u Allow-Events",
                "r Refer-To",
                "b Referred-By",
                "a Accept-Contact",
                "j Reject-Contact",
                "d Request-Disposition",
                "y Identity",
                "n Identity-Info");
        for (String pair : pairs) {
            String letter = pair.substring(0, 1);
            String name = pair.substring(2);
            assertThat(KnownHeader.of(letter))
                    .as(pair)
                    .isSameAs(KnownHeader.of(name))
                    .isNotNull();
            SipMessage message = MessageVectors.parse(MessageVectors.OPTIONS.replace(name + ":", letter + ":"));
            SipMessage upper = MessageVectors.parse(
                    MessageVectors.OPTIONS.replace(name + ":", letter.toUpperCase(java.util.Locale.ROOT) + " \t:"));
            assertThat(message.header(name))
                    .isEqualTo(MessageVectors.parse(MessageVectors.OPTIONS).header(name));
            assertThat(upper.headers(letter)).isEqualTo(message.headers(name));
        }
    }

    @Test
    void C130_headersAreFoundByTheirNamesInAnyCase() throws Exception {
        for (KnownHeader header : KnownHeader.values()) {
            String name = header.label();
            for (String written :
                    List.of(name, name.toLowerCase(java.util.Locale.ROOT), name.toUpperCase(java.util.Locale.ROOT))) {
                byte[] bytes = written.getBytes(UTF_8);
                assertThat(KnownHeader.of(bytes, 0, bytes.length)).isSameAs(header);
                assertThat(KnownHeader.of(written)).isSameAs(header);
                assertThat(KnownHeader.of(written + "x")).isNull();
            }
        }
    }
}
