package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    @ParameterizedTest(name = "C169 {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # octets after the first                                          | payload | csrc | why
        80 00 0001 00000000 00000001 aabb                                 | aabb    |  0 | plain
        80 00 0001 00000000 00000001                                      | ''      |  0 | no payload
        80 00 0001 00000000 000000                                        | -       |  0 | header cut off
        00 00 0001 00000000 00000001 aabb                                 | -       |  0 | version 0, as STUN has it
        40 00 0001 00000000 00000001 aabb                                 | -       |  0 | version 1
        c0 00 0001 00000000 00000001 aabb                                 | -       |  0 | version 3
        82 00 0001 00000000 00000001 00000002 00000003 aa                 | aa      |  2 | two CSRCs
        82 00 0001 00000000 00000001 00000002 000000                      | -       |  2 | CSRC list cut off
        8f 00 0001 00000000 00000001                                      | -       | 15 | CSRC list missing
        90 00 0001 00000000 00000001 bede0001 11223344 aa                 | aa      |  0 | extension of one word
        90 00 0001 00000000 00000001 bede0000 aa                          | aa      |  0 | empty extension
        90 00 0001 00000000 00000001 bede                                 | -       |  0 | extension header cut off
        90 00 0001 00000000 00000001 bedeffff 11223344                    | -       |  0 | extension longer than the packet
        91 00 0001 00000000 00000001 00000002 bede0001 11223344 aa        | aa      |  1 | CSRC and extension
        a0 00 0001 00000000 00000001 aabb0002                             | aabb    |  0 | padding of two
        a0 00 0001 00000000 00000001 00000004                             | ''      |  0 | nothing but padding
        a0 00 0001 00000000 00000001 aabb0000                             | -       |  0 | padding of none
        a0 00 0001 00000000 00000001 aabb0005                             | -       |  0 | padding reaches into the header
        a0 00 0001 00000000 00000001                                      | -       |  0 | padding bit, but no room for a count
        b1 00 0001 00000000 00000001 00000002 bede0001 11223344 aa 0002   | aa      |  1 | all three
        """)
    void C169_parsesWhatIsLegalAndNothingElse(String octets, String payload, int csrcs, String why) {
        ByteBuffer in = hex(octets);
        assertThat(packet.parse(in)).as(why).isEqualTo(payload != null);
        assertThat(in.position()).isZero();
        if (payload != null) {
            byte[] taken = new byte[packet.payloadLength()];
            in.get(packet.payloadStart(), taken);
            assertThat(HexFormat.of().formatHex(taken)).as(why).isEqualTo(payload);
            assertThat(packet.csrcCount()).isEqualTo(csrcs);
        }
    }

    @Test
    void readsTheFieldsUnsigned() {
        assertThat(packet.parse(hex("80 e5 fffe fffffff0 deadbeef 01"))).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.sequence()).isEqualTo(65_534);
        assertThat(packet.timestamp()).isEqualTo(0xffff_fff0L);
        assertThat(packet.ssrc()).isEqualTo(0xdead_beefL);
    }

    @Test
    void readsFromThePositionOn() {
        ByteBuffer in = hex("ffff 80 00 0001 00000002 00000003 aabb").position(2);
        assertThat(packet.parse(in)).isTrue();
        assertThat(packet.payloadStart()).isEqualTo(14);
        assertThat(packet.timestamp()).isEqualTo(2);
    }

    @Test
    void writesWhatItReads() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] payload = new byte[random.nextInt(200)];
            random.nextBytes(payload);
            int type = random.nextInt(128);
            int sequence = random.nextInt(1 << 16);
            long timestamp = random.nextInt() & 0xffff_ffffL;
            long ssrc = random.nextInt() & 0xffff_ffffL;
            boolean marker = random.nextBoolean();
            RtpPacketWriter writer = new RtpPacketWriter();
            ByteBuffer out = writer.payloadType(type)
                    .marker(marker)
                    .sequence(sequence)
                    .timestamp(timestamp)
                    .ssrc(ssrc)
                    .packet(payload);
            assertThat(packet.parse(out)).isTrue();
            assertThat(packet.payloadLength()).isEqualTo(payload.length);
            assertThat(packet.payloadType()).isEqualTo(type);
            assertThat(packet.marker()).isEqualTo(marker);
            assertThat(packet.sequence()).isEqualTo(sequence);
            assertThat(packet.timestamp()).isEqualTo(timestamp);
            assertThat(packet.ssrc()).isEqualTo(ssrc);
        }
    }

    @Test
    void refusesToWriteAPayloadTypeThatTouchesTheMarker() {
        assertThatThrownBy(() -> new RtpPacketWriter().payloadType(128)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void C169_randomOctetsNeverThrowAndNeverGiveAPayloadOutside() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            if (octets.length > 0) {
                octets[0] = (byte) (octets[0] & 0x3f | 0x80);
            }
            if (packet.parse(ByteBuffer.wrap(octets))) {
                assertThat(packet.payloadStart()).isGreaterThanOrEqualTo(12);
                assertThat(packet.payloadLength()).isGreaterThanOrEqualTo(0);
                assertThat(packet.payloadStart() + packet.payloadLength()).isLessThanOrEqualTo(octets.length);
            }
        }
    }

    private static ByteBuffer hex(String octets) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(octets.replace(" ", "")));
    }
}
