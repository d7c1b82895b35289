package io.siprec.server;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.TelephoneEvent;

/**
 * What an application hears of recording sessions. Calls come one at a time on the server's listener thread, in order
 * for each session; they may block, which delays later events but no recording. Of several changes that wait, only the
 * newest is told.
 */
public interface SiprecListener {
    /** The INVITE was answered with 200; packets are recorded from now on. */
    default void onSessionStarted(RecordingSession session) {}

    /** The streams, the participants or the findings of the session changed, or its dialog ended. */
    default void onSessionChanged(RecordingSession session) {}

    /**
     * Something odd was found and recorded all the same; {@code docs/findings.md} explains each code. Each finding of a
     * session is told once, after {@link #onSessionStarted} and before {@link #onSessionEnded}.
     *
     * @param session as it was when it had the finding, or later
     */
    default void onFinding(RecordingSession session, Finding finding) {}

    /**
     * A key was pressed, or another telephone event told (RFC 4733). Each is told once: at its end, or when packets have told of
     * it no more for half a second; of a stream the first 1,000. Before {@link #onSessionEnded}.
     *
     * @param session as it was then, or later
     * @param stream the number of the stream
     * @param event without its code where the server masks keys
     */
    default void onTelephoneEvent(RecordingSession session, int stream, TelephoneEvent event) {}

    /** All files of the session are final. */
    default void onSessionEnded(RecordingSession session) {}

    /**
     * The same, with the verdict on the recording and the report on each stream. Who overrides this one has the other one
     * called no more.
     */
    default void onSessionEnded(RecordingSession session, RecordingReport report) {
        onSessionEnded(session);
    }
}
