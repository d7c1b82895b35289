package io.siprec.sip.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrBlockTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # text                   | block                     | why
            192.0.2.0/24             | 192.0.2.0/24              | as written
            192.0.2.77/24            | 192.0.2.0/24              | bits after the prefix are ignored
            192.0.2.77               | 192.0.2.77/32             | one address
            0.0.0.0/0                | 0.0.0.0/0                 | all of IPv4
            ' 10.0.0.0/8 '           | 10.0.0.0/8                | blanks around it
            2001:db8::/32            | 2001:db8:0:0:0:0:0:0/32   | IPv6
            2001:DB8:ffff::1         | 2001:db8:ffff:0:0:0:0:1/128 | one IPv6 address
            2001:db8::ffff/33        | 2001:db8:0:0:0:0:0:0/33   | a prefix inside of a byte
            ::/0                     | 0:0:0:0:0:0:0:0/0         | all of IPv6, nothing of IPv4
            ::ffff:192.0.2.0/120     | 192.0.2.0/24              | IPv4-mapped
            ::ffff:192.0.2.1         | 192.0.2.1/32              | IPv4-mapped, one address
            ::ffff:0:0/96            | 0.0.0.0/0                 | all that is mapped
            """)
    void reads(String text, String block, String why) {
        assertThat(CidrBlock.parse(text)).hasToString(block).isEqualTo(CidrBlock.parse(block));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # text            | says                       | why
            ''                | not an IP address          | empty
            sbc.example.com   | not an IP address          | a name: nothing is looked up
            cafe              | not an IP address          | letters that could be a name
            10.1              | not an IP address          | the short form of the C library
            10.0.0.256        | not an IP address          | over 255
            10.0.0.0/33       | 0 to 32                    | too long
            10.0.0.0/-1       | 0 to 32                    | negative
            10.0.0.0/         | 0 to 32                    | no length
            10.0.0.0/8/9      | 0 to 32                    | two lengths
            10.0.0.0/99999999999 | 0 to 32                 | over an int
            ::1/129           | 0 to 128                   | too long
            fe80::1%eth0      | not an IP address          | a zone
            [::1]             | not an IP address          | brackets
            1:2:3             | not an IP address          | too short
            ::ffff:10.0.0.0/8 | 96 to 128                  | a mapped address of the IPv6 prefix
            """)
    void refuses(String text, String says, String why) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }
}
