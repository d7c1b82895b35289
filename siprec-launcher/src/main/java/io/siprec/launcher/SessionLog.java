package io.siprec.launcher;

import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.server.RecordingReport;
import io.siprec.server.SiprecListener;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line when a recording starts and one when it ends. */
final class SessionLog implements SiprecListener {
    private static final Logger LOG = LoggerFactory.getLogger("siprec");

    private final Path recordingDirectory;

    SessionLog(Path recordingDirectory) {
        this.recordingDirectory = recordingDirectory;
    }

    @Override
    public void onSessionStarted(RecordingSession session) {
        LOG.info(
                "Recording {} started: {} streams from {} over {}",
                session.id(),
                session.streams().size(),
                session.peer().address(),
                session.peer().transport());
    }

    @Override
    public void onSessionEnded(RecordingSession session, RecordingReport report) {
        Duration length =
                Duration.between(session.startedAt(), session.endedAt().orElse(session.startedAt()));
        LOG.info(
                "Recording {} ended after {} s ({}), {}: {}",
                session.id(),
                length.toMillis() / 1000.0,
                session.endCause().map(EndCause::id).orElse("unknown"),
                report.completeness(),
                recordingDirectory.resolve(session.directory()));
    }
}
