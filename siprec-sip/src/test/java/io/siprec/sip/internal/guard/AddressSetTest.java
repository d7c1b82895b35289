package io.siprec.sip.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.guard.CidrBlock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressSetTest {
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # blocks                            | address              | in    | why
            10.0.0.0/8                          | 9.255.255.255        | false | before the first
            10.0.0.0/8                          | 10.0.0.0             | true  | first
            10.0.0.0/8                          | 10.255.255.255       | true  | last
            10.0.0.0/8                          | 11.0.0.0             | false | after the last
            0.0.0.0/0                           | 255.255.255.255      | true  | the end of the space
            0.0.0.0/0                           | ::1                  | false | the families are apart
            ::/0                                | 127.0.0.1            | false | the families are apart, the other way
            ::/0                                | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | true | the end of the space
            128.0.0.0/1                         | 200.1.2.3            | true  | unsigned comparison
            10.0.0.1,10.0.0.3                   | 10.0.0.2             | false | between two
            10.0.0.0/25,10.0.0.128/25           | 10.0.0.128           | true  | neighbours become one range
            10.0.0.0/8,10.1.0.0/16,10.2.0.0/16  | 10.200.0.1           | true  | a block in a block
            10.1.0.0/16,10.0.0.0/8              | 10.200.0.1           | true  | the same, in another order
            2001:db8::/32                       | 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff | true | last
            2001:db8::/32                       | 2001:db9::           | false | after the last
            2001:db8::/64,2001:db8:0:1::/64     | 2001:db8:0:1::7      | true  | neighbours over the half of an address
            2001:db8::8000:0:0:0/65             | 2001:db8::7fff:ffff:ffff:ffff | false | a prefix longer than a long
            ::ffff:10.0.0.0/104                 | 10.9.9.9             | true  | a mapped block takes IPv4
            10.0.0.0/8                          | ::ffff:10.0.0.1      | true  | a mapped address is IPv4
            """)
    void C212_matches(String blocks, String address, boolean in, String why) throws UnknownHostException {
        assertThat(set(blocks.split(",")).contains(InetAddress.getByName(address)))
                .isEqualTo(in);
    }

    @Test
    void C212_agreesWithTheSlowWayOnRandomBlocks() throws UnknownHostException {
        Random random = new Random(20_251_125);
        for (int round = 0; round < 200; round++) {
            List<CidrBlock> blocks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                blocks.add(CidrBlock.parse(near(random) + "/" + (20 + random.nextInt(13))));
            }
            AddressSet set = new AddressSet(blocks);
            for (int i = 0; i < 200; i++) {
                InetAddress address = InetAddress.getByName(near(random));
                boolean expected = blocks.stream().anyMatch(block -> slowly(block, address));
                assertThat(set.contains(address))
                        .as("%s in %s", address, blocks)
                        .isEqualTo(expected);
            }
        }
    }

    private static String near(Random random) {
        return "10.0." + random.nextInt(16) + "." + random.nextInt(256);
    }

    private static boolean slowly(CidrBlock block, InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] first = block.firstAddress();
        for (int bit = 0; bit < block.prefixBits(); bit++) {
            int mask = 0x80 >> bit % 8;
            if ((bytes[bit / 8] & mask) != (first[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aSourceIsAnAddressOrTheNetworkOfAnIpv6Address() throws UnknownHostException {
        assertThat(source("192.0.2.1")).isNotEqualTo(source("192.0.2.2")).isEqualTo(source("::ffff:192.0.2.1"));
        assertThat(source("2001:db8::1")).isEqualTo(source("2001:db8::ffff:2")).isNotEqualTo(source("2001:db8:0:1::1"));
    }

    private static long source(String address) throws UnknownHostException {
        return AddressSet.source(InetAddress.getByName(address));
    }

    private static AddressSet set(String... blocks) {
        return new AddressSet(Arrays.stream(blocks).map(CidrBlock::parse).toList());
    }
}
