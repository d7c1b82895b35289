package io.siprec.testkit.internal;

import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which call has the next packet to send. Knows no thread and no clock: the caller says what time it is. */
final class MediaSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSchedule.class);

    // Nano times may overflow, so only differences compare.
    private final PriorityQueue<CallMedia> calls = new PriorityQueue<>((a, b) -> Long.signum(a.dueNs() - b.dueNs()));

    /** Starts a call: its first packets are due now. */
    void add(CallMedia call, long nowNs) {
        call.start(nowNs);
        calls.add(call);
    }

    /** Takes a call away; nothing of it is sent any more. */
    void remove(CallMedia call) {
        calls.remove(call);
    }

    /**
     * Sends all that is due.
     *
     * @return nanoseconds until the next packet, at least 1; {@link Long#MAX_VALUE} when there is none
     */
    long run(long nowNs) {
        while (!calls.isEmpty() && calls.peek().dueNs() - nowNs <= 0) {
            CallMedia call = calls.poll();
            send(call, nowNs);
            if (call.finished()) {
                call.tellFinished();
            } else {
                calls.add(call);
            }
        }
        return calls.isEmpty() ? Long.MAX_VALUE : calls.peek().dueNs() - nowNs;
    }

    private static void send(CallMedia call, long nowNs) {
        try {
            call.send(nowNs);
        } catch (RuntimeException e) {
            LOG.warn("a call's audio can't be read, it is sent no further", e);
            call.giveUp();
        }
    }
}
