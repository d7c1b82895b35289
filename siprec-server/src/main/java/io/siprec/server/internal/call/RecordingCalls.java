package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.EndCause;
import io.siprec.sip.OptionsAnswer;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes INVITEs and makes recording sessions of them. Loop thread only, except where said. */
public final class RecordingCalls implements SipApplication {
    private static final int RETRY_AFTER_SECONDS = 10;
    private static final Header RETRY_LATER = new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));

    private final CallServices services;
    private final Map<SessionId, RecordingCall> calls = new HashMap<>();
    private SipEndpoint endpoint; // set before the endpoint starts
    private boolean draining;

    public RecordingCalls(CallServices services) {
        this.services = services;
    }

    /** The endpoint that calls come from; to be set before it starts. */
    public void use(SipEndpoint sipEndpoint) {
        endpoint = sipEndpoint;
    }

    @Override
    public void onInvite(ServerInvite invite) {
        try {
            record(invite);
        } catch (Refusal refusal) {
            invite.reject(
                    refusal.status(), refusal.getMessage(), refusal.headers().toArray(Header[]::new));
        }
    }

    /** An SBC's ping is told what an INVITE would be (RFC 3261 §11.2). */
    @Override
    public OptionsAnswer onOptions(SipRequest request, MessageSource source) {
        return draining || full() ? OptionsAnswer.unavailable(RETRY_AFTER_SECONDS) : OptionsAnswer.ok();
    }

    /** Ends one call; nothing happens if it is over. */
    public void terminate(SessionId id, EndCause cause, String text) {
        RecordingCall call = calls.get(id);
        if (call != null) {
            call.terminate(cause, text);
        }
    }

    /** Takes no more calls and ends those that are. */
    public void shutDown() {
        draining = true;
        List.copyOf(calls.values()).forEach(call -> call.terminate(EndCause.SHUTDOWN, "Recorder shuts down"));
    }

    private boolean full() {
        return services.sessions().size() >= services.maxSessions();
    }

    private void record(ServerInvite invite) throws Refusal {
        if (draining) {
            throw new Refusal(503, "Shutting Down", RETRY_LATER);
        }
        if (full()) {
            throw new Refusal(503, "Too Many Recording Sessions", RETRY_LATER);
        }
        SessionBody body = SessionBody.of(invite.request());
        if (!Recognition.isRecordingSession(invite.request(), body)) {
            throw Refusal.notAcceptable(
                    399, "not a recording session: no option tag siprec, feature tag +sip.src or metadata");
        }
        RecordingCall call = new RecordingCall(services, endpoint, invite, ended -> calls.remove(ended.id()));
        call.start(invite, body);
        calls.put(call.id(), call);
    }
}
