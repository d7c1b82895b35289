package io.siprec.rtp.internal.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.internal.pcapng.HeaderWriter.End;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderWriterTest {
    private final ByteBuffer out = ByteBuffer.allocate(70_000).order(ByteOrder.LITTLE_ENDIAN);

    private static End end(String host, int port) {
        return End.of(new InetSocketAddress(host, port));
    }

    private String written() {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void udpOverIpv4() {
        HeaderWriter.udp(out, end("192.0.2.1", 4_000), end("192.0.2.9", 10_000), payload("hello"));
        assertThat(written())
                .isEqualTo("45000021" + "00000000" + "4011" + "f6c1" + "c0000201"
                        + "c0000209" // IPv4, 33 bytes, hop limit 64
                        + "0fa0" + "2710" + "000d" + "0147" // UDP, 13 bytes
                        + "68656c6c6f");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(textBlock = """
        192.0.2.1, 192.0.2.9, 5, odd length
        192.0.2.1, 192.0.2.9, 160, a packet of G.711
        192.0.2.1, 192.0.2.9, 0, nothing
        2001:db8::1, 2001:db8::9, 161, IPv6
        192.0.2.1, 2001:db8::9, 3, one end of each family
        192.0.2.1, ::, 3, the unspecified address goes with either
        255.255.255.255, 255.255.255.255, 65475, as long as it can be
        """)
    void checksumsAreRight(String from, String to, int length, String why) {
        byte[] payload = new byte[length];
        java.util.Arrays.fill(payload, (byte) 0xff);
        for (boolean tcp : new boolean[] {false, true}) {
            out.clear();
            if (tcp) {
                HeaderWriter.tcp(out, end(from, 5_060), end(to, 65_535), -2, 7, ByteBuffer.wrap(payload));
            } else {
                HeaderWriter.udp(out, end(from, 5_060), end(to, 65_535), ByteBuffer.wrap(payload));
            }
            out.flip().order(ByteOrder.BIG_ENDIAN);
            boolean four = out.get(0) == 0x45;
            int headerBytes = four ? 20 : 40;
            if (four) {
                assertThat(onesSum(0, 20)).as("IPv4 header, %s", why).isEqualTo(0xffff);
                assertThat(out.getShort(2) & 0xffff).isEqualTo(out.limit());
            } else {
                assertThat(out.getShort(4) & 0xffff).isEqualTo(out.limit() - headerBytes);
            }
            int addresses = four ? 12 : 8;
            int pseudo = onesSum(addresses, headerBytes) + (tcp ? 6 : 17) + out.limit() - headerBytes;
            assertThat(fold(pseudo + onesSum(headerBytes, out.limit()))).as(why).isEqualTo(0xffff);
            out.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private int onesSum(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += (out.get(i) & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        return fold(sum);
    }

    private static int fold(int sum) {
        int folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return folded;
    }

    @Test
    void aChecksumOfZeroIsSentAsItsComplement() { // 0 would mean that there is none (RFC 768)
        End end = new End(new byte[4], new byte[16], 0);
        byte[] payload = {(byte) (0xffff - 17 - 10 - 10 >> 8), (byte) (0xffff - 17 - 10 - 10)};
        HeaderWriter.udp(out, end, end, ByteBuffer.wrap(payload));
        assertThat(out.getShort(26)).isEqualTo((short) 0xffff);
    }

    @Test
    void aTcpSegmentHasItsNumbers() {
        HeaderWriter.tcp(out, end("192.0.2.1", 4_000), end("192.0.2.9", 5_060), 0x0102_0304, 0x8506_0708, payload("x"));
        assertThat(written().substring(40)).startsWith("0fa0" + "13c4" + "01020304" + "85060708" + "5018" + "ffff");
    }

    @Test
    void theReaderTakesThemOff() {
        for (String host : new String[] {"192.0.2.1", "2001:db8::1"}) {
            out.clear();
            HeaderWriter.udp(out, end(host, 4_000), end(host, 10_000), payload("hello"));
            assertThat(HeaderReader.udpPayload(out.flip())).isEqualTo(payload("hello"));
        }
    }
}
