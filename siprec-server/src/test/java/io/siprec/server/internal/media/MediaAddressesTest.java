package io.siprec.server.internal.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.sdp.SessionDescription;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaAddressesTest {
    private static final MediaAddresses ANY = new MediaAddresses(Optional.empty());

    @Test
    void C043_aMixedOfferGetsAnAddressOfEachFamily() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
        assumeTrue(loopback.inetAddresses().anyMatch(Inet6Address.class::isInstance), "no IPv6 here");
        assertThat(ANY.of(offer("IP4 192.0.2.1", "IP6 2001:db8::1"), "127.0.0.1")
                        .addresses())
                .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(ANY.of(offer("IP4 192.0.2.1", "IP4 192.0.2.1"), "127.0.0.1").addresses())
                .as("not looked for without need")
                .containsExactly("127.0.0.1");
    }

    @Test
    void C043_socketsOfOneAddressTakeOneFamily() throws Exception {
        SessionDescription mixed = offer("IP4 192.0.2.1", "IP6 2001:db8::1");
        assertThat(bound("127.0.0.1").of(mixed, "127.0.0.1").addresses()).containsExactly("127.0.0.1");
        assertThat(bound("::1").of(mixed, "127.0.0.1").addresses()).containsExactly("0:0:0:0:0:0:0:1");
    }

    @Test
    void C043_aNameOrAnAddressThatIsNotHereHasNoOther() throws Exception {
        SessionDescription mixed = offer("IP4 192.0.2.1", "IP6 2001:db8::1");
        assertThat(ANY.of(mixed, "srs.example.com").addresses()).containsExactly("srs.example.com");
        assertThat(ANY.of(mixed, "203.0.113.9").addresses()).containsExactly("203.0.113.9");
    }

    private static MediaAddresses bound(String address) throws Exception {
        return new MediaAddresses(Optional.of(InetAddress.getByName(address)));
    }

    private static SessionDescription offer(String first, String second) throws Exception {
        String sdp = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\nm=audio 4 RTP/AVP 0\nc=IN " + first
                + "\nm=audio 6 RTP/AVP 0\nc=IN " + second + "\n";
        return SdpParser.parse(sdp.getBytes(UTF_8), SdpLimits.defaults()).description();
    }
}
