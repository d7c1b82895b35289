package io.siprec.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # uri                                   | scheme | user        | host          | port | transport
            sip:a@b.c                               | sip    | a           | b.c           | -1   | none
            SIPS:b.c:5061                           | sips   | ''          | b.c           | 5061 | none
            sip:a@[2001:db8::1]:5070;transport=tcp  | sip    | a           | 2001:db8::1   | 5070 | tcp
            sip:[2001:db8::10:5070]                 | sip    | ''          | 2001:db8::10:5070 | -1 | none
            sip:user;par=u%40x@b;TRANSPORT=UDP?h=v  | sip    | user;par=u@x | b            | -1   | UDP
            tel:+1-202-555-0100                     | tel    | +1-202-555-0100 | ''        | -1   | none
            sip192.0.2.21:5060                      | sip192.0.2.21 | '' | ''            | -1   | none
            """)
    void C134_readsUris(String text, String scheme, String user, String host, int port, String transport)
            throws SipParseException {
        SipUri uri = SipUri.parse(text);
        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.user()).isEqualTo(user);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.parameter("transport").orElse("none")).isEqualTo(transport);
        assertThat(uri).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sip:", "sip:a@", "no scheme", "sip:a@b:x", "sip:[::1", ":x", "sip:a@b c"})
    void refusesWhatIsNoUri(String text) {
        assertThatThrownBy(() -> SipUri.parse(text)).isInstanceOf(SipParseException.class);
        assertThat(SipUri.lenient(text).scheme()).isEmpty();
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # contact                                | scheme        | host      | outside | inside | why
            <sip:192.0.2.1:5060>;+sip.src            | sip           | 192.0.2.1 | true    | false  | by the book
            <sip192.0.2.21:5060>;+sip.src            | sip192.0.2.21 | ''        | true    | false  | C007 Cisco: no colon after sip
            <sip:x@192.0.2.1;+sip.src>               | sip           | 192.0.2.1 | false   | true   | C007 Avaya: tag inside the brackets
            <sip:x@192.0.2.1:5060;+sip.src           | sip           | 192.0.2.1 | false   | true   | C007 Metaswitch: bracket left open
            sip:x@192.0.2.1;+sip.src="TRUE"          | sip           | 192.0.2.1 | true    | false  | without brackets the parameter is the header's
            """)
    void C007_readsAnyContact(String text, String scheme, String host, boolean outside, boolean inside) {
        NameAddress contact = NameAddress.lenient(text);
        assertThat(contact.uri().scheme()).isEqualTo(scheme);
        assertThat(contact.uri().host()).isEqualTo(host);
        assertThat(contact.hasParameter("+sip.src")).isEqualTo(outside);
        assertThat(contact.uri().parameter("+sip.src").isPresent()).isEqualTo(inside);
        assertThat(contact.text()).isEqualTo(text);
    }

    @Test
    void C129_C132_readsOddButLegalAddresses() throws SipParseException {
        NameAddress tight = NameAddress.parse("caller<sip:caller@example.com>;tag=323");
        assertThat(tight.displayName()).isEqualTo("caller");
        assertThat(tight.tag()).contains("323");

        NameAddress wide = NameAddress.parse("sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n");
        assertThat(wide.tag()).contains("1918181833n");
        assertThat(wide.uri().host()).isEqualTo("chair-dnrc.example.com");

        NameAddress quoted = NameAddress.parse("\"J \\\\\\\"<x>\"  <sip:a@b>;p=\"a;b\"");
        assertThat(quoted.displayName()).isEqualTo("J \\\"<x>");
        assertThat(quoted.parameter("P")).contains("a;b");
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # via                                          | expected
            SIP/2.0/UDP h:5060;branch=z9hG4bK1             | SIP/2.0/UDP h:5060;branch=z9hG4bK1;received=192.0.2.9
            SIP/2.0/UDP h;branch=z9hG4bK1; , SIP/2.0/UDP x | SIP/2.0/UDP h;branch=z9hG4bK1;received=192.0.2.9, SIP/2.0/UDP x
            SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1          | SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
            SIP/2.0/UDP 192.0.2.9;rport;branch=z9hG4bK1    | SIP/2.0/UDP 192.0.2.9;rport=4711;branch=z9hG4bK1;received=192.0.2.9
            SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;RPORT , SIP/2.0/UDP x;rport | SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;rport=4711;received=192.0.2.9, SIP/2.0/UDP x;rport
            """)
    void C115_C116_notesTheSourceInTheTopVia(String via, String expected) {
        java.net.InetSocketAddress source = new java.net.InetSocketAddress("192.0.2.9", 4711);
        assertThat(ViaSource.annotate(Slice.of(via), source).text()).isEqualTo(expected);
    }

    @Test
    void C129_C130_readsAViaWithBlanksEverywhere() throws SipParseException {
        Via via = Via.parse("SIP  / 2.0  / TCP     spindle.example.com   ;  branch  =   z9hG4bK9ikj8 ");
        assertThat(via.transport()).isEqualTo("TCP");
        assertThat(via.host()).isEqualTo("spindle.example.com");
        assertThat(via.branch()).contains("z9hG4bK9ikj8");
        assertThat(via.hasUniqueBranch()).isTrue();
        assertThat(Via.parse("SIP/2.0/UDP [2001:db8::9]:5061;branch=z9hG4bK").hasUniqueBranch())
                .as("the bare cookie names nothing")
                .isFalse();
    }
}
