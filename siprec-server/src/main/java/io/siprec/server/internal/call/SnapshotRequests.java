package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.core.metadata.SnapshotRequest;
import io.siprec.server.ControlResult;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks the SRC for a complete metadata document, by UPDATE and nothing else (RFC 7866 §9.2). The stack sends one that meets
 * a 491, or a 500, again; other refusals end the request and nothing else. Loop thread only.
 */
final class SnapshotRequests {
    /** In all: an SRC whose every answer leads to the next question is not asked for ever. */
    private static final int MOST_OF_OWN_ACCORD = 5;

    private static final String METHOD = "UPDATE";
    private static final String TYPE = "application/rs-metadata";
    private static final String DRAFT_TYPE = "application/rs-metadata-request";
    private static final Header DISPOSITION = new Header("Content-Disposition", "recording-session");

    private final Supplier<SipDialog> dialog;
    private final CallFindings findings;
    private final Consumer<Optional<SipResponse>> onAnswered;
    private final List<Consumer<ControlResult>> askers = new ArrayList<>(1);
    private String mediaType = TYPE;
    private boolean acknowledged;
    private Optional<String> wanted = Optional.empty(); // the reason of the next request; "" for none
    private boolean asking; // a request is out
    private boolean awaited; // a request is out or was taken, and no complete document has come since
    private boolean asked; // for what is missing at present, of our own accord
    private int ofOwnAccord;
    private boolean takesUpdate; // the SRC has said so, or sent one

    /**
     * @param dialog of the call, once there is one
     * @param onAnswered gets the SRC's final response, which may have a body; empty when none came
     */
    SnapshotRequests(Supplier<SipDialog> dialog, CallFindings findings, Consumer<Optional<SipResponse>> onAnswered) {
        this.dialog = dialog;
        this.findings = findings;
        this.onAnswered = onAnswered;
    }

    /**
     * A message of the SRC: its Accept says which of the media types it knows (RFC 8068 §3.2.1 has that of the drafts), its
     * Allow whether it takes the request at all.
     */
    void heard(SipMessage message) {
        takesUpdate |= message.values("Allow").stream().anyMatch(METHOD::equalsIgnoreCase)
                || message instanceof SipRequest request && request.method().equals(METHOD);
        List<String> types = message.values("Accept").stream()
                .map(value -> value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .toList();
        if (!types.isEmpty()) {
            mediaType = types.contains(DRAFT_TYPE) && !types.contains(TYPE) ? DRAFT_TYPE : TYPE;
        }
    }

    /** The dialog stands for the SRC too: an UPDATE that overtakes our 200 would meet a 481. */
    void onAcknowledged() {
        acknowledged = true;
        proceed();
    }

    /** A complete document has come: what is missing from now on is another matter. */
    void onComplete() {
        awaited = false;
        asked = false;
    }

    /**
     * Something is missing from what the SRC has told: it is asked for that once. Not where it never said that it takes UPDATE:
     * a request that gets no answer ends the dialog (RFC 3261 §12.2.1.2), and metadata must not cost a recording.
     */
    void onMissing(String reason) {
        if (takesUpdate && !asked && !asking && ofOwnAccord < MOST_OF_OWN_ACCORD && possible()) {
            asked = true;
            ofOwnAccord++;
            wanted = Optional.of(reason);
            proceed();
        }
    }

    /** Asks because the application wants it; when a request is out already, its result is that of this one too. */
    void request(Consumer<ControlResult> asker) {
        if (!possible()) {
            asker.accept(
                    ControlResults.notPossible("the SRC takes no UPDATE (RFC 3311 section 5.1), or the call ends"));
            return;
        }
        askers.add(asker);
        if (!asking) {
            wanted = Optional.of(wanted.orElse(""));
            proceed();
        }
    }

    /** The call is over. */
    void end() {
        if (awaited) {
            findings.add(
                    FindingCode.SNAPSHOT_NOT_SENT,
                    "the SRC took our request for a complete metadata document and never sent one");
        }
        tell(ControlResults.of(Optional.empty()));
    }

    private boolean possible() {
        return dialog.get().peerAllows(METHOD) && !dialog.get().ending();
    }

    private void proceed() {
        if (acknowledged && wanted.isPresent() && possible()) {
            SipBody body = new SipBody(mediaType, SnapshotRequest.write(wanted.get()));
            wanted = Optional.empty();
            asking = true;
            awaited = true;
            List<Header> headers = OwnMessages.requestHeaders(dialog.get(), DISPOSITION);
            dialog.get().request(METHOD, headers, Optional.of(body), this::onFinal);
        }
    }

    private void onFinal(Optional<SipResponse> response) {
        asking = false;
        ControlResult result = ControlResults.of(response);
        if (!result.achieved()) {
            awaited = false;
            findings.add(
                    FindingCode.SNAPSHOT_REFUSED,
                    "our request for a complete metadata document came to nothing: " + result.detail());
        }
        onAnswered.accept(response);
        tell(result);
    }

    private void tell(ControlResult result) {
        List<Consumer<ControlResult>> told = List.copyOf(askers);
        askers.clear();
        told.forEach(asker -> asker.accept(result));
    }
}
