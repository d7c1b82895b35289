package io.siprec.testkit.internal;

import java.util.List;

/**
 * The streams of one call, sent in step. Packet n is due n times 20 ms after the start, whatever happened to the packets
 * before it: a late packet doesn't delay the next. Belongs to one {@link MediaSchedule}.
 */
final class CallMedia {
    private final List<StreamSender> streams;
    private final long packets;
    private final Runnable onFinished;
    private long startNs;
    private long next;

    /**
     * @param packets how many each stream has
     * @param onFinished called once all were sent; not when the call is taken away before
     */
    CallMedia(List<StreamSender> streams, long packets, Runnable onFinished) {
        this.streams = List.copyOf(streams);
        this.packets = packets;
        this.onFinished = onFinished;
    }

    void start(long nowNs) {
        startNs = nowNs;
    }

    /** When the next packet is due. */
    long dueNs() {
        return startNs + next * Packets.TIME_NS;
    }

    boolean finished() {
        return next == packets;
    }

    /** Sends what is due. */
    void send(long nowNs) {
        while (!finished() && dueNs() - nowNs <= 0) {
            for (StreamSender stream : streams) {
                stream.send(next);
            }
            next++;
        }
    }

    /** Sends no more: for a call whose packets can't be made. */
    void giveUp() {
        next = packets;
    }

    void tellFinished() {
        onFinished.run();
    }
}
