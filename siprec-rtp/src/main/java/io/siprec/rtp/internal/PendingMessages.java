package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Messages of a capture that may never be needed. Bounded: the oldest give way, as the newest tell what is negotiated now.
 * Writer thread only.
 */
final class PendingMessages {
    static final int MOST_BYTES = 64 * 1024; // or one message

    private final Deque<ByteBuffer> messages = new ArrayDeque<>();
    private int bytes;
    private long lost;

    /** Keeps the blocks of one message. */
    void add(ByteBuffer blocks) {
        messages.add(blocks);
        bytes += blocks.remaining();
        while (bytes > MOST_BYTES && messages.size() > 1) {
            bytes -= messages.remove().remaining();
            lost++;
        }
    }

    /** Takes the oldest; null when there is none. */
    ByteBuffer poll() {
        ByteBuffer oldest = messages.poll();
        bytes -= oldest == null ? 0 : oldest.remaining();
        return oldest;
    }

    /** How many gave way since the last call. */
    long takeLost() {
        long taken = lost;
        lost = 0;
        return taken;
    }
}
