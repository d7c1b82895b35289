package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.HashSet;
import java.util.Set;

/** Counts what a document refers to and nobody defined; no error (RFC 7866 §9.2), but worth knowing. */
final class ReferenceCheck {
    private final Set<String> defined = new HashSet<>();
    private int unknown;

    private ReferenceCheck() {}

    /** Reports what a complete document leaves open. */
    static void report(RecordingMetadata metadata, Findings findings) {
        int unknown = unknown(metadata, metadata);
        if (unknown == 0) return;
        findings.add(
                FindingCode.METADATA_UNKNOWN_REFERENCE,
                unknown + " references to ids that the document does not define");
    }

    /** How many references of {@code document} lead to what {@code definitions} does not define; empty ones lead nowhere. */
    static int unknown(RecordingMetadata document, RecordingMetadata definitions) {
        ReferenceCheck check = new ReferenceCheck();
        check.defined.add("");
        definitions.groups().forEach(one -> check.defined.add(one.id()));
        definitions.sessions().forEach(one -> check.defined.add(one.id()));
        definitions.participants().forEach(one -> check.defined.add(one.id()));
        definitions.streams().forEach(one -> check.defined.add(one.id()));
        check.count(document);
        return check.unknown;
    }

    private void count(RecordingMetadata metadata) {
        metadata.sessions().forEach(one -> one.groupRef().ifPresent(this::refer));
        metadata.streams().forEach(one -> one.sessionId().ifPresent(this::refer));
        metadata.sessionRecordings().forEach(one -> refer(one.sessionId()));
        metadata.participantSessions().forEach(one -> {
            refer(one.participantId());
            refer(one.sessionId());
        });
        metadata.participantStreams().forEach(one -> {
            refer(one.participantId());
            one.send().forEach(this::refer);
            one.receive().forEach(this::refer);
        });
    }

    private void refer(String id) {
        if (!defined.contains(id)) unknown++;
    }
}
