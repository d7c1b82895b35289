package io.siprec.rtp.internal.rtcp;

import java.util.SplittableRandom;

/**
 * When a receiver reports (RFC 3550 §6.2, §6.3, A.7; bandwidths as in RFC 3556): at least 5 s apart, half of that for the first,
 * randomised, and reconsidered when the time has come.
 */
final class RtcpSchedule {
    private static final double MIN_SECONDS = 5;
    private static final double COMPENSATION = Math.E - 1.5; // of what reconsideration shortens
    private static final int IP_UDP_BYTES = 28;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SplittableRandom random;
    private final long senderBits;
    private final long receiverBits;
    private double averageBytes = 100;
    private boolean initial = true;
    private long lastNanos;
    private long nextNanos;

    RtcpSchedule(SplittableRandom random, long senderBitsPerSecond, long receiverBitsPerSecond) {
        this.random = random;
        this.senderBits = senderBitsPerSecond;
        this.receiverBits = receiverBitsPerSecond;
    }

    /** The member has joined. */
    void start(long nowNanos) {
        lastNanos = nowNanos;
        nextNanos = nowNanos + interval(1);
    }

    /** True when a report is due now; {@code senders} are the others, we are the one receiver. */
    boolean due(long nowNanos, int senders) {
        if (nowNanos - nextNanos < 0) {
            return false;
        }
        long reconsidered = lastNanos + interval(senders);
        if (nowNanos - reconsidered >= 0) {
            return true;
        }
        nextNanos = reconsidered;
        return false;
    }

    long nextNanos() {
        return nextNanos;
    }

    /** A report has left, or its time was let go by. */
    void sent(long nowNanos, int bytes, int senders) {
        if (bytes > 0) {
            counted(bytes);
        }
        initial = false;
        lastNanos = nowNanos;
        nextNanos = nowNanos + interval(senders);
    }

    /** A compound packet was sent or received. */
    void counted(int bytes) {
        averageBytes += (bytes + IP_UDP_BYTES - averageBytes) / 16;
    }

    private long interval(int senders) {
        int members = senders + 1;
        boolean fewSenders = (double) senders / members <= (double) senderBits / (senderBits + receiverBits);
        double bits = fewSenders ? receiverBits : senderBits + receiverBits;
        double seconds = 8 * averageBytes * (fewSenders ? 1 : members) / bits;
        seconds = Math.max(initial ? MIN_SECONDS / 2 : MIN_SECONDS, seconds);
        return (long) (seconds * (random.nextDouble() + 0.5) / COMPENSATION * NANOS_PER_SECOND);
    }
}
