package io.siprec.sip;

import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.MessageSource;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Two that see every message: what one does with the buffer, and a failure of it, is nothing to the other. */
record BothTraces(SipTrace first, SipTrace second) implements SipTrace {
    BothTraces {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }

    @Override
    public void onMessage(Direction direction, MessageSource source, ByteBuffer message, long nanoTime) {
        try {
            first.onMessage(direction, source, message.duplicate(), nanoTime);
        } finally {
            second.onMessage(direction, source, message.duplicate(), nanoTime);
        }
    }
}
