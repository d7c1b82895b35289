package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.Scheduler;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.trace.SipTrace.Direction;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Shows messages to the trace, if there is one. Loop thread only. */
final class Tracer {
    private final SipTrace trace; // null for none
    private final Scheduler clock;
    private final Counters counters;

    Tracer(Optional<SipTrace> trace, Scheduler clock, Counters counters) {
        this.trace = trace.orElse(null);
        this.clock = clock;
        this.counters = counters;
    }

    void received(byte[] message, Peer peer) {
        if (trace != null) {
            show(Direction.RECEIVED, message, peer);
        }
    }

    void sent(byte[] message, Peer peer) {
        if (trace != null) {
            show(Direction.SENT, message, peer);
        }
    }

    private void show(Direction direction, byte[] message, Peer peer) {
        try {
            trace.onMessage(direction, peer.source(), ByteBuffer.wrap(message).asReadOnlyBuffer(), clock.nanoTime());
        } catch (RuntimeException e) {
            counters.count(Counters.Name.LOOP_ERRORS);
        }
    }
}
