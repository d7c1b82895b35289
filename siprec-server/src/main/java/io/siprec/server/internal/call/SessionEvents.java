package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.server.SiprecListener;
import io.siprec.server.internal.findings.FindingLog;
import io.siprec.server.internal.work.KeyedWorker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Tells the application's listeners what happens, on a thread of their own. */
public final class SessionEvents implements AutoCloseable {
    private static final int KINDS = 3; // of events that each listener hears, beside the findings

    private final List<SiprecListener> listeners;
    private final KeyedWorker worker;
    private final FindingLog findingLog = new FindingLog(); // the worker's thread only

    public SessionEvents(List<SiprecListener> listeners, int maxSessions) {
        this.listeners = List.copyOf(listeners);
        this.worker = new KeyedWorker("siprec-listeners", maxSessions * (KINDS * listeners.size() + 1));
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

    void ended(RecordingSession session) {
        tell("ended", session, SiprecListener::onSessionEnded);
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

    private void tell(String kind, RecordingSession session, BiConsumer<SiprecListener, RecordingSession> event) {
        for (SiprecListener listener : listeners) {
            worker.submit(new EventKey(kind, session.id(), listener), () -> event.accept(listener, session));
        }
    }

    private record FindingsKey(SessionId id) {}

    private record EventKey(String kind, SessionId id, SiprecListener listener) {}
}
