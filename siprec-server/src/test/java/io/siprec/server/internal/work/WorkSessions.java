package io.siprec.server.internal.work;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions to be saved. */
final class WorkSessions {
    private WorkSessions() {}

    static RecordingSession session(SessionId id, SessionState state) {
        SessionPeer peer = new SessionPeer("UDP", "127.0.0.1:5060", "<sip:a@b>", "<sip:c@d>", "sip:c@d", "");
        return new RecordingSession(
                id,
                "call-1",
                "local",
                "remote",
                state,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                peer,
                "1970/01/01/x",
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
