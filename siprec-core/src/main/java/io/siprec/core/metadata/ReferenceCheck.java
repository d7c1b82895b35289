package io.siprec.core.metadata;

import io.siprec.core.internal.Findings;
import java.util.HashSet;
import java.util.Set;

/** Counts what a complete document refers to and does not define; no error (RFC 7866 §9.2), but worth knowing. */
final class ReferenceCheck {
    private final Set<String> defined = new HashSet<>();
    private int unknown;

    private ReferenceCheck() {}

    static void report(RecordingMetadata metadata, Findings findings) {
        ReferenceCheck check = new ReferenceCheck();
        metadata.groups().forEach(one -> check.defined.add(one.id()));
        metadata.sessions().forEach(one -> check.defined.add(one.id()));
        metadata.participants().forEach(one -> check.defined.add(one.id()));
        metadata.streams().forEach(one -> check.defined.add(one.id()));
        check.count(metadata);
        if (check.unknown == 0) return;
        findings.info(
                "metadata-unknown-reference",
                "RFC 7865 §6.10",
                check.unknown + " references to ids that the document does not define");
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
