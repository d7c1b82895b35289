package io.siprec.server.internal.call;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.RecordedStream;
import io.siprec.rtp.StreamReport;
import io.siprec.server.RecordingReport;
import io.siprec.server.internal.capture.CallCapture;
import io.siprec.server.internal.capture.CaptureFinding;
import io.siprec.server.internal.files.KeptFiles;
import io.siprec.server.internal.files.Manifest;
import io.siprec.server.internal.files.MixRecord;
import io.siprec.server.internal.files.StreamRecord;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.server.internal.media.CallStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The end of a session, off the loop once begun: the files of all streams, the last manifest, the application's event,
 * and only then the store (design: a session that is in no store is complete on disk).
 */
final class CallFinish {
    private final CallServices services;
    private final RecordingSession session;
    private final CallMedia media;
    private final KeptFiles kept;
    private final FindingEvents findingEvents;
    private final TelephoneEventFeed telephoneEvents;
    private final Optional<CallCapture> capture;

    /** @param findingEvents of the call, whose loop is done with them */
    CallFinish(
            CallServices services,
            RecordingSession session,
            CallMedia media,
            KeptFiles kept,
            FindingEvents findingEvents,
            TelephoneEventFeed telephoneEvents,
            Optional<CallCapture> capture) {
        this.services = services;
        this.session = session;
        this.media = media;
        this.kept = kept;
        this.findingEvents = findingEvents;
        this.telephoneEvents = telephoneEvents;
        this.capture = capture;
    }

    /** Loop thread. */
    void begin() {
        Map<CallStream, CompletableFuture<StreamReport>> reports = new LinkedHashMap<>();
        media.streams().forEach(stream -> reports.put(stream, stream.close()));
        CompletableFuture.allOf(reports.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> finish(reports));
    }

    private void finish(Map<CallStream, CompletableFuture<StreamReport>> reports) {
        List<StreamReport> closed =
                reports.values().stream().map(CompletableFuture::join).toList();
        capture.ifPresentOrElse(
                call -> call.end().thenAccept(report -> mix(closed, Optional.of(report))),
                () -> mix(closed, Optional.empty()));
    }

    private void mix(List<StreamReport> closed, Optional<CaptureReport> captured) {
        services.mixes().make(session.id(), closed, mix -> finish(closed, captured, mix));
    }

    private void finish(List<StreamReport> reports, Optional<CaptureReport> captured, Optional<MixRecord> mix) {
        List<Finding> findings = new ArrayList<>(EndFindings.of(session, reports));
        captured.flatMap(CaptureFinding::of).ifPresent(findings::add);
        RecordingSession ended = ended(session, findings);
        RecordingReport report = services.metadataPolicy().report(reports);
        if (!telephoneEvents.isEmpty()) {
            services.events().heard(session, telephoneEvents); // a tone that lasted to the end
        }
        List<StreamRecord> streams = new ArrayList<>();
        for (StreamReport one : reports) {
            streams.add(new StreamRecord(
                    ended.streams().get(streams.size()), one.statistics(), one.events(), Optional.of(one)));
        }
        Manifest manifest = new Manifest(
                services.node(),
                ended,
                media.origin().wallClock(),
                streams,
                mix,
                services.captures().record(captured),
                kept);
        services.files().finalManifest(manifest, () -> {
            services.sessions().remove(ended.id());
            services.verdicts().add(report.completeness());
            findingEvents.look(ended, services.events());
            services.events().ended(ended, report);
            services.store().remove(ended.id());
        });
    }

    /** What the manifest says while streams are still being recorded. Loop thread. */
    static Manifest manifest(CallServices services, RecordingSession session, CallMedia media, KeptFiles kept) {
        List<StreamRecord> streams = new ArrayList<>();
        List<CallStream> calls = media.streams();
        for (int i = 0; i < calls.size(); i++) {
            RecordedStream recorded = calls.get(i).recorded();
            streams.add(new StreamRecord(
                    session.streams().get(i), recorded.statistics(), recorded.events(), Optional.empty()));
        }
        return new Manifest(
                services.node(),
                session,
                media.origin().wallClock(),
                streams,
                Optional.empty(),
                services.captures().record(Optional.empty()),
                kept);
    }

    private static RecordingSession ended(RecordingSession s, List<Finding> findings) {
        return new RecordingSession(
                s.id(),
                s.callId(),
                s.localTag(),
                s.remoteTag(),
                SessionState.ENDED,
                s.startedAt(),
                s.endedAt(),
                s.endCause(),
                s.peer(),
                s.directory(),
                s.attributes(),
                s.metadata(),
                s.communicationSessions(),
                s.participants(),
                s.streams(),
                s.links(),
                findings);
    }
}
