package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.OTHER;
import static io.siprec.rtp.internal.ReceiverRig.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.RtpPacketWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbationTest {
    private final StreamCounters counters = new StreamCounters();
    private final Probation probation = new Probation(counters);
    private final RtpPacket packet = new RtpPacket();

    private Probation.Candidate hold(InetSocketAddress source, long ssrc, int sequence, int payloadBytes) {
        ByteBuffer datagram =
                new RtpPacketWriter().ssrc(ssrc).sequence(sequence).packet(new byte[payloadBytes]);
        assertThat(packet.parse(datagram)).isTrue();
        return probation.hold(datagram, source, packet, 1, 0);
    }

    @Test
    void C171_strangersMakeAStreamHoldLittleWhateverTheySend() {
        Random random = new Random(171);
        int held = 0;
        for (int i = 0; i < 10_000; i++) {
            int bytes = random.nextInt(8_100);
            assertThat(hold(STRANGER, random.nextInt(6), 2 * i, bytes))
                    .as("no two in sequence")
                    .isNull();
            held++;
            assertThat(probation.heldBytes()).isBetween(bytes, Probation.MAX_HELD_BYTES);
            assertThat(counters.rejectedSource).isLessThan(held);
        }
        probation.dropAllBut(null);
        assertThat(counters.rejectedSource).as("each is counted once").isEqualTo(10_000);
        assertThat(probation.heldBytes()).isZero();
    }

    @Test
    void C171_aSourceProvesItselfBesideStrangersWithLargePackets() {
        for (int i = 0; i < 100; i++) {
            hold(STRANGER, 7, 2 * i, 8_000);
        }
        assertThat(hold(OTHER, 1, 1, 160)).isNull();
        hold(STRANGER, 7, 500, 8_000);
        Probation.Candidate passed = hold(OTHER, 1, 2, 160);
        assertThat(passed).isNotNull();
        assertThat(passed.held()).as("none of its packets is lost").isEqualTo(2);
    }
}
