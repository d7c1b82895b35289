package io.siprec.server.internal.call;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.server.SiprecListener;
import io.siprec.server.internal.findings.FindingLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each finding of one call once, and its code once to the log. A session's findings only become more. */
final class FindingEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FindingEvents.class);

    private int handedOver; // loop thread only
    private int told; // listeners' thread only, as are the codes
    private final Set<String> logged = new HashSet<>();

    /** Hands over what is new in this state of the session; what finds the queue full goes with the next state. */
    void look(RecordingSession session, SessionEvents events) {
        if (session.findings().size() > handedOver && events.found(session, this)) {
            handedOver = session.findings().size();
        }
    }

    /** Called by {@code events} later, with the newest state that was handed over. */
    void tell(RecordingSession session, List<SiprecListener> listeners, FindingLog log) {
        while (told < session.findings().size()) {
            Finding finding = session.findings().get(told++);
            if (logged.add(finding.code())) {
                log.add(session, finding);
            }
            listeners.forEach(listener -> tell(listener, session, finding));
        }
    }

    /** A listener that fails has had this finding; it does not cost the others theirs. */
    private static void tell(SiprecListener listener, RecordingSession session, Finding finding) {
        try {
            listener.onFinding(session, finding);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on a finding", e);
        }
    }
}
