package io.siprec.sip.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressLiteralTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.1        | 192.0.2.1       | four numbers
        2001:db8::1      | 2001:db8:0:0:0:0:0:1 | IPv6
        ::ffff:192.0.2.1 | 192.0.2.1       | IPv4-mapped
        999.1.1.1        |                 | a resolver would be asked for it
        1.2.3            |                 | three numbers
        1.2.3.4.5        |                 | five numbers
        1:2              |                 | too short for IPv6
        x:y              |                 | letters that are no digits
        example.com      |                 | a name
        fe80::1%eth0     |                 | a zone means something here only
        """)
    void readsAddressesAndNothingElse(String text, String address, String why) {
        assertThat(AddressLiteral.parse(text).map(InetAddress::getHostAddress).orElse(null))
                .as(why)
                .isEqualTo(address);
    }
}
