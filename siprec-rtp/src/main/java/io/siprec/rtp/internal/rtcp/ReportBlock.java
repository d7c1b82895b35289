package io.siprec.rtp.internal.rtcp;

import java.nio.ByteBuffer;

/** The report block on one source (RFC 3550 §6.4.1, A.3): duplicates make up for lost packets, so that fewer than none may be lost. */
final class ReportBlock {
    private static final int MAX_LOST = 0x7f_ffff;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long ssrc = -1;
    private long expectedPrior; // at the last report
    private long receivedPrior;
    private int fractionLost;
    private int cumulativeLost;
    private int highest;
    private int jitter;
    private int lastSr;
    private int delaySinceLastSr;

    private void watch(Reception reception) {
        if (reception.ssrc() != ssrc) {
            ssrc = reception.ssrc();
            expectedPrior = 0;
            receivedPrior = 0;
        }
    }

    /** Fills in what came since the last report. {@code lastSrNtp} is 0 when the source sent no SR. */
    void update(Reception reception, long lastSrNtp, long lastSrNanos, long nowNanos) {
        watch(reception);
        long expected = reception.expected();
        long received = reception.received();
        long expectedInterval = expected - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected;
        receivedPrior = received;
        fractionLost = expectedInterval <= 0 || lostInterval <= 0 ? 0 : (int) (lostInterval * 256 / expectedInterval);
        fractionLost = Math.min(255, fractionLost);
        cumulativeLost = (int) Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, expected - received));
        highest = reception.extendedHighest();
        jitter = reception.jitterTicks();
        lastSr = (int) (lastSrNtp >>> 16);
        delaySinceLastSr = lastSrNtp == 0 ? 0 : units(nowNanos - lastSrNanos);
    }

    /** In 65,536ths of a second. */
    private static int units(long nanos) {
        return (int) ((nanos / NANOS_PER_SECOND << 16) + (nanos % NANOS_PER_SECOND << 16) / NANOS_PER_SECOND);
    }

    void write(ByteBuffer out) {
        out.putInt((int) ssrc);
        out.putInt(fractionLost << 24 | cumulativeLost & 0xff_ffff);
        out.putInt(highest).putInt(jitter).putInt(lastSr).putInt(delaySinceLastSr);
    }
}
