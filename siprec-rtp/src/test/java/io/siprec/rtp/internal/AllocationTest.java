package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FORMATS;
import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.RtcpSettings;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.SrtpSettings;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.internal.rtcp.RtcpCounters;
import io.siprec.rtp.internal.rtcp.RtcpSession;
import io.siprec.rtp.internal.tap.StreamTaps;
import io.siprec.rtp.internal.tap.TapPump;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a media loop does for each packet and each report leaves nothing for the collector. */
class AllocationTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MANY = 20_000;

    private final StreamCounters counters = new StreamCounters();
    private final Timeline timeline =
            new Timeline(new Nowhere(), new SampleClock(new TimeOrigin(), Clock.systemUTC()), counters);
    private final StreamReceiver receiver = new StreamReceiver(
            counters,
            timeline,
            new short[Timeline.MAX_PACKET_SAMPLES],
            FORMATS,
            Optional.of(SIGNALLED),
            SourceRule.PREFER_SIGNALLED,
            true,
            null);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(1_500);
    private long nowNanos = 1;
    private int index;

    private static final class Nowhere implements BlockSink {
        @Override
        public void begin(AudioFormat first, int sampleRateHz) {
            assertThat(sampleRateHz).isEqualTo(8_000);
        }

        @Override
        public boolean write(long firstSample, short[] samples, int offset, int length) {
            return true;
        }

        @Override
        public boolean silence(long firstSample, long samples, boolean last) {
            return true;
        }
    }

    private void receive() {
        write();
        receive(receiver);
    }

    private void write() {
        packet.clear()
                .put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) index)
                .putInt(index * FRAME)
                .putInt(7);
        for (int i = 0; i < FRAME; i++) {
            packet.put((byte) (i + index));
        }
        packet.flip();
    }

    private void receive(StreamReceiver by) {
        by.onDatagram(packet, SIGNALLED, nowNanos, nowNanos - FRAME_NANOS);
        by.endSweep(nowNanos);
        index++;
        nowNanos += FRAME_NANOS;
    }

    private static long allocatedBy(Runnable action) {
        for (int i = 0; i < MANY; i++) {
            action.run();
        }
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < MANY; i++) {
            action.run();
        }
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /** Under the suites of AES-CM; GCM needs a cipher object of the JDK's for each packet. */
    @Test
    void C198_encryptedPacketsAllocateNothing() {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        SrtpScratch scratch = new SrtpScratch();
        StreamSrtp srtp = new StreamSrtp(new SrtpSettings(List.of(keys), keys), scratch, counters);
        StreamReceiver encrypted = new StreamReceiver(
                counters,
                timeline,
                new short[Timeline.MAX_PACKET_SAMPLES],
                FORMATS,
                Optional.of(SIGNALLED),
                SourceRule.PREFER_SIGNALLED,
                true,
                srtp);
        SrtpSender sender = new SrtpSender(keys, scratch);
        long allocated = allocatedBy(() -> {
            write();
            sender.protect(packet);
            receive(encrypted);
        });
        assertThat(allocated).as("bytes for %d packets", MANY).isLessThan(MANY);
        assertThat(counters.received).isEqualTo(2 * MANY);
    }

    @Test
    void packetsAllocateNothing() {
        assertThat(allocatedBy(this::receive)).as("bytes for %d packets", MANY).isLessThan(MANY);
        assertThat(counters.received).isEqualTo(2 * MANY);
    }

    /** A tap costs the loop no garbage either; what its sink gets is made on the sink's thread. */
    @Test
    void tappedPacketsAllocateNothingOnTheLoop() throws InterruptedException {
        TapPump pump = new TapPump();
        StreamTaps taps = new StreamTaps(pump, (what, cause) -> {});
        CountDownLatch never = new CountDownLatch(1);
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        taps.open(
                TapSettings.STANDARD,
                task -> elsewhere.execute(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }),
                frame -> {});
        receive();
        taps.attach(timeline::attach);
        assertThat(allocatedBy(this::receive)).as("bytes for %d packets", MANY).isLessThan(MANY);
        never.countDown();
        elsewhere.shutdown();
        pump.stop();
    }

    @Test
    void reportsAllocateNothing() {
        RtcpCounters reports = new RtcpCounters();
        RtcpSession session = new RtcpSession(receiver, new byte[16], new SplittableRandom(1), reports);
        session.negotiated(RtcpSettings.STANDARD, Optional.of(SIGNALLED));
        receive();
        ByteBuffer out = ByteBuffer.allocateDirect(1_500);
        ByteBuffer senderReport = ByteBuffer.allocate(28)
                .putInt(0x80c8_0006)
                .putInt(7)
                .putLong(9)
                .putLong(1)
                .putInt(1);
        senderReport.flip();
        long allocated = allocatedBy(() -> {
            receive();
            session.onDatagram(senderReport, SIGNALLED, nowNanos);
            if (session.due(nowNanos) && session.report(out, nowNanos) != null) {
                session.sent(true);
            }
        });
        assertThat(allocated).as("bytes for %d packets and reports", MANY).isLessThan(MANY);
        assertThat(reports.sent).isGreaterThan(100);
        assertThat(reports.senderReports).isEqualTo(2 * MANY);
    }
}
