package io.siprec.server.internal.call;

import io.siprec.core.Finding;
import io.siprec.core.metadata.DataMode;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.SessionParticipant;
import io.siprec.server.internal.call.SessionBody.MetadataDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the SRC has said about the recorded calls so far (RFC 7865). Loop thread only. */
final class CallMetadata {
    /** More documents than that are understood but not kept as files: a peer must not fill the disk with them. */
    private static final int MOST_FILES = 1000;

    /** Where a document's bytes go. */
    interface Archive {
        void keep(String name, byte[] document);
    }

    private final Archive archive;
    private final CallFindings findings;
    private final List<String> files = new ArrayList<>();
    private RecordingMetadata current; // null until a document could be read

    CallMetadata(Archive archive, CallFindings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** Takes documents in order: a complete one replaces what was known. True if any came. */
    boolean apply(List<MetadataDocument> documents) {
        for (MetadataDocument document : documents) {
            keep(document.raw());
            document.update().metadata().ifPresent(this::understand);
        }
        return !documents.isEmpty();
    }

    /** The names of the files kept, in order of arrival. */
    List<String> files() {
        return List.copyOf(files);
    }

    List<SessionParticipant> participants() {
        return current == null
                ? List.of()
                : current.participants().stream().map(CallMetadata::summary).toList();
    }

    /** The ids of the participants who are heard on the stream with this label. */
    List<String> senders(String label) {
        return current == null || label.isEmpty()
                ? List.of()
                : current.senders(label).stream().map(Participant::id).toList();
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

    private void understand(RecordingMetadata document) {
        if (document.dataMode() == DataMode.PARTIAL && current != null) {
            findings.add(Finding.warning(
                    "metadata-partial-not-merged",
                    "RFC 7865 §5",
                    "a partial metadata document was kept as a file but not merged"));
            return;
        }
        current = document;
    }

    private static SessionParticipant summary(Participant participant) {
        List<NameId> names = participant.nameIds();
        return names.isEmpty()
                ? new SessionParticipant(participant.id(), "", "")
                : new SessionParticipant(
                        participant.id(), names.get(0).aor(), names.get(0).name());
    }
}
