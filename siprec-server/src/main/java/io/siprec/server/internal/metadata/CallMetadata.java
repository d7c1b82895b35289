package io.siprec.server.internal.metadata;

import io.siprec.core.Finding;
import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.DataMode;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionParticipant;
import io.siprec.server.internal.body.SessionBody.MetadataDocument;
import io.siprec.server.internal.findings.CallFindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the SRC has said about the recorded calls so far (RFC 7865). Loop thread only. */
public final class CallMetadata {
    /** More documents than that are understood but not kept as files: a peer must not fill the disk with them. */
    private static final int MOST_FILES = 1000;

    /** Where a document's bytes go. */
    public interface Archive {
        void keep(String name, byte[] document);
    }

    private final Archive archive;
    private final CallFindings findings;
    private final List<String> files = new ArrayList<>();
    private RecordingMetadata current; // null until a document could be read
    private Instant currentSince; // likewise

    public CallMetadata(Archive archive, CallFindings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** Takes documents in order: a complete one replaces what was known. True if any came. */
    public boolean apply(List<MetadataDocument> documents, Instant arrivedAt) {
        for (MetadataDocument document : documents) {
            keep(document.raw());
            document.update().metadata().ifPresent(metadata -> understand(metadata, arrivedAt));
        }
        return !documents.isEmpty();
    }

    /** Whether there is a document that says only what changed, and no complete one that it changes (RFC 7866 §9.1). */
    public boolean wantsSnapshot() {
        return current != null && current.dataMode() == DataMode.PARTIAL;
    }

    /** The names of the files kept, in order of arrival. */
    public List<String> files() {
        return List.copyOf(files);
    }

    public List<SessionParticipant> participants() {
        return current == null
                ? List.of()
                : current.participants().stream().map(this::summary).toList();
    }

    /** Who is heard on the stream with this label. */
    public List<Attribution> attributions(String label) {
        return current == null || label.isEmpty()
                ? List.of()
                : current.senders(label).stream().map(this::proven).toList();
    }

    private Attribution proven(Participant sender) {
        return new Attribution(sender.id(), Attribution.Grade.PROVEN, currentSince, Optional.empty());
    }

    private void keep(byte[] document) {
        if (files.size() >= MOST_FILES) {
            findings.add(Finding.warning(
                    "metadata-too-many",
                    "",
                    "more than " + MOST_FILES + " metadata documents came; later ones are not kept as files"));
            return;
        }
        String name = String.format(Locale.ROOT, "metadata-%04d.xml", files.size() + 1);
        files.add(name);
        archive.keep(name, document);
    }

    private void understand(RecordingMetadata document, Instant arrivedAt) {
        if (document.dataMode() == DataMode.PARTIAL && current != null) {
            findings.add(Finding.warning(
                    "metadata-partial-not-merged",
                    "RFC 7865 §5",
                    "a partial metadata document was kept as a file but not merged"));
            return;
        }
        current = document;
        currentSince = arrivedAt;
    }

    private SessionParticipant summary(Participant participant) {
        List<Attendance> attendances = current.participantSessions().stream()
                .filter(one -> one.participantId().equals(participant.id()))
                .map(one -> new Attendance(
                        one.sessionId(), one.associateTime().orElse(currentSince), one.disassociateTime()))
                .toList();
        return new SessionParticipant(participant.id(), participant.nameIds(), attendances);
    }

    /** The recorded calls. */
    public List<RecordedCs> communicationSessions() {
        return current == null
                ? List.of()
                : current.sessions().stream().map(this::summary).toList();
    }

    private RecordedCs summary(CommunicationSession session) {
        return new RecordedCs(
                session.id(),
                session.groupRef().orElse(""),
                session.sipSessionIds(),
                session.startTime().orElse(currentSince),
                session.stopTime(),
                session.reasons().stream()
                        .map(CommunicationSession.Reason::text)
                        .toList());
    }
}
