package io.siprec.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The streams of one call, sent in step. Packet n is due n times 20 ms after the start, whatever happened to the packets
 * before it: a late packet doesn't delay the next. Belongs to one {@link MediaSchedule}.
 */
final class CallMedia {
    private final List<StreamSender> streams;
    private final long packets;
    private final Runnable onFinished;
    private long startNs;
    private final List<Waiter> waiters = new ArrayList<>();
    private long next;

    /** Somebody who waits until the packets before a place were sent. */
    private record Waiter(long place, CompletableFuture<Void> reached) {}

    /**
     * @param packets how many each stream has
     * @param onFinished called once all were sent; not when the call is taken away before
     */
    CallMedia(List<StreamSender> streams, long packets, Runnable onFinished) {
        this.streams = new ArrayList<>(streams);
        this.packets = packets;
        this.onFinished = onFinished;
    }

    /** One more stream, from the next place on. */
    void add(StreamSender stream) {
        streams.add(stream);
    }

    /** Completes {@code reached} once all packets before {@code place} were sent or left out. */
    void tellAt(long place, CompletableFuture<Void> reached) {
        waiters.add(new Waiter(place, reached));
        tellWaiters();
    }

    private void tellWaiters() {
        waiters.removeIf(waiter -> {
            boolean reached = next >= waiter.place;
            if (reached) {
                waiter.reached.completeAsync(() -> null); // whatever a test does then must not hold up packets
            }
            return reached;
        });
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
        tellWaiters();
    }

    /** Sends no more: for a call whose packets can't be made, or that is over. */
    void giveUp() {
        next = packets;
        waiters.forEach(waiter ->
                waiter.reached.completeExceptionally(new IllegalStateException("the call sends no more audio")));
        waiters.clear();
    }

    void tellFinished() {
        onFinished.run();
    }
}
