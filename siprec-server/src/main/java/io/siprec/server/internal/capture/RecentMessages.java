package io.siprec.server.internal.capture;

import io.siprec.rtp.CapturedMessage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The last messages that belong to no capture: of a call that is about to begin, its INVITE and what went before it. Bounded:
 * the oldest give way. Thread-safe.
 */
final class RecentMessages {
    private static final int MOST_MESSAGES = 1_024;
    private static final int MOST_BYTES = 2 << 20;

    private final Queue<Recent> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();

    private record Recent(String callId, CapturedMessage message) {}

    void add(String callId, CapturedMessage message) {
        messages.add(new Recent(callId, message));
        count.incrementAndGet();
        bytes.addAndGet(message.bytes().length);
        while (count.get() > MOST_MESSAGES || bytes.get() > MOST_BYTES) {
            Recent oldest = messages.poll();
            if (oldest == null) {
                return; // other threads have made room
            }
            count.decrementAndGet();
            bytes.addAndGet(-oldest.message.bytes().length);
        }
    }

    /** Those of a call, oldest first. */
    List<CapturedMessage> of(String callId) {
        return messages.stream()
                .filter(recent -> recent.callId.equals(callId))
                .map(Recent::message)
                .toList();
    }
}
