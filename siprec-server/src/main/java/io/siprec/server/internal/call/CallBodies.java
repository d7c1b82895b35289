package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.core.attributes.CallAttributes;
import io.siprec.core.metadata.DataMode;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.KeptParts;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.body.SessionBody.MetadataDocument;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.metadata.CallMetadata;
import io.siprec.server.internal.recognition.Recognition;
import io.siprec.server.internal.recognition.SignalledCall;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import java.time.Clock;
import java.util.Optional;

/** Takes the metadata that the messages of a call carry, and notes what was odd about them. Loop thread only. */
final class CallBodies {
    private final CallMetadata metadata;
    private final CallAttributes attributes;
    private final CallFindings findings;
    private final SnapshotRequests snapshots;
    private final KeptParts parts;
    private final Recognition recognition;
    private final Clock clock;

    CallBodies(
            CallServices services,
            KeptParts parts,
            CallMetadata metadata,
            CallAttributes attributes,
            CallFindings findings,
            SnapshotRequests snapshots) {
        this.recognition = services.recognition();
        this.clock = services.clock();
        this.parts = parts;
        this.metadata = metadata;
        this.attributes = attributes;
        this.findings = findings;
        this.snapshots = snapshots;
    }

    /** Reads the body of a message, which may be refused for it. */
    SessionBody read(SipMessage message) throws Refusal {
        return recognition.body(message);
    }

    /** Takes what an accepted request tells of the recorded call, in its header and in its body. */
    void take(SipRequest request, SessionBody body) {
        attributes.addHeaders(AttributeHeaders.of(request));
        SignalledCall.in(request).ifPresent(call -> metadata.describe(call, clock.instant()));
        take(body);
    }

    private void take(SessionBody body) {
        findings.addAll(body.findings());
        parts.take(body.others());
        metadata.apply(body.metadata(), clock.instant());
        body.metadata().forEach(document -> document.update().metadata().ifPresent(attributes::addMetadata));
        if (body.metadata().stream().anyMatch(CallBodies::complete)) {
            snapshots.onComplete();
        }
        if (metadata.wantsSnapshot()) {
            snapshots.onMissing("metadata is missing");
        }
    }

    private static boolean complete(MetadataDocument document) {
        return document.update().whole()
                && document.update()
                        .metadata()
                        .filter(metadata -> metadata.dataMode() == DataMode.COMPLETE)
                        .isPresent();
    }

    /**
     * Takes what came in a message that can't be refused: what can't be read of it is a finding.
     *
     * @param kind of message, for a finding's text: {@code BYE}
     */
    Optional<SessionBody> takeUnrefusable(SipMessage message, String kind) {
        try {
            SessionBody body = SessionBody.ofUnrefusable(message);
            take(body);
            return Optional.of(body);
        } catch (Refusal refusal) {
            findings.add(
                    FindingCode.BODY_UNREADABLE,
                    "the body of the " + kind + " can't be read (" + refusal.getMessage() + ")");
            return Optional.empty();
        }
    }

    /** The same where no metadata is foreseen (RFC 7866 §9.1): it is taken, and noted. */
    Optional<SessionBody> takeUnforeseen(SipMessage message, String kind) {
        Optional<SessionBody> body = takeUnrefusable(message, kind);
        if (body.isPresent() && !body.get().metadata().isEmpty()) {
            findings.add(FindingCode.METADATA_UNFORESEEN, "metadata came where none is foreseen, in the " + kind);
        }
        return body;
    }
}
