package io.siprec.server.internal.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.sdp.AddressFamily;
import io.siprec.core.sdp.AnswerCapabilities;
import io.siprec.core.sdp.OfferAnswer;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.rtp.RtcpSettings;
import io.siprec.server.RtpKeepalive;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an m-line makes of RTCP. */
class CallStreamTest {
    private static PlannedLine line(String attributes) throws SdpException {
        String sdp = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 0\n"
                + attributes.replace("~", "\n") + "\n";
        AnswerCapabilities capabilities = new AnswerCapabilities(Set.of("PCMU/8000"), 1, Set.of(AddressFamily.IP4));
        return OfferAnswer.plan(
                        SdpParser.parse(sdp.getBytes(UTF_8), SdpLimits.defaults())
                                .description(),
                        capabilities)
                .lines()
                .get(0);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # line              | keepalive | mux   | target         | RR bit/s | verified targets only
        ''                  | OFF       | false | 192.0.2.1:4001 | -1       | true
        a=rtcp-mux          | OFF       | true  | ''             | -1       | true
        a=rtcp:5000         | OFF       | false | 192.0.2.1:5000 | -1       | true
        b=RS:0~b=RR:0       | OFF       | false | 192.0.2.1:4001 | 0        | true
        b=RR:2000           | RTCP      | false | 192.0.2.1:4001 | 2000     | false
        a=rtcp-mux          | RTP       | true  | ''             | -1       | false
        """)
    void C181_C185_C188_reportsAreAsTheLineAndTheOperatorSay(
            String attributes, RtpKeepalive keepalive, boolean mux, String target, long receivers, boolean verified)
            throws SdpException {
        RtcpSettings rtcp = CallStream.rtcp(line(attributes), keepalive);
        assertThat(rtcp.mux()).isEqualTo(mux);
        assertThat(rtcp.target().map(CallStreamTest::text).orElse("")).isEqualTo(target);
        assertThat(rtcp.receiverBitsPerSecond().orElse(-1)).isEqualTo(receivers);
        assertThat(rtcp.verifiedTargetsOnly()).isEqualTo(verified);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
