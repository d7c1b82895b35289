package io.siprec.rtp.internal.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.RtcpSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpSessionTest {
    private static final InetSocketAddress RTP = new InetSocketAddress("192.0.2.1", 4_000);
    private static final InetSocketAddress RTCP = new InetSocketAddress("192.0.2.1", 4_001);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.66", 4_001);
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] CNAME = "c2lwcmVjIGNuYW1l".getBytes(StandardCharsets.US_ASCII);

    /** The RTP side, set by hand. */
    private static final class Rtp implements Reception {
        private long ssrc = -1;
        private InetSocketAddress source;
        private long expected;
        private long received;
        private int highest;
        private int jitter;

        void brings(long newSsrc, long newExpected, long newReceived, int newHighest) {
            source = RTP;
            ssrc = newSsrc;
            expected = newExpected;
            received = newReceived;
            highest = newHighest;
        }

        @Override
        public long ssrc() {
            return ssrc;
        }

        @Override
        public InetSocketAddress source() {
            return source;
        }

        @Override
        public long expected() {
            return expected;
        }

        @Override
        public long received() {
            return received;
        }

        @Override
        public int extendedHighest() {
            return highest;
        }

        @Override
        public int jitterTicks() {
            return jitter;
        }
    }

    private final Rtp rtp = new Rtp();
    private final RtcpCounters counters = new RtcpCounters();
    private final RtcpSession session = new RtcpSession(rtp, CNAME, new SplittableRandom(3), counters);
    private final ByteBuffer out = ByteBuffer.allocate(1_500);
    private long now = 100 * SECOND;

    RtcpSessionTest() {
        session.negotiated(RtcpSettings.STANDARD, Optional.of(RTP));
    }

    private static ByteBuffer senderReport(long ssrc, long ntp, long rtpTimestamp) {
        ByteBuffer packet =
                ByteBuffer.allocate(28).putInt(0x80c8_0006).putInt((int) ssrc).putLong(ntp);
        return packet.putInt((int) rtpTimestamp).putInt(1).putInt(160).flip();
    }

    private static ByteBuffer bye(long ssrc) {
        ByteBuffer packet = ByteBuffer.allocate(16).putInt(0x80c9_0001).putInt((int) ssrc);
        return packet.putInt(0x81cb_0001).putInt((int) ssrc).flip();
    }

    /** Goes on until a report is due. */
    private InetSocketAddress next() {
        long end = now + 20 * SECOND;
        while (!session.due(now)) {
            now += SECOND / 50;
            assertThat(now).isLessThan(end);
        }
        InetSocketAddress to = session.report(out, now);
        if (to != null) {
            session.sent(true);
        }
        return to;
    }

    private int field(int word) {
        return out.getInt(4 * word);
    }

    @Test
    void C179_eachCompoundIsAReportAndADescription() {
        rtp.brings(7, 100, 100, 100);
        assertThat(next()).isEqualTo(RTCP);
        assertThat(field(0)).as("RR, one block, 8 words").isEqualTo(0x81c9_0007);
        assertThat(field(2)).isEqualTo(7);
        assertThat(field(8)).as("SDES, one chunk").isEqualTo(0x81ca_0006);
        assertThat(field(9)).as("the same SSRC").isEqualTo(field(1)).isNotEqualTo(7);
        assertThat(out.get(40)).isEqualTo((byte) 1);
        assertThat(out.get(41)).isEqualTo((byte) 16);
        byte[] cname = new byte[16];
        out.get(42, cname);
        assertThat(cname).isEqualTo(CNAME);
        assertThat(out.get(58)).as("the end of the items").isZero();
        assertThat(out.limit()).isEqualTo(60);
        assertThat(new RtcpReader().begin(out)).isTrue();
        rtp.brings(7, 200, 200, 200);
        next();
        assertThat(new RtcpReader().begin(out)).isTrue();
        assertThat(field(9)).isEqualTo(field(1));
    }

    @Test
    void C180_blocksFollowTheFormulas() {
        rtp.jitter = 33;
        rtp.brings(7, 100, 90, 0x1_0063);
        session.onDatagram(senderReport(7, 0x1234_5678_9abc_def0L, 0), RTCP, now - 3 * SECOND / 2);
        rtp.brings(7, 100, 90, 0x1_0063);
        next();
        long delay = (now - (100 * SECOND - 3 * SECOND / 2)) * 65_536 / SECOND;
        assertThat(field(3)).as("25 of 256, 10 in all").isEqualTo(25 << 24 | 10);
        assertThat(field(4)).isEqualTo(0x1_0063);
        assertThat(field(5)).isEqualTo(33);
        assertThat(field(6)).as("the middle of the NTP timestamp").isEqualTo(0x5678_9abc);
        assertThat((long) field(7)).isBetween(delay - 1, delay);
        rtp.brings(7, 200, 190, 0x1_00c7);
        next();
        assertThat(field(3)).as("none of the last 100").isEqualTo(10);
        rtp.brings(7, 210, 205, 0x1_00d1);
        next();
        assertThat(field(3)).as("5 came late: a negative fraction is 0").isEqualTo(5);
        rtp.brings(7, 20_000_000, 205, 0x1_00d1);
        rtp.received++;
        next();
        assertThat(field(3)).as("all that fits").isEqualTo(255 << 24 | 0x7f_ffff);
        rtp.brings(8, 50, 25, 49);
        next();
        assertThat(field(2)).isEqualTo(8);
        assertThat(field(3)).as("another source begins at nothing").isEqualTo(128 << 24 | 25);
        assertThat(field(6)).as("and has sent no report").isZero();
        rtp.brings(8, 60, 63, 59);
        next();
        assertThat(field(3)).as("with duplicates, fewer than none are lost").isEqualTo(-3 & 0xff_ffff);
    }

    @Test
    void C178_silentSourcesGetNoBlock() {
        rtp.brings(7, 100, 100, 100);
        next();
        next();
        assertThat(field(0)).as("nothing came since").isEqualTo(0x80c9_0001);
        assertThat(new RtcpReader().begin(out)).isTrue();
    }

    @Test
    void C213_nothingIsSentBeforeRtpComes() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(session.due(now)).isFalse();
            now += SECOND / 10;
        }
        rtp.brings(7, 1, 1, 1);
        long before = now;
        assertThat(next()).isEqualTo(RTCP);
        assertThat(now - before).as("C178").isLessThan(5 * SECOND);
    }

    @Test
    void C181_aBandwidthOfZeroSwitchesReportsOff() {
        RtcpSettings off = new RtcpSettings(false, Optional.empty(), OptionalLong.of(100), OptionalLong.of(0), true);
        session.negotiated(off, Optional.of(RTP));
        rtp.brings(7, 100, 100, 100);
        for (int i = 0; i < 1_000; i++) {
            assertThat(session.due(now)).isFalse();
            now += SECOND / 10;
        }
        session.onDatagram(senderReport(7, 1L << 63, 0), RTCP, now);
        assertThat(counters.senderReports)
                .as("what the peer reports is taken all the same")
                .isEqualTo(1);
        session.negotiated(RtcpSettings.STANDARD, Optional.of(RTP));
        assertThat(next()).as("and on again").isEqualTo(RTCP);
        session.negotiated(off, Optional.of(RTP));
        assertThat(session.bye(out, now)).isNull();
    }

    @Test
    void C176_aCollisionIsAnsweredWithByeAndANewSsrc() {
        rtp.brings(7, 100, 100, 100);
        next();
        int former = field(1);
        session.onDatagram(senderReport(former & 0xffff_ffffL, 1, 1), RTCP, now);
        assertThat(session.due(now)).as("at once").isTrue();
        assertThat(next()).isEqualTo(RTCP);
        int bye = out.limit() / 4 - 2;
        assertThat(field(1)).isEqualTo(former);
        assertThat(field(bye)).as("BYE of one").isEqualTo(0x81cb_0001);
        assertThat(field(bye + 1)).isEqualTo(former);
        next();
        int fresh = field(1);
        assertThat(fresh).isNotEqualTo(former);
        session.onDatagram(senderReport(fresh & 0xffff_ffffL, 1, 1), RTCP, now);
        assertThat(counters.collisions)
                .as("not again and again: it may be an echo")
                .isEqualTo(1);
        rtp.brings(fresh & 0xffff_ffffL, 1, 1, 1);
        now += 20 * SECOND;
        next();
        next();
        assertThat(field(1)).as("the sender's RTP uses it").isNotEqualTo(fresh);
        assertThat(counters.collisions).isEqualTo(2);
    }

    @Test
    void C184_aSourceThatLeavesGetsNoReportsUntilItSendsAgain() {
        rtp.brings(7, 100, 100, 100);
        next();
        session.onDatagram(bye(7), RTCP, now);
        assertThat(counters.byes).isEqualTo(1);
        assertThat(next()).isNull();
        assertThat(next()).isNull();
        rtp.brings(7, 101, 101, 101);
        assertThat(next()).isEqualTo(RTCP);
        assertThat(field(0)).as("with a block").isEqualTo(0x81c9_0007);
    }

    @Test
    void C184_weLeaveWithAByeIfWeEverSpoke() {
        assertThat(session.bye(out, now)).isNull();
        rtp.brings(7, 100, 100, 100);
        next();
        assertThat(session.bye(out, now)).isEqualTo(RTCP);
        assertThat(field(0)).as("nothing new to report").isEqualTo(0x80c9_0001);
        int bye = out.limit() / 4 - 2;
        assertThat(field(bye)).isEqualTo(0x81cb_0001);
        assertThat(field(bye + 1)).isEqualTo(field(1));
        assertThat(new RtcpReader().begin(out)).isTrue();
    }

    @Test
    void C183_strangersAndWrongLengthsChangeNothing() {
        rtp.brings(7, 100, 100, 100);
        session.onDatagram(bye(7), STRANGER, now);
        session.onDatagram(bye(99), RTCP, now);
        session.onDatagram(senderReport(99, 1, 1), RTCP, now);
        session.onDatagram(ByteBuffer.wrap(new byte[7]), RTCP, now);
        assertThat(counters.foreign).isEqualTo(3);
        assertThat(counters.malformed).isEqualTo(1);
        assertThat(counters.received).isEqualTo(4);
        assertThat(counters.byes + counters.senderReports).isZero();
        assertThat(next()).isEqualTo(RTCP);
        assertThat(field(6)).isZero();
    }

    @ParameterizedTest(name = "C182 {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # NTP seconds | RTP asked  | wall clock                  | why
        3900000000    | 1000       | 2023-08-02T21:20:00.500Z    | the report's own
        3900000000    | 9000       | 2023-08-02T21:20:01.500Z    | 8,000 ticks later
        3900000000    | -7400      | 2023-08-02T21:19:59.450Z    | before it
        64            | 1000       | 2036-02-07T06:29:20.500Z    | after the wrap in 2036
        """)
    void C182_reportsMapRtpTimeToWallClock(long seconds, long ticks, Instant wallClock, String why) {
        rtp.brings(7, 100, 100, 100);
        assertThat(session.senderTime(0, 0, 8_000)).isEmpty();
        session.onDatagram(senderReport(7, seconds << 32 | 0x8000_0000L, 1_000), RTCP, now);
        assertThat(session.senderTime(ticks, 5_000, 8_000)).as(why).contains(wallClock);
        long wraps = 3L << 32;
        assertThat(session.senderTime(wraps + ticks, wraps + 5_000, 8_000))
                .as("whatever wraps were counted")
                .contains(wallClock);
        rtp.brings(8, 1, 1, 1);
        assertThat(session.senderTime(ticks, 5_000, 8_000)).as("another source").isEmpty();
    }
}
