package io.siprec.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedHeadersTest {

    private static SipMessage message(String... lines) throws SipParseException {
        return MessageVectors.parse(MessageVectors.with("Call-ID", "Call-ID: c\n" + String.join("\n", lines) + "\n"));
    }

    @Test
    void C131_C132_readsListsOfAddresses() throws Exception {
        SipMessage message = message(
                "Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>",
                "Route: <sip:p3.example.com>",
                "Record-Route: \"a, b\" <sip:p4.example.com;lr;x=\"1,2\">;y=\"3,4\" ,<sip:p5.example.com>",
                "P-Asserted-Identity: \"Cullen Jennings\" <sip:fluffy@cisco.com>, tel:+14085264000",
                "Diversion: <sip:a@b>;reason=user-busy;counter=1",
                "History-Info: <sip:bob@example.com?Reason=SIP%3Bcause%3D302>;index=1,<sip:c@d>;index=1.1;mp=1",
                "m: \"a,b;c\\\">\" <sip:x@y>",
                "Contact: <sip:z@y>");

        assertThat(message.routes())
                .extracting(route -> route.uri().host())
                .containsExactly("p1.example.com", "p2.example.com", "p3.example.com");
        assertThat(message.routes())
                .extracting(route -> route.uri().looseRouter())
                .containsExactly(true, true, false);
        assertThat(message.recordRoutes()).hasSize(2);
        assertThat(message.recordRoutes().get(0).parameter("Y")).contains("3,4");
        assertThat(message.assertedIdentities())
                .extracting(id -> id.uri().user())
                .containsExactly("fluffy", "+14085264000");
        assertThat(message.diversions().get(0).parameters()).isEqualTo(Map.of("reason", "user-busy", "counter", "1"));
        assertThat(message.historyInfo())
                .extracting(entry -> entry.parameter("index").orElseThrow())
                .containsExactly("1", "1.1");
        assertThat(message.contacts()).extracting(NameAddress::displayName).containsExactly("a,b;c\">", "");
    }

    @Test
    void readsSimpleValues() throws Exception {
        SipMessage message = message(
                "Max-Forwards: 69",
                "Expires: 3600",
                "Min-SE: 90;x=1",
                "RSeq: 988789",
                "k: timer, 100rel",
                "Require:siprec",
                "Proxy-Require: foo",
                "Unsupported: bar,baz",
                "Allow: INVITE,ACK , BYE",
                "e: gzip",
                "s: Need more boxes",
                "User-Agent: Softphone Beta1.5",
                "Server: HomeServer v2");

        assertThat(message.maxForwards()).hasValue(69);
        assertThat(message.expires()).contains(Duration.ofHours(1));
        assertThat(message.minSe()).contains(Duration.ofSeconds(90));
        assertThat(message.rseq()).hasValue(988_789);
        assertThat(message.supported()).containsExactly("timer", "100rel");
        assertThat(message.require()).containsExactly("siprec");
        assertThat(message.proxyRequire()).containsExactly("foo");
        assertThat(message.unsupported()).containsExactly("bar", "baz");
        assertThat(message.allow()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(message.contentEncodings()).containsExactly("gzip");
        assertThat(message.subject()).contains("Need more boxes");
        assertThat(message.userAgent()).contains("Softphone Beta1.5");
        assertThat(message.server()).contains("HomeServer v2");
    }

    @Test
    void whatIsMissingOrUnreadableIsEmpty() throws Exception {
        SipMessage message = message(
                "Max-Forwards: 300000000000",
                "Expires: soon",
                "RAck: 1",
                "Date: today",
                "Warning: 39 x \"y\", 399 h \"z\", 399 \1 \"z\"",
                "Replaces: c;to-tag=1",
                "Session-ID: 12");
        assertThat(message.maxForwards()).isEmpty();
        assertThat(message.expires()).isEmpty();
        assertThat(message.rack()).isEmpty();
        assertThat(message.date()).isEmpty();
        assertThat(message.warnings()).containsExactly(new Warning(399, "h", "z"));
        assertThat(message.replaces()).isEmpty();
        assertThat(message.sessionId()).isEmpty();
        assertThat(message.join()).isEmpty();
        assertThat(message.mediaType()).isEmpty();
        assertThat(message.routes()).isEmpty();
        assertThat(message.header("RAck")).as("which of the two it was").contains("1");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # header | as it comes | as it is written
            Content-Type        | multipart/mixed ; boundary=uniqueBoundary                 | multipart/mixed;boundary=uniqueBoundary
            Content-Type        | Application/SDP                                           | application/sdp
            Content-Type        | multipart/mixed;boundary="a b;c,d"; charset=utf-8         | multipart/mixed;boundary="a b;c,d";charset=utf-8
            Content-Disposition | session; handling=required                                | session;handling=required
            RAck                | 776656 1  INVITE                                          | 776656 1 INVITE
            Retry-After         | 18000;duration=3600                                       | 18000;duration=3600
            Retry-After         | 120 (I'm in a meeting)                                    | 120 (I'm in a meeting)
            Retry-After         | 5 ( x ) ; duration=7                                      | 5 (x);duration=7
            Warning             | 307 isi.edu "Session parameter 'foo' not understood"      | 307 isi.edu "Session parameter 'foo' not understood"
            Warning             | 399 [2001:db8::1]:5060 "a \\"b\\", c"                     | 399 [2001:db8::1]:5060 "a \\"b\\", c"
            Date                | Sat, 13 Nov 2010 23:29:00 GMT                             | Sat, 13 Nov 2010 23:29:00 GMT
            Date                | sat,  3 nov 2010  3:29:00                                 | Wed, 03 Nov 2010 03:29:00 GMT
            Date                | 13 Nov 10 23:29:60 UTC                                    | Sat, 13 Nov 2010 23:29:59 GMT
            Date                | Saturday, 13-Nov-10 23:29:00 GMT                          | Sat, 13 Nov 2010 23:29:00 GMT
            Timestamp           | 54                                                        | 54
            Timestamp           | 54.21  0.3                                                | 54.21 0.3
            Session-ID          | AB30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2 | ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2
            Session-ID          | ab30317f1a784dc48ff824d0d3715d86                          | ab30317f1a784dc48ff824d0d3715d86
            User-to-User        | 00FA08001100;encoding=hex;purpose=isdn-uui                | 00FA08001100;encoding=hex;purpose=isdn-uui
            User-to-User        | "a;b" ;content=x                                          | "a;b";content=x
            Event               | refer;id=93809824                                         | refer;id=93809824
            o                   | presence.winfo                                            | presence.winfo
            Replaces            | 425928@bobster.example.org;to-tag=7743;from-tag=6472      | 425928@bobster.example.org;to-tag=7743;from-tag=6472
            Replaces            | 98732@sip.billybiggs.com ;from-tag=r33th4x0r;to-tag=ff87ff;early-only | 98732@sip.billybiggs.com;to-tag=ff87ff;from-tag=r33th4x0r;early-only
            Join                | 12adf2f34456gs5;to-tag=12345;from-tag=54321               | 12adf2f34456gs5;to-tag=12345;from-tag=54321
            """)
    void readsAndWrites(String name, String text, String written) throws Exception {
        SipMessage message = message(name + ": " + text);
        HeaderValue value = switch (name) {
            case "Content-Type" -> message.mediaType().orElseThrow();
            case "Content-Disposition" -> message.contentDisposition().orElseThrow();
            case "RAck" -> message.rack().orElseThrow();
            case "Retry-After" -> message.retryAfter().orElseThrow();
            case "Warning" -> message.warnings().get(0);
            case "Date" -> message.date().orElseThrow();
            case "Timestamp" -> message.timestamp().orElseThrow();
            case "Session-ID" -> message.sessionId().orElseThrow();
            case "User-to-User" -> message.userToUser().get(0);
            case "Event", "o" -> message.event().orElseThrow();
            case "Replaces" -> message.replaces().orElseThrow();
            default -> message.join().orElseThrow();
        };
        assertThat(value).hasToString(written);
        SipMessage again = message(name + ": " + value);
        assertThat(again.header(name)).contains(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fri, 01 Jan 2010 16:00:00 EST", // RFC 4475 section 3.1.2.12: only GMT is a SIP date
                "32 Jan 2010 16:00:00 GMT",
                "1 Foo 2010 16:00:00 GMT",
                "1 Jan 2010 25:00:00 GMT",
                "1 Jan 2010",
                "",
                "0"
            })
    void C129_refusesDates(String text) {
        assertThatThrownBy(() -> SipDate.parse(text)).isInstanceOf(SipParseException.class);
    }

    @Test
    void readsWhatTheValuesSay() throws Exception {
        SipMessage message = message(
                "Accept: application/sdp;level=1, application/*;q=0.5, */*;q=nonsense",
                "Content-Disposition: recording-session;handling=OPTIONAL",
                "Date: Sat, 13 Nov 2010 23:29:00 GMT",
                "User-to-User: 4a6f;encoding=hex , \"plain\";encoding=text, xyz",
                "Retry-After: 18000;duration=3600");
        List<MediaType> accepted = message.accept();
        assertThat(accepted).extracting(MediaType::quality).containsExactly(1.0, 0.5, 1.0);
        assertThat(accepted.get(0).parameter("Level")).contains("1");
        assertThat(accepted.get(1).covers(MediaType.parse("application/rs-metadata+xml")))
                .isTrue();
        assertThat(accepted.get(1).covers(MediaType.parse("text/plain"))).isFalse();
        assertThat(message.contentDisposition().orElseThrow().optional()).isTrue();
        assertThat(message.date().orElseThrow().instant()).isEqualTo(Instant.parse("2010-11-13T23:29:00Z"));
        assertThat(message.userToUser().get(0).octets()).contains(new byte[] {0x4a, 0x6f});
        assertThat(message.userToUser().get(1).octets()).isEmpty();
        assertThat(message.userToUser().get(2).octets())
                .as("no hexadecimal digits")
                .isEmpty();
        assertThat(message.retryAfter().orElseThrow().available()).contains(Duration.ofHours(1));
        assertThat(new RAck(1, new CSeq(2, "INVITE"))).isEqualTo(RAck.parse("1 2 INVITE"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # header that has no list grammar, one line with a comma in it
            Date                | Sat, 13 Nov 2010 23:29:00 GMT
            Authorization       | Digest username="a", realm="b", nonce="c"
            Proxy-Authorization | Digest username="a", realm="b"
            WWW-Authenticate    | Digest realm="b", nonce="c"
            Subject             | one, two
            User-Agent          | a, b
            Call-ID             | c
            """)
    void C131_onlyListsAreSplit(String name, String value) throws Exception {
        String line = name.equals("Call-ID") ? "X: 1" : name + ": " + value;
        assertThat(message(line).values(name)).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Require", "Supported", "Allow", "Route", "Record-Route", "Via", "Accept", "X-Unknown"})
    void C131_listsAreSplit(String name) throws Exception {
        String one = name.equals("Via") ? "SIP/2.0/UDP h;branch=1" : "a";
        String list = one + " , " + one + ",";
        List<String> values = message(name + ": " + list, name + ": " + one).values(name);
        assertThat(values.subList(values.size() - 3, values.size())).containsExactly(one, one, one);
    }

    @Test
    void C134_viaHasAllItsParts() throws Exception {
        Via via = Via.parse("SIP/2.0/TLS [2001:db8::9:1]:5061;received=[2001:db8::9:255];rport=4711;branch=z9hG4bKas3;"
                + "ttl=16;maddr=224.2.0.1;x=\"y;z\"");
        assertThat(via.transport()).isEqualTo("TLS");
        assertThat(via.host()).isEqualTo("2001:db8::9:1");
        assertThat(via.port()).isEqualTo(5061);
        assertThat(via.received()).as("RFC 5118 section 4.5").contains("2001:db8::9:255");
        assertThat(via.rport()).contains("4711");
        assertThat(via.ttl()).contains("16");
        assertThat(via.maddr()).contains("224.2.0.1");
        assertThat(via.parameter("X")).contains("y;z");
        assertThat(via.parameters()).containsOnlyKeys("received", "rport", "branch", "ttl", "maddr", "x");
        assertThat(Via.of("UDP", "2001:db8::1", 5060).withParameter("rport", "").withParameter("branch", "z9hG4bK1"))
                .hasToString("SIP/2.0/UDP [2001:db8::1]:5060;rport;branch=z9hG4bK1");
        assertThatThrownBy(() -> Via.of("U DP", "h", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesAreMadeWithTheQuotesTheyNeed() {
        SipUri uri = SipUri.sip("a", "b");
        assertThat(NameAddress.of(uri).withTag("1")).hasToString("<sip:a@b>;tag=1");
        NameAddress named =
                NameAddress.of("J \"x\" \\ <y>", uri).withParameter("p", "a b").withParameter("lone", "");
        assertThat(named).hasToString("\"J \\\"x\\\" \\\\ <y>\" <sip:a@b>;p=\"a b\";lone");
        assertThat(named.displayName()).isEqualTo("J \"x\" \\ <y>");
        assertThat(NameAddress.lenient("sip:a@b;x=1").withTag("2")).hasToString("sip:a@b;x=1;tag=2");
        assertThatThrownBy(() -> NameAddress.of("a\r\nb", uri)).isInstanceOf(IllegalArgumentException.class);
    }
}
