package io.siprec.rtp.internal.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpReaderTest {
    private static final String SR = "80c80006 00000001 e0000000 80000000 000003e8 00000005 00000320";
    private static final String RR = "80c90001 00000001";
    private static final String SDES = "81ca0003 00000001 01056140622e 6300";
    private final RtcpReader reader = new RtcpReader();

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest(name = "C183 {2}")
    @CsvSource(delimiter = '|', textBlock = """
        80c90001 00000001                                       | 201         | an RR without blocks
        81c90007 00000001 00000002 00000000 00000000 00000000 00000000 00000000 | 201 | with one
        80c90001 00000001 81cb0001 00000001                     | 201 203     | a compound
        80c90001 00000001 81cb0003 00000001 03627965            | -           | a reason beyond the end
        80c90001 00000001 81cb0002 00000001 03627965            | 201 203     | with a reason
        80c90001 00000001 80cc0002 00000001 41424344            | 201 204     | APP is walked over
        80c90001 00000001 80cf0002 00000001 04000000            | 201 207     | XR is walked over
        80c90001 00000001 80d00000                              | 201 208     | so is a type that nobody knows
        80c90001 00000001 a0cb0001 00000004                     | 201 203     | padding in the last
        80cb0000                                                | 203         | a BYE of nobody
        81ca0002 00000001 00000000                              | 202         | a chunk without items
        80c90002 00000001                                       | -           | a length beyond the end
        80c90001 00000001 80c9                                  | -           | half a header behind
        81c90001 00000001                                       | -           | a block that isn't there
        80c80001 00000001                                       | -           | an SR without sender info
        40c90001 00000001                                       | -           | version 1
        80c90001 00000001 00c90001 00000001                     | -           | version 0 in the second
        a0c90001 00000001 80c90001 00000001                     | -           | padding that isn't in the last
        80c90001 00000001 a0cb0001 000000ff                     | -           | more padding than packet
        81ca0001 00000001                                       | -           | a chunk without an end
        81ca0002 00000001 01ff6162                              | -           | an item beyond the end
        9fcb0001 00000001                                       | -           | 31 sources in 4 bytes
        ''                                                      | -           | nothing
        80                                                      | -           | a single byte
        """)
    void C183_takesWholeCompoundsOnly(String hex, String types, String why) {
        StringBuilder found = new StringBuilder();
        if (reader.begin(bytes(hex))) {
            while (reader.next()) {
                found.append(reader.type()).append(' ');
            }
        } else {
            found.append('-');
        }
        assertThat(found.toString().trim()).as(why).isEqualTo(types);
    }

    @Test
    void C182_readsWhatTheSenderReports() {
        assertThat(reader.begin(bytes(SR + SDES))).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.ssrc(0)).isEqualTo(1);
        assertThat(reader.ntpTimestamp()).isEqualTo(0xe000_0000_8000_0000L);
        assertThat(reader.rtpTimestamp()).isEqualTo(1_000);
        assertThat(reader.next()).isTrue();
        assertThat(reader.cname(1)).isEqualTo("a@b.c");
        assertThat(reader.cname(2)).isNull();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void theCnameIsFoundBehindOtherItemsAndChunks() {
        String other = "00000009 02016100";
        String ours = "00000001 06026162 01037877 76000000".replace(" ", "");
        assertThat(reader.begin(bytes("82ca0006" + other + ours))).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.cname(1)).isEqualTo("xwv");
        assertThat(reader.cname(9)).isNull();
    }

    @Test
    void C183_damagedCompoundsAreSurvived() {
        byte[] whole = bytes(SR + SDES + RR + "81cb0001 00000001").array();
        Random random = new Random(183);
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            ByteBuffer in = ByteBuffer.wrap(damaged, 0, random.nextInt(damaged.length + 1));
            int packets = 0;
            if (reader.begin(in)) {
                while (reader.next()) {
                    packets++;
                    look();
                }
                assertThat(packets).isPositive();
            }
            assertThat(in.position()).isZero();
        }
    }

    private void look() {
        if (reader.type() == RtcpType.SDES) {
            reader.cname(1);
        } else if (reader.type() == RtcpType.BYE) {
            for (int i = 0; i < reader.count(); i++) {
                reader.ssrc(i);
            }
        } else if (reader.type() == RtcpType.SR) {
            assertThat(reader.rtpTimestamp()).isNotNegative();
        }
    }

    @ParameterizedTest(name = "C186 second byte {0}: {1}")
    @CsvSource({"0, false", "128, false", "191, false", "192, true", "200, true", "204, true", "223, true", "224, false"
    })
    void C186_typesTellRtcpFromRtp(int second, boolean rtcp) {
        assertThat(RtcpReader.looksLikeRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) second})))
                .isEqualTo(rtcp);
        assertThat(RtcpReader.looksLikeRtcp(ByteBuffer.wrap(new byte[] {(byte) second})))
                .isFalse();
    }
}
