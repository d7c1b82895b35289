package io.siprec.server.internal.metadata;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.history.RecordedCalls;
import io.siprec.core.history.StreamLine;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionParticipant;
import io.siprec.server.internal.body.SessionBody.MetadataDocument;
import io.siprec.server.internal.files.KeptFiles.MetadataFile;
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
    private final MetadataPolicy policy;
    private final CallFindings findings;
    private final List<MetadataFile> files = new ArrayList<>();
    private final RecordedCalls calls = new RecordedCalls();
    private boolean documented; // a document came
    private boolean broken; // a document could not be read to its end
    private Optional<RecordingMetadata> signalled = Optional.empty();

    public CallMetadata(Archive archive, MetadataPolicy policy, CallFindings findings) {
        this.archive = archive;
        this.policy = policy;
        this.findings = findings;
    }

    /** Takes documents in order: a complete one replaces what was known, a partial one is merged into it. */
    public void apply(List<MetadataDocument> documents, Instant arrivedAt) {
        for (MetadataDocument document : documents) {
            documented = true;
            keep(document, arrivedAt);
            findings.addAll(calls.apply(document.update(), arrivedAt));
            broken |= !document.update().whole();
        }
    }

    /** Takes what the header of a request tells of the recorded call: as long as the SRC sends no documents. */
    public void describe(RecordingMetadata call, Instant arrivedAt) {
        if (!documented && !signalled.equals(Optional.of(call))) {
            signalled = Optional.of(call);
            calls.apply(new MetadataUpdate(signalled, List.of(), true), arrivedAt);
        }
    }

    /** Finds out who is heard where, after a message that changed metadata or lines. */
    public void attribute(List<StreamLine> lines, Instant now) {
        List<Finding> odd = calls.attribute(lines, now);
        if (documented) { // else there are no documents that anything could be odd about
            findings.addAll(odd);
        }
    }

    /** Whether metadata came that ends the session, as the server is set. */
    public boolean endsSession() {
        return broken && policy.endsOnErrors();
    }

    /** The call is over. */
    public void end(Instant now) {
        calls.end(now);
    }

    /** Whether the SRC speaks of what it has not explained, so that it should be asked for all of it (RFC 7866 §9.2). */
    public boolean wantsSnapshot() {
        return calls.wantsSnapshot();
    }

    /** The files kept, in order of arrival. */
    public List<MetadataFile> files() {
        return List.copyOf(files);
    }

    /** What the documents say together now. */
    public Optional<RecordingMetadata> known() {
        return policy.keepsNames() ? calls.known() : Optional.empty();
    }

    /** Those of the recorded calls, also who has left. */
    public List<SessionParticipant> participants() {
        return policy.participants(calls.participants());
    }

    /** The recorded calls, also those that are over. */
    public List<RecordedCs> communicationSessions() {
        return policy.communicationSessions(calls.communicationSessions());
    }

    /** Who was heard on the stream of that number. */
    public List<Attribution> attributions(int stream) {
        if (policy.keepsNames()) {
            return calls.attributions(stream);
        }
        List<SessionParticipant> participants = calls.participants();
        return calls.attributions(stream).stream()
                .map(one -> new Attribution(
                        policy.idOf(one.participantId(), participants), one.grade(), one.from(), one.to()))
                .toList();
    }

    private void keep(MetadataDocument document, Instant arrivedAt) {
        if (!policy.keepsNames()) {
            return;
        }
        if (files.size() >= MOST_FILES) {
            findings.add(FindingCode.METADATA_TOO_MANY, "more than " + MOST_FILES + " metadata documents came");
            return;
        }
        String name = String.format(Locale.ROOT, "metadata-%04d.xml", files.size() + 1);
        files.add(new MetadataFile(name, arrivedAt, mode(document)));
        archive.keep(name, document.raw());
    }

    private static String mode(MetadataDocument document) {
        return document.update()
                .metadata()
                .map(metadata -> metadata.dataMode().name().toLowerCase(Locale.ROOT))
                .orElse("unreadable");
    }
}
