package io.siprec.server.internal.call;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.rtp.StreamReport;
import io.siprec.server.internal.rules.StreamNames;
import java.util.ArrayList;
import java.util.List;

/** What is known of streams only when their files are closed. */
final class EndFindings {
    private EndFindings() {}

    /** The findings of a session with what its streams' reports add. */
    static List<Finding> of(RecordingSession session, List<StreamReport> reports) {
        List<Finding> findings = new ArrayList<>(session.findings());
        for (int i = 0; i < reports.size(); i++) {
            SessionStream stream = session.streams().get(i);
            StreamReport report = reports.get(i);
            String name = StreamNames.of(stream.number(), stream.label());
            long dropped = report.socketDrops().orElse(0);
            if (dropped > 0) {
                findings.add(Finding.of(
                        FindingCode.RTP_DROPPED_BY_SYSTEM,
                        "the system dropped " + dropped + " packets for " + name + ", whose socket's buffer was full"));
            }
            notWritten(findings, name, report);
        }
        return findings;
    }

    /** Unless it was told while the call went on. */
    private static void notWritten(List<Finding> findings, String name, StreamReport report) {
        boolean queueFull = report.statistics().droppedByQueue() > 0;
        if (!queueFull && report.error().isEmpty()) {
            return;
        }
        boolean told = findings.stream()
                .anyMatch(one -> one.code().equals(FindingCode.AUDIO_NOT_WRITTEN.id())
                        && one.text().startsWith(StreamNames.notWritten(name)));
        if (!told) {
            findings.add(Finding.of(FindingCode.AUDIO_NOT_WRITTEN, StreamNames.notWritten(name, queueFull)));
        }
    }
}
