package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.core.sdp.ParsedSdp;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.Optional;

/**
 * The SRC's requests that change a session: re-INVITE and UPDATE, treated alike (RFC 7866 §9.1). One that can't be taken
 * leaves media, metadata and answer as they were (RFC 3261 §14.2). Loop thread only.
 */
final class InDialogRequests {
    private final CallBodies bodies;
    private final CallMedia media;
    private final LateOffer lateOffer;
    private final CallFindings findings;
    private final String localHost;
    private final Runnable changed;

    InDialogRequests(
            CallBodies bodies,
            CallMedia media,
            LateOffer lateOffer,
            CallFindings findings,
            String localHost,
            Runnable changed) {
        this.bodies = bodies;
        this.media = media;
        this.lateOffer = lateOffer;
        this.findings = findings;
        this.localHost = localHost;
        this.changed = changed;
    }

    void onReinvite(ServerInvite invite, DialogListener listener) {
        try {
            Optional<byte[]> answer = take(invite.request());
            byte[] description = answer.isPresent() ? answer.get() : lateOffer.repeat(invite.request());
            invite.accept(OwnMessages.HEADERS, OwnMessages.sdp(description), listener);
        } catch (Refusal refusal) {
            invite.reject(
                    refusal.status(), refusal.getMessage(), refusal.headers().toArray(Header[]::new));
            refused("re-INVITE", refusal);
        }
        changed.run();
    }

    void onUpdate(ServerRequest update) {
        try {
            Optional<SipBody> answer = take(update.request()).map(OwnMessages::sdp);
            update.respond(200, "OK", OwnMessages.HEADERS, answer);
        } catch (Refusal refusal) {
            update.respond(refusal.status(), refusal.getMessage(), refusal.headers(), Optional.empty());
            refused("UPDATE", refusal);
        }
        changed.run();
    }

    /** The ACK of a 2xx of ours: the answer, where the offer was ours. Some SRCs put metadata there too. */
    void onAck(SipRequest ack) {
        Optional<SessionDescription> description = answer(bodies.takeUnforeseen(ack, "ACK"));
        if (lateOffer.awaits(ack)) {
            lateOffer.onAnswer(description);
        } else if (description.isPresent()) {
            findings.add(
                    FindingCode.ACK_SDP_UNEXPECTED, "an ACK brought a session description where no offer was open");
        } else if (ack.bodyLength() == 0) {
            return;
        }
        changed.run();
    }

    /** A 2xx to a re-INVITE of ours: the answer to our offer. */
    void onAnswered(SipResponse response) {
        Optional<SessionDescription> answer = answer(bodies.takeUnforeseen(response, "response"));
        if (answer.isPresent()) {
            media.acceptAnswer(answer.get());
        } else {
            media.rollback();
            findings.add(FindingCode.OWN_OFFER_UNANSWERED, "the 2xx to a re-INVITE of ours has no answer");
        }
    }

    /** One without m-lines answers nothing, and takes no stream away. */
    private static Optional<SessionDescription> answer(Optional<SessionBody> body) {
        return body.flatMap(SessionBody::sdp)
                .map(ParsedSdp::description)
                .filter(description -> !description.media().isEmpty());
    }

    /** Applies the offer, then the metadata; the answer, if there was an offer. */
    private Optional<byte[]> take(SipRequest request) throws Refusal {
        SessionBody body = bodies.read(request);
        Optional<byte[]> answer = Optional.empty();
        if (body.sdp().isPresent()) {
            media.rollback(); // ours was refused by then, and its next try is made anew
            answer = Optional.of(media.answer(body.sdp().get().description(), localHost));
        }
        bodies.take(request, body);
        return answer;
    }

    private void refused(String method, Refusal refusal) {
        findings.add(
                FindingCode.CHANGE_REFUSED,
                "a change by " + method + " was refused with " + refusal.status() + " (" + refusal.getMessage() + ")");
    }
}
