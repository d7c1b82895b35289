package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What waits to be sent on a connection: messages until its layer takes them, then bytes until the socket does. */
final class SendQueue {
    private final Deque<ByteBuffer> messages = new ArrayDeque<>(2);
    private final Deque<ByteBuffer> wire = new ArrayDeque<>(2);
    private final Counters counters;
    private long bytes;

    SendQueue(Counters counters) {
        this.counters = counters;
    }

    private void grow(long by) {
        bytes += by;
        counters.add(Counters.Name.UNSENT_BYTES, by);
    }

    /** How many bytes wait. */
    long bytes() {
        return bytes;
    }

    boolean empty() {
        return messages.isEmpty() && wire.isEmpty();
    }

    boolean wireEmpty() {
        return wire.isEmpty();
    }

    void addMessage(ByteBuffer message) {
        grow(message.remaining());
        messages.add(message);
    }

    /** The next message for the layer, or null. */
    ByteBuffer takeMessage() {
        ByteBuffer first = messages.poll();
        if (first != null) {
            grow(-first.remaining());
        }
        return first;
    }

    void addWire(ByteBuffer encoded) {
        grow(encoded.remaining());
        wire.add(encoded);
    }

    /** Writes what the socket takes. */
    void writeTo(WritableByteChannel channel) throws IOException {
        while (!wire.isEmpty()) {
            ByteBuffer first = wire.peek();
            grow(-channel.write(first));
            if (first.hasRemaining()) {
                return;
            }
            wire.remove();
        }
    }

    void clear() {
        messages.clear();
        wire.clear();
        grow(-bytes);
    }
}
