package io.siprec.server.internal.call;

import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.server.SiprecListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The telephone events of one call on their way to the application, each once and in order. */
final class TelephoneEventFeed {
    private static final Logger LOG = LoggerFactory.getLogger(TelephoneEventFeed.class);

    private final Queue<Heard> untold = new ConcurrentLinkedQueue<>(); // of each stream the first 1,000

    private record Heard(int stream, TelephoneEvent event) {}

    /** A media loop. */
    void add(int stream, TelephoneEvent event) {
        untold.add(new Heard(stream, event));
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** Tells what waits. Listeners' thread. */
    void tell(RecordingSession session, List<SiprecListener> listeners) {
        for (Heard heard = untold.poll(); heard != null; heard = untold.poll()) {
            for (SiprecListener listener : listeners) {
                tell(listener, session, heard);
            }
        }
    }

    private static void tell(SiprecListener listener, RecordingSession session, Heard heard) {
        try {
            listener.onTelephoneEvent(session, heard.stream, heard.event);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on a telephone event", e);
        }
    }
}
