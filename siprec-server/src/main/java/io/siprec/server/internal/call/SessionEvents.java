package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.server.RecordingReport;
import io.siprec.server.SiprecListener;
import io.siprec.server.internal.findings.FindingLog;
import io.siprec.server.internal.work.KeyedWorker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's listeners what happens, on a thread of their own. */
public final class SessionEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);
    private static final int KINDS = 3; // of events that each listener hears, beside findings and telephone events

    private final List<SiprecListener> listeners;
    private final KeyedWorker worker;
    private final FindingLog findingLog = new FindingLog(); // the worker's thread only

    public SessionEvents(List<SiprecListener> listeners, int maxSessions) {
        this.listeners = List.copyOf(listeners);
        this.worker = new KeyedWorker("siprec-listeners", maxSessions * (KINDS * listeners.size() + 2));
    }

    public void start() {
        worker.start();
    }

    void started(RecordingSession session) {
        tell("started", session, SiprecListener::onSessionStarted);
    }

    void changed(RecordingSession session) {
        tell("changed", session, SiprecListener::onSessionChanged);
    }

    /** Has the new findings told; false when the queue is full. */
    boolean found(RecordingSession session, FindingEvents findings) {
        return worker.submit(new FindingsKey(session.id()), () -> findings.tell(session, listeners, findingLog));
    }

    /** Has the telephone events told that wait. */
    void heard(RecordingSession session, TelephoneEventFeed feed) {
        worker.submit(new EventsKey(session.id()), () -> feed.tell(session, listeners));
    }

    void ended(RecordingSession session, RecordingReport report) {
        if (!tell("ended", session, (listener, ended) -> listener.onSessionEnded(ended, report))) {
            LOG.warn("The end of session {} is not told: a listener is too slow for that many sessions", session.id());
        }
    }

    /** Runs code of the application on the same thread, after the events before it; elsewhere when the queue is full. */
    void tell(Runnable callback) {
        if (!worker.submit(new Object(), callback)) {
            CompletableFuture.runAsync(callback);
        }
    }

    @Override
    public void close() {
        worker.close();
    }

    private boolean tell(String kind, RecordingSession session, BiConsumer<SiprecListener, RecordingSession> event) {
        boolean all = true;
        for (SiprecListener listener : listeners) {
            all &= worker.submit(new EventKey(kind, session.id(), listener), () -> event.accept(listener, session));
        }
        return all;
    }

    private record FindingsKey(SessionId id) {}

    private record EventsKey(SessionId id) {}

    private record EventKey(String kind, SessionId id, SiprecListener listener) {}
}
