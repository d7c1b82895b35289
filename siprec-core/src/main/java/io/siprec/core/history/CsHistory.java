package io.siprec.core.history;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.metadata.SessionRecordingAssociation;
import io.siprec.core.session.RecordedCs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The communication sessions of a recording session; one that a document no longer has is over. */
final class CsHistory {
    private static final int MAX_SESSIONS = 500;

    private final Map<String, RecordedCs> sessions = new LinkedHashMap<>();

    List<RecordedCs> list() {
        return List.copyOf(sessions.values());
    }

    void update(RecordingMetadata known, Instant arrivedAt, Findings findings) {
        Map<String, SessionRecordingAssociation> recordings = new HashMap<>();
        known.sessionRecordings().forEach(one -> recordings.put(one.sessionId(), one));
        Map<String, RecordedCs> now = new LinkedHashMap<>();
        for (CommunicationSession session : known.sessions()) {
            Optional<SessionRecordingAssociation> recording = Optional.ofNullable(recordings.get(session.id()));
            now.put(session.id(), view(session, recording, arrivedAt, findings));
        }
        sessions.replaceAll((id, before) -> now.containsKey(id) ? now.get(id) : ended(before, arrivedAt));
        now.forEach((id, session) -> add(session, findings));
    }

    void end(Instant now) {
        sessions.replaceAll((id, session) -> ended(session, now));
    }

    private void add(RecordedCs session, Findings findings) {
        if (sessions.size() < MAX_SESSIONS) sessions.putIfAbsent(session.id(), session);
        else if (!sessions.containsKey(session.id())) {
            findings.once(FindingCode.METADATA_HISTORY_FULL, "more than " + MAX_SESSIONS + " communication sessions");
        }
    }

    /** As the document says it; what a later document does not repeat, such as the group, is as it was. */
    private RecordedCs view(
            CommunicationSession session,
            Optional<SessionRecordingAssociation> recording,
            Instant arrivedAt,
            Findings findings) {
        RecordedCs before = sessions.get(session.id());
        Optional<Instant> said =
                recording.flatMap(SessionRecordingAssociation::associateTime).or(session::startTime);
        Optional<Instant> to =
                session.stopTime().or(() -> recording.flatMap(SessionRecordingAssociation::disassociateTime));
        Instant from = said.orElseGet(() -> before == null ? earlier(arrivedAt, to) : before.from());
        List<String> reasons = session.reasons().stream().map(CsHistory::text).toList();
        return new RecordedCs(
                session.id(),
                session.groupRef().orElse(before == null ? "" : before.groupId()),
                session.sipSessionIds().isEmpty() && before != null ? before.sipSessionIds() : session.sipSessionIds(),
                from,
                to.map(time -> Times.notBefore(from, time, findings)),
                reasons.isEmpty() && before != null ? before.reasons() : reasons);
    }

    /** A session that is told of only when it is over began some time before. */
    private static Instant earlier(Instant arrivedAt, Optional<Instant> to) {
        return to.filter(arrivedAt::isAfter).orElse(arrivedAt);
    }

    private static String text(CommunicationSession.Reason reason) {
        List<String> words = new ArrayList<>(List.of(reason.protocol()));
        reason.cause().ifPresent(cause -> words.add(Integer.toString(cause)));
        if (!reason.text().isEmpty()) words.add(reason.text());
        return String.join(" ", words);
    }

    private static RecordedCs ended(RecordedCs session, Instant now) {
        if (session.to().isPresent()) return session;
        Instant to = now.isBefore(session.from()) ? session.from() : now;
        return new RecordedCs(
                session.id(),
                session.groupId(),
                session.sipSessionIds(),
                session.from(),
                Optional.of(to),
                session.reasons());
    }
}
