package io.siprec.server;

import io.siprec.core.session.Attribution;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.core.session.SessionStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a test compares of a session, in words: people by the user part of their address, lines by their label. */
final class SessionViews {
    private SessionViews() {}

    /** "alice": the user part of the participant's first address. */
    static String who(SessionParticipant participant) {
        return participant
                .aor()
                .replaceFirst("^sips?:", "")
                .replaceFirst("@.*", "")
                .toLowerCase(Locale.ROOT);
    }

    static String who(RecordingSession session, String participantId) {
        return session.participants().stream()
                .filter(one -> one.id().equals(participantId))
                .map(SessionViews::who)
                .findFirst()
                .orElse("?");
    }

    static SessionParticipant participant(RecordingSession session, String who) {
        return session.participants().stream()
                .filter(one -> who(one).equals(who))
                .findFirst()
                .orElseThrow(() -> new AssertionError(who + " is not among " + session.participants()));
    }

    static SessionStream stream(RecordingSession session, String label) {
        return session.streams().stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stream " + label + " among " + session.streams()));
    }

    /** "alice proven, bob proven": who is heard on the stream now. */
    static String heard(RecordingSession session, String label) {
        return describe(session, stream(session, label).attributions(), false);
    }

    static String heard(RecordingSession session, SessionStream stream) {
        return describe(session, stream.attributions(), false);
    }

    /** The same with those who were heard before, oldest first: "alice proven (ended), carol proven". */
    static String heardEver(RecordingSession session, String label) {
        return describe(session, stream(session, label).attributions(), true);
    }

    private static String describe(RecordingSession session, List<Attribution> attributions, boolean ended) {
        return attributions.stream()
                .filter(one -> ended || one.to().isEmpty())
                .map(one -> who(session, one.participantId()) + " "
                        + one.grade().id() + (one.to().isPresent() ? " (ended)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Who is in a communication session now. */
    static List<String> present(RecordingSession session) {
        return session.participants().stream()
                .filter(one -> one.attendances().stream()
                        .anyMatch(attendance -> attendance.to().isEmpty()))
                .map(SessionViews::who)
                .sorted()
                .toList();
    }

    /** The recorded calls that go on. */
    static List<RecordedCs> running(RecordingSession session) {
        return session.communicationSessions().stream()
                .filter(one -> one.to().isEmpty())
                .toList();
    }

    static List<String> findings(RecordingSession session) {
        return session.findings().stream()
                .map(finding -> finding.code())
                .distinct()
                .toList();
    }
}
