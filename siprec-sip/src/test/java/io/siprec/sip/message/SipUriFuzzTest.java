package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Any text is a URI that can be read, changed and compared, or none. */
class SipUriFuzzTest {

    /** The octets are two URIs with a zero between them. */
    @FuzzTest(maxDuration = "3m")
    void parse(byte[] octets) throws SipParseException {
        int zero = Math.max(0, Octets.find(octets, 0, octets.length, '\0'));
        String first = new String(octets, 0, zero, UTF_8);
        String second = new String(Arrays.copyOfRange(octets, zero, octets.length), UTF_8).substring(zero > 0 ? 1 : 0);
        SipUri one = SipUri.lenient(first);
        SipUri other = SipUri.lenient(second);
        assertThat(one.matches(other)).isEqualTo(other.matches(one));
        for (SipUri uri : new SipUri[] {one, other}) {
            read(uri);
            if (!uri.scheme().isEmpty()) {
                assertThat(SipUri.parse(uri.toString()).matches(uri)).isTrue();
            }
            if (!uri.host().isEmpty()) {
                changed(uri);
            }
        }
        NameAddress address = NameAddress.lenient(first);
        address.displayName();
        address.uri();
        address.parameters();
    }

    private static void read(SipUri uri) {
        uri.user();
        uri.userInfo();
        uri.parameters();
        uri.headers();
        uri.ttl();
        uri.transport();
        assertThat(uri.port()).isBetween(-1, 65_535);
    }

    private static void changed(SipUri uri) throws SipParseException {
        SipUri moved = uri.withPort(5070).withUser("a b").withParameter("x", "y;z");
        assertThat(moved.host()).isEqualTo(uri.host());
        assertThat(moved.port()).isEqualTo(5070);
        assertThat(moved.user()).isEqualTo("a b");
        assertThat(moved.parameter("X")).contains("y;z");
        assertThat(moved.headers()).isEqualTo(uri.headers());
        assertThat(SipUri.parse(moved.toString()).matches(moved)).isTrue();
    }
}
