package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.rtp.RecordedStream;
import io.siprec.server.ControlResult;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.capture.CallCapture;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.server.internal.media.CallStream;
import io.siprec.server.internal.rules.CallWatch;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One recording session, from its INVITE to the end of its dialog (RFC 7866). Thread of its loop only. */
final class RecordingCall implements DialogListener {
    private final CallServices services;
    private final SipLoop loop;
    private final Consumer<RecordingCall> onEnded;
    private final CallState state;
    private final CallMedia media;
    private final CallWatch watch;
    private final SnapshotRequests snapshots;
    private final CallBodies bodies;
    private final LateOffer lateOffer;
    private final InDialogRequests requests;
    private final CallControl control;
    private final Termination termination = new Termination();
    private SipDialog dialog; // null until the INVITE was accepted

    /** @param neighbour is told a link for each session that belongs to the same call */
    RecordingCall(
            CallServices services,
            ServerInvite invite,
            Consumer<RecordingCall> onEnded,
            BiConsumer<SessionId, SessionLink> neighbour) {
        this.services = services;
        this.loop = invite.loop();
        this.onEnded = onEnded;
        this.state = new CallState(services, invite, neighbour);
        this.media = state.media();
        CallFindings findings = state.findings();
        String localHost = invite.localContactHost();
        this.watch = new CallWatch(
                loop,
                services.rules(),
                new CallUnderRules(() -> dialog, media, findings, this::terminate, this::changed));
        this.snapshots = new SnapshotRequests(() -> dialog, findings, this::answered);
        this.bodies =
                new CallBodies(services, state.parts(), state.metadata(), state.attributes(), findings, snapshots);
        this.lateOffer = new LateOffer(media, findings, localHost, this::endUnanswered);
        this.requests = new InDialogRequests(bodies, media, lateOffer, findings, localHost, this::changed);
        this.control = new CallControl(() -> dialog, media, localHost, findings, requests::onAnswered, this::changed);
    }

    /** The loop that owns the call. Any thread. */
    SipLoop loop() {
        return loop;
    }

    SessionId id() {
        return state.id();
    }

    /** Before the start: the application is not ready, nothing is recorded until it resumes the session. */
    void notReady() {
        media.pauseAll();
    }

    /** Answers the INVITE with 200 and begins to record; on a refusal nothing is left behind. */
    void start(ServerInvite invite, SessionBody body) throws Refusal {
        state.capture(invite);
        try {
            answer(invite, body);
        } catch (Refusal | RuntimeException e) {
            state.capture().ifPresent(CallCapture::discard);
            throw e;
        }
        watch.begin();
        heard(invite.request());
        services.recognition().oddity(invite.request(), body).ifPresent(state.findings()::add);
        bodies.take(invite.request(), body);
        state.started(dialog);
        endIfUnreadable();
    }

    private void answer(ServerInvite invite, SessionBody body) throws Refusal {
        byte[] description = body.sdp().isPresent()
                ? media.answer(body.sdp().get().description(), invite.localContactHost())
                : lateOffer.begin(invite.request());
        try {
            dialog = invite.accept(OwnMessages.HEADERS, OwnMessages.sdp(description), this);
        } catch (RuntimeException e) {
            media.abandon();
            throw e;
        }
    }

    /** Ends the call from our side. */
    void terminate(EndCause cause, String text) {
        if (dialog != null) { // a refused call has none
            end(cause, Reason.sip(200, text));
        }
    }

    /** The same, for the application that wants to hear of the end. */
    void terminate(String text, Consumer<ControlResult> asker) {
        termination.await(asker);
        terminate(EndCause.OPERATOR, text);
    }

    private void endUnanswered() {
        end(EndCause.UNUSABLE_ANSWER, Reason.sip(488, "No usable answer to our offer"));
    }

    private void end(EndCause cause, Reason reason) {
        watch.end();
        termination.request(dialog, cause, reason);
    }

    /** Pauses, resumes and drops streams. */
    CallControl control() {
        return control;
    }

    /** A stream that the call has or had. */
    Optional<RecordedStream> stream(int number) {
        return media.streams().stream()
                .filter(stream -> stream.number() == number)
                .map(CallStream::recorded)
                .findFirst();
    }

    /** Asks the SRC for a complete metadata document (RFC 7866 §9.2). */
    void requestSnapshot(Consumer<ControlResult> asker) {
        snapshots.request(asker);
    }

    private void heard(SipRequest request) {
        watch.heard();
        snapshots.heard(request);
    }

    @Override
    public void onReinvite(ServerInvite invite) {
        heard(invite.request());
        requests.onReinvite(invite, this);
    }

    @Override
    public void onRequest(ServerRequest request) {
        heard(request.request());
        if (request.request().method().equals("UPDATE")) {
            requests.onUpdate(request);
        } else {
            request.refuseMethod();
        }
    }

    @Override
    public void onAck(SipRequest ack) {
        requests.onAck(ack);
        snapshots.onAcknowledged();
        control.onAcknowledged();
    }

    @Override
    public Optional<SipBody> sessionDescription() {
        return Optional.of(OwnMessages.sdp(media.currentDescription()));
    }

    @Override
    public void onEnded(DialogEnd end) {
        end.bye().ifPresent(bye -> bodies.takeUnrefusable(bye, "BYE")); // how the recorded call ended (RFC 8068 §3.2.4)
        snapshots.end();
        watch.end();
        control.end();
        RecordingSession session = state.ending(dialog, end.bye(), termination.over(end.cause()));
        onEnded.accept(this);
        new CallFinish(
                        services,
                        session,
                        media,
                        state.kept(),
                        state.findingEvents(),
                        state.telephoneEvents(),
                        state.capture())
                .begin();
    }

    /** The final response to a request of ours, if any came; some SRCs put metadata into a 2xx. */
    private void answered(Optional<SipResponse> response) {
        response.filter(SipResponse::success).ifPresent(ok -> bodies.takeUnforeseen(ok, "response"));
        changed();
    }

    /** Another session has found that it belongs to the same call. */
    void linked(SessionLink link) {
        if (state.linked(link) && dialog != null && !dialog.ended()) {
            changed();
        }
    }

    private void changed() {
        state.changed(dialog);
        endIfUnreadable();
    }

    private void endIfUnreadable() {
        if (state.metadata().endsSession()) {
            terminate(EndCause.METADATA_ERROR, "Unreadable metadata");
        }
    }
}
