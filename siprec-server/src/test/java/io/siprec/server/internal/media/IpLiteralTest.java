package io.siprec.server.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpLiteralTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.1       | true
        0.0.0.0         | true
        255.255.255.255 | true
        2001:db8::1     | true
        ::1             | true
        999.999.99.999  | false
        1.2.3           | false
        1.2.3.4.5       | false
        2001:::1::      | false
        sbc.example.com | false
        cafe            | false
        ''              | false
        """)
    void onlyAddressesAreTaken(String host, boolean address) {
        assertThat(IpLiteral.parse(host, 4000).map(InetSocketAddress::getPort).isPresent())
                .isEqualTo(address);
    }
}
