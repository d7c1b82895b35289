package io.siprec.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 sections 19.1.1 to 19.1.4 with all of their examples, RFC 3966 section 4. */
class UriComparisonTest {

    @ParameterizedTest(name = "{3}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # one | other | same | why
            sip:%61lice@atlanta.com;transport=TCP | sip:alice@AtLanTa.CoM;Transport=tcp | true  | RFC 3261: escapes, case of host and parameters
            sip:carol@chicago.com                 | sip:carol@chicago.com;newparam=5    | true  | RFC 3261: a parameter that one has
            sip:carol@chicago.com                 | sip:carol@chicago.com;security=on   | true  | RFC 3261: a parameter that one has
            sip:carol@chicago.com;newparam=5      | sip:carol@chicago.com;security=on   | true  | RFC 3261: each has another parameter
            sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com | sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com | true | RFC 3261: order of parameters
            sip:alice@atlanta.com?subject=project%20x&priority=urgent | sip:alice@atlanta.com?priority=urgent&subject=project%20x | true | RFC 3261: order of headers
            SIP:ALICE@AtLanTa.CoM;Transport=udp   | sip:alice@AtLanTa.CoM;Transport=UDP | false | RFC 3261: different usernames
            sip:bob@biloxi.com                    | sip:bob@biloxi.com:5060             | false | RFC 3261: can resolve to different ports
            sip:bob@biloxi.com                    | sip:bob@biloxi.com;transport=udp    | false | RFC 3261: can resolve to different transports
            sip:bob@biloxi.com                    | sip:bob@biloxi.com:6000;transport=tcp | false | RFC 3261: different port and transport
            sip:carol@chicago.com                 | sip:carol@chicago.com?Subject=next%20meeting | false | RFC 3261: different header component
            sip:bob@phone21.boxesbybob.com        | sip:bob@192.0.2.4                   | false | RFC 3261: even though that is what it resolves to
            sip:carol@chicago.com;security=on     | sip:carol@chicago.com;security=off  | false | RFC 3261: a parameter of both with two values
            sip:carol@chicago.com                 | sips:carol@chicago.com              | false | a SIPS URI is never a SIP URI
            sip:carol@chicago.com                 | sip:chicago.com                     | false | a user and none
            sip:@chicago.com                      | sip:chicago.com                     | false | an empty user and none
            sip:carol:pw@chicago.com              | sip:carol@chicago.com               | false | a password and none
            sip:carol:PW@chicago.com              | sip:carol:pw@chicago.com            | false | passwords compare with case
            sip:carol@chicago.com;user=phone      | sip:carol@chicago.com               | false | user in one only
            sip:carol@chicago.com;ttl=1           | sip:carol@chicago.com               | false | ttl in one only
            sip:carol@chicago.com;method=INVITE   | sip:carol@chicago.com               | false | method in one only, though it is the default
            sip:carol@chicago.com;maddr=192.0.2.1 | sip:carol@chicago.com               | false | maddr in one only
            sip:carol@chicago.com;lr              | sip:carol@chicago.com               | true  | lr in one only is ignored
            sip:a%40b@chicago.com                 | sip:a@b@chicago.com                 | false | an escaped reserved character is another one
            sip:a%2db@chicago.com                 | sip:a-b@chicago.com                 | true  | an unreserved one needs no escape
            sip:a%3Bb@chicago.com                 | sip:a%3bb@chicago.com               | true  | hexadecimal digits compare without case
            sip:a%2541@chicago.com                | sip:aA@chicago.com                  | false | escapes are decoded once
            sip:a%2541@chicago.com                | sip:a%41@chicago.com                | false | an escaped percent sign is none
            sip:a@[2001:db8::9:1]                 | sip:a@[2001:DB8:0::9:1]             | true  | RFC 5954: IPv6 addresses compare as addresses
            sip:a@[2001:db8::9:1]                 | sip:a@[2001:db8::9:2]               | false | other addresses
            sip:a@[::ffff:192.0.2.1]              | sip:a@[::ffff:c000:201]             | true  | the mapped form of IPv4 in two ways
            sip:a@b;x=%41                         | sip:a@b;X=a                         | true  | parameters decoded, without case
            tel:+1-201-555-0123                   | tel:+12015550123                    | true  | RFC 3966: visual separators do not count
            tel:+1(201)555.0123                   | TEL:+12015550123                    | true  | all four separators
            tel:+12015550123                      | tel:12015550123;phone-context=+1    | false | RFC 3966: global and local
            tel:7042;phone-context=example.com    | tel:7042;phone-context=EXAMPLE.COM  | true  | RFC 3966: a domain as context
            tel:863-1234;phone-context=+1-914-555 | tel:8631234;Phone-Context=+1914555  | true  | RFC 3966: a number as context
            tel:7042;phone-context=a.example      | tel:7042;phone-context=b.example    | false | other contexts
            tel:+1;ext=12-3;isub=4                | tel:+1;isub=4;ext=123               | true  | RFC 3966: order of parameters
            tel:+1;ext=123                        | tel:+1                              | false | RFC 3966: a parameter that one has
            tel:+1                                | sip:+1@example.com;user=phone       | false | other schemes
            urn:service:sos                       | urn:service:sos                     | true  | others by their text
            urn:service:sos                       | urn:service:fire                    | false | others by their text
            """)
    void comparesByMeaning(String one, String other, boolean same, String why) throws SipParseException {
        assertThat(SipUri.parse(one).matches(SipUri.parse(other))).as(why).isEqualTo(same);
        assertThat(SipUri.parse(other).matches(SipUri.parse(one)))
                .as("the other way")
                .isEqualTo(same);
        assertThat(SipUri.parse(one).matches(SipUri.parse(one))).as("itself").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # uri | user | userInfo
            sip:alice:secretword@atlanta.com;transport=tcp  | alice                     | alice:secretword
            sip:%75se%72@example.com                        | user                      | %75se%72
            sip:sips%3Auser%40example.com@example.net       | sips:user@example.com     | sips%3Auser%40example.com
            sip:user;par=u%40example.net@example.com        | user;par=u@example.net    | user;par=u%40example.net
            sip:+1-212-555-1212:1234@gateway.com;user=phone | +1-212-555-1212           | +1-212-555-1212:1234
            sip:alice;day=tuesday@atlanta.com               | alice;day=tuesday         | alice;day=tuesday
            sip:I%20have%20spaces@example.net               | I have spaces             | I%20have%20spaces
            sip:a%2541@b                                    | a%41                      | a%2541
            sip:a%4@b                                       | a%4                       | a%4
            sip:%C3%BCml@b                                  | \u00fcml                  | %C3%BCml
            tel:+1-201-555-0123;ext=5                       | +1-201-555-0123           | +1-201-555-0123
            """)
    void C129_decodesTheUserOnce(String text, String user, String userInfo) throws SipParseException {
        assertThat(SipUri.parse(text).user()).isEqualTo(user);
        assertThat(SipUri.parse(text).userInfo()).isEqualTo(userInfo);
    }

