package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.SessionLink;
import io.siprec.server.ControlResult;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.recognition.Recognition;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Takes INVITEs and makes recording sessions of them, each on the loop of its INVITE. Any thread. */
public final class RecordingCalls implements SipApplication {
    private static final int RETRY_AFTER_SECONDS = 10;
    private static final Header RETRY_LATER = new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));

    private static final Pattern ANSWER_TYPE =
            Pattern.compile("\\s*(\\*/\\*|application/(\\*|sdp))\\s*(;.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final CallServices services;
    private final Map<SessionId, RecordingCall> calls = new ConcurrentHashMap<>();

    public RecordingCalls(CallServices services) {
        this.services = services;
    }

    @Override
    public void onInvite(ServerInvite invite) {
        try {
            admit(invite);
        } catch (Refusal refusal) {
            invite.reject(
                    refusal.status(), refusal.getMessage(), refusal.headers().toArray(Header[]::new));
        }
    }

    /** Ends one call, on its loop. False if it is over, or its loop takes no more work. */
    public boolean terminate(SessionId id, EndCause cause, String text) {
        RecordingCall call = calls.get(id);
        return call != null && call.loop().execute(() -> call.terminate(cause, text));
    }

    /**
     * Asks something of a call, on its loop.
     *
     * @param action gets the call and what is to hear the result, on any thread
     */
    private CompletionStage<ControlResult> ask(
            SessionId id, BiConsumer<RecordingCall, Consumer<ControlResult>> action) {
        CompletableFuture<ControlResult> result = new CompletableFuture<>();
        Consumer<ControlResult> asker = value -> services.events().tell(() -> result.complete(value));
        RecordingCall call = calls.get(id);
        if (call == null) {
            return CompletableFuture.completedFuture(ControlResults.NO_SUCH_SESSION);
        }
        if (!call.loop().execute(() -> action.accept(call, asker))) {
            return CompletableFuture.completedFuture(ControlResults.notPossible("the server is too busy, or closed"));
        }
        return result;
    }

    /** Asks the SRC for a complete metadata document. */
    public CompletionStage<ControlResult> requestSnapshot(SessionId id) {
        return ask(id, RecordingCall::requestSnapshot);
    }

    /** Pauses a stream, or all of them. */
    public CompletionStage<ControlResult> pause(SessionId id, OptionalInt stream) {
        return ask(id, (call, asker) -> call.control().pause(stream, asker));
    }

    /** Resumes a stream, or all of them. */
    public CompletionStage<ControlResult> resume(SessionId id, OptionalInt stream) {
        return ask(id, (call, asker) -> call.control().resume(stream, asker));
    }

    /** Takes a stream out of its session. */
    public CompletionStage<ControlResult> dropStream(SessionId id, int stream) {
        return ask(id, (call, asker) -> call.control().drop(stream, asker));
    }

    /** Ends a call because the application wants it. */
    public CompletionStage<ControlResult> terminate(SessionId id, String text) {
        return ask(id, (call, asker) -> call.terminate(text, asker));
    }

    /** Ends all calls; the loops let no more in by now. */
    public void shutDown(List<SipLoop> loops) {
        loops.forEach(loop -> loop.execute(() -> endCallsOf(loop)));
    }

    /** A call that its loop let in before the server drained is in the table by now: both are this loop's work. */
    private void endCallsOf(SipLoop loop) {
        calls.values().stream()
                .filter(call -> call.loop() == loop)
                .forEach(call -> call.terminate(EndCause.SHUTDOWN, "Recorder shuts down"));
    }

    /** Tells a call of another one, on its own loop. */
    private void linked(SessionId id, SessionLink link) {
        RecordingCall call = calls.get(id);
        if (call != null) { // else it has ended: its manifest is final
            call.loop().execute(() -> call.linked(link));
        }
    }

    private void admit(ServerInvite invite) throws Refusal {
        RecordingCall call = new RecordingCall(services, invite, ended -> calls.remove(ended.id()), this::linked);
        if (!services.sessions().reserve()) {
            throw new Refusal(503, "Too Many Recording Sessions", RETRY_LATER);
        }
        try {
            record(call, invite);
        } finally {
            if (!services.sessions().settle(call.id())) {
                calls.remove(call.id());
            }
        }
    }

    private void record(RecordingCall call, ServerInvite invite) throws Refusal {
        SessionBody body = SessionBody.of(invite.request());
        if (!Recognition.isRecordingSession(invite.request(), body)) {
            throw stranger(invite.request());
        }
        calls.put(call.id(), call); // first, so that whoever hears of its start can end it
        call.start(invite, body);
    }

    /** Who takes no SDP could not read an answer either: that comes first (RFC 3261 §8.2.3). */
    private static Refusal stranger(SipRequest invite) {
        boolean takesSdp = invite.header("Accept").isEmpty()
                || invite.values("Accept").stream().anyMatch(ANSWER_TYPE.asMatchPredicate());
        return takesSdp
                ? Refusal.notAcceptable(
                        399, "not a recording session: no option tag siprec, feature tag +sip.src or metadata")
                : new Refusal(406, "Not Acceptable");
    }
}
