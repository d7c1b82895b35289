package io.siprec.rtp.internal.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.RtcpSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpTargetTest {
    private static InetSocketAddress address(String text) {
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @ParameterizedTest(name = "{7}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # mux | verified | SDP RTP         | a=rtcp         | RTP from       | RTCP from      | target         | why
        false | true     | 192.0.2.1:4000  | -              | 192.0.2.1:4000 | -              | 192.0.2.1:4001 | C185 the next port
        true  | true     | 192.0.2.1:4000  | -              | 192.0.2.1:4000 | -              | 192.0.2.1:4000 | C186 the same port
        false | true     | 192.0.2.1:4000  | 192.0.2.1:9    | 192.0.2.1:4000 | -              | 192.0.2.1:9    | a=rtcp
        false | true     | 192.0.2.1:4000  | -              | -              | -              | -              | C213 nothing to a host that sent nothing
        false | false    | 192.0.2.1:4000  | -              | -              | -              | 192.0.2.1:4001 | unless so configured
        false | true     | 192.0.2.1:4000  | 192.0.2.9:9    | 192.0.2.1:4000 | -              | 192.0.2.1:4001 | C213 a=rtcp names a victim: beside its RTP instead
        false | false    | 192.0.2.1:4000  | 192.0.2.9:9    | 192.0.2.1:4000 | -              | 192.0.2.9:9    | unless so configured
        false | true     | 192.0.2.1:4000  | 192.0.2.9:9    | 192.0.2.1:4000 | 192.0.2.9:9    | 192.0.2.9:9    | it speaks itself
        false | true     | 10.0.0.1:4000   | -              | 192.0.2.7:5000 | -              | 192.0.2.7:5001 | C177 behind a NAT
        false | true     | 10.0.0.1:4000   | -              | 192.0.2.7:5000 | 192.0.2.7:6000 | 192.0.2.7:6000 | C185 symmetric: from where its RTCP comes
        false | true     | 192.0.2.1:4000  | -              | 192.0.2.1:4000 | 192.0.2.66:1   | 192.0.2.1:4001 | a stranger draws no reports
        false | false    | 0.0.0.0:4000    | -              | -              | -              | -              | C049 no host
        false | false    | 239.1.2.3:4000  | -              | -              | -              | -              | C049 a group
        false | false    | 255.255.255.255:4000 | -         | -              | -              | -              | C049 everybody
        false | false    | [ff02::1]:4000  | -              | -              | -              | -              | C049 a group of IPv6
        false | false    | 192.0.2.1:4000  | 192.0.2.1:0    | -              | -              | -              | no port
        false | true     | -               | -              | 192.0.2.1:65535 | -             | -              | no next port
        """)
    void C049_C185_C213_reportsGoToOneHostThatAskedForThem(
            boolean mux,
            boolean verified,
            String rtp,
            String rtcp,
            String source,
            String from,
            String target,
            String why) {
        RtcpTarget targets = new RtcpTarget();
        RtcpSettings settings = new RtcpSettings(
                mux, Optional.ofNullable(address(rtcp)), OptionalLong.empty(), OptionalLong.empty(), verified);
        targets.signalled(settings, Optional.ofNullable(address(rtp)));
        if (from != null && targets.trusts(address(from), address(source))) {
            targets.proven(address(from));
        }
        assertThat(targets.find(address(source))).as(why).isEqualTo(address(target));
    }
}