    @Test
    void C129_doesNotEndAtAnEscapedZero() throws SipParseException {
        assertThat(SipUri.parse("sip:null-%00-null@example.com").user()).isEqualTo("null-\0-null");
    }

    @Test
    void C129_decodesParametersOnce() throws SipParseException {
        SipUri uri = SipUri.parse("sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31");
        assertThat(uri.looseRouter()).isTrue();
        assertThat(uri.parameter("name")).contains("value%41");
        assertThat(uri.parameters()).containsOnlyKeys("lr", "name").containsEntry("name", "value%41");
    }

    @Test
    void readsTheOtherParts() throws SipParseException {
        SipUri uri = SipUri.parse(
                "sip:atlanta.com;transport=TLS;method=REGISTER;maddr=239.255.255.1;ttl=15?to=alice%40atlanta.com&x=1&x=2");
        assertThat(uri.transport()).contains("tls");
        assertThat(uri.method()).contains("REGISTER");
        assertThat(uri.maddr()).contains("239.255.255.1");
        assertThat(uri.ttl()).hasValue(15);
        assertThat(uri.headers()).containsEntry("to", "alice@atlanta.com").containsEntry("x", "1,2");
        assertThat(SipUri.parse("sip:a@b;ttl=256").ttl()).isEmpty();
        assertThat(SipUri.parse("sip:a@b").headers()).isEmpty();
        assertThat(SipUri.parse("isbn:2983792873").headers()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # uri | host | port
            sip:a@[2001:db8::9:1]:5061       | 2001:db8::9:1          | 5061
            sip:a@[::FFFF:192.0.2.10]:19823  | ::FFFF:192.0.2.10      | 19823
            sip:[2001:db8:::192.0.2.1]       | 2001:db8:::192.0.2.1   | -1
            sip:a@[fe80::1%25eth0]:5060      | fe80::1                | 5060
            """)
    void C134_readsIpv6References(String text, String host, int port) throws SipParseException {
        assertThat(SipUri.parse(text).host()).isEqualTo(host);
        assertThat(SipUri.parse(text).port()).isEqualTo(port);
    }

    @Test
    void isMadeFromPartsWithTheEscapesTheyNeed() {
        SipUri uri = SipUri.sip("al ice@x", "2001:db8::1").withPort(5070).withParameter("transport", "tcp");
        assertThat(uri).hasToString("sip:al%20ice%40x@[2001:db8::1]:5070;transport=tcp");
        assertThat(uri.user()).isEqualTo("al ice@x");
        assertThat(uri.withParameter("Transport", "udp").withParameter("lr", ""))
                .hasToString("sip:al%20ice%40x@[2001:db8::1]:5070;Transport=udp;lr");
        assertThat(uri.withoutParameter("TRANSPORT").withUser("").withHost("h").withPort(-1))
                .hasToString("sip:h");
        assertThat(SipUri.sips("", "h")).hasToString("sips:h").isEqualTo(SipUri.lenient("sips:h"));
        assertThatThrownBy(() -> SipUri.sip("a", "b c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> uri.withPort(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipUri.lenient("tel:+1").withHost("h")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsItsHeadersWhenAPartChanges() {
        assertThat(SipUri.lenient("sip:a@b?Subject=next%20meeting&to=x").withPort(1))
                .hasToString("sip:a@b:1?Subject=next%20meeting&to=x");
    }
}
