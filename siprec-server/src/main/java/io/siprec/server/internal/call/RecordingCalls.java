package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.SessionLink;
import io.siprec.rtp.AudioTap;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.spi.AudioSink;
import io.siprec.server.CallDecision;
import io.siprec.server.ControlResult;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.policy.PolicyDesk;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.Header;
import io.siprec.sip.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes INVITEs and makes recording sessions of them, each on the loop of its INVITE. Any thread. */
public final class RecordingCalls implements SipApplication {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingCalls.class);
    private static final int RETRY_AFTER_SECONDS = 10;
    private static final Header RETRY_LATER = new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));

    private final CallServices services;
    private final PolicyDesk policy;
    private final Map<SessionId, RecordingCall> calls = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public RecordingCalls(CallServices services, PolicyDesk policy) {
        this.services = services;
        this.policy = policy;
    }

    @Override
    public void onInvite(ServerInvite invite) {
        if (!services.sessions().reserve()) {
            reject(invite, new Refusal(503, "Too Many Recording Sessions", RETRY_LATER));
            return;
        }
        boolean asked = false;
        try {
            requireTls(invite);
            SessionBody body = services.recognition().body(invite.request());
            services.recognition().check(invite.request(), body);
            asked = true; // from here on the place is settled by the decision
            policy.ask(
                    invite, () -> CallRequests.of(services, invite, body), decision -> decided(invite, body, decision));
        } catch (Refusal refusal) {
            reject(invite, refusal);
        } finally {
            if (!asked) {
                services.sessions().release();
            }
        }
    }

    /** Where the operator wants secure calls only: whoever reads the signalling knows who is recorded (RFC 7866 §12). */
    private void requireTls(ServerInvite invite) throws Refusal {
        boolean wanted = services.media().security().secureOnly();
        if (wanted && invite.source().transport() != Transport.TLS) {
            throw new Refusal(403, "Calls Are Recorded over TLS Only");
        }
    }

    /** The SRC may have given up meanwhile: then there is no decision, or nothing to answer any more. */
    private void decided(ServerInvite invite, SessionBody body, Optional<CallDecision> decision) {
        try {
            settle(invite, body, decision);
        } catch (Refusal refusal) {
            reject(invite, refusal);
        } catch (RuntimeException e) {
            LOG.error("An INVITE could not be taken", e);
            reject(invite, new Refusal(500, "Server Internal Error"));
        }
    }

    /** Whatever comes of it, the INVITE's place is taken by its session or free before it is answered with a refusal. */
    private void settle(ServerInvite invite, SessionBody body, Optional<CallDecision> decision) throws Refusal {
        RecordingCall call = new RecordingCall(services, invite, ended -> calls.remove(ended.id()), this::linked);
        try {
            if (decision.isPresent() && invite.pending()) {
                record(call, invite, body, decision.get());
            }
        } finally {
            if (!services.sessions().settle(call.id())) {
                calls.remove(call.id());
            }
        }
    }

    private void record(RecordingCall call, ServerInvite invite, SessionBody body, CallDecision decision)
            throws Refusal {
        if (!decision.accepted()) {
            throw new Refusal(decision.status(), decision.reason());
        }
        if (closing) {
            throw new Refusal(503, "Recorder Shuts Down", RETRY_LATER);
        }
        if (decision.paused()) {
            call.notReady();
        }
        calls.put(call.id(), call); // first, so that whoever hears of its start can end it
        call.start(invite, body);
    }

    private static void reject(ServerInvite invite, Refusal refusal) {
        invite.reject(refusal.status(), refusal.getMessage(), refusal.headers().toArray(Header[]::new));
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
        if (!call.loop().execute(() -> ask(call, asker, action))) {
            return CompletableFuture.completedFuture(ControlResults.notPossible("the server is too busy, or closed"));
        }
        return result;
    }

    /** The call may have ended while this waited for its loop: nobody in it would tell the asker any more. */
    private void ask(
            RecordingCall call,
            Consumer<ControlResult> asker,
            BiConsumer<RecordingCall, Consumer<ControlResult>> action) {
        if (calls.containsKey(call.id())) {
            action.accept(call, asker);
        } else {
            asker.accept(ControlResults.NO_SUCH_SESSION);
        }
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

    /** Taps a stream; fails when there is none. */
    public CompletionStage<AudioTap> tap(
            SessionId id, int stream, TapSettings settings, Executor executor, AudioSink sink) {
        RecordingCall call = calls.get(id);
        if (call == null) {
            return CompletableFuture.failedFuture(new NoSuchElementException("no session " + id));
        }
        CompletableFuture<AudioTap> result = new CompletableFuture<>();
        boolean accepted = call.loop().execute(() -> {
            try {
                AudioTap tap = call.stream(stream)
                        .orElseThrow(() -> new NoSuchElementException("no stream " + stream + " in session " + id))
                        .tap(settings, executor, sink);
                services.events().tell(() -> result.complete(tap));
            } catch (RuntimeException e) {
                services.events().tell(() -> result.completeExceptionally(e));
            }
        });
        return accepted
                ? result
                : CompletableFuture.failedFuture(new IllegalStateException("the server is too busy, or closed"));
    }

    /** Ends a call because the application wants it. */
    public CompletionStage<ControlResult> terminate(SessionId id, String text) {
        return ask(id, (call, asker) -> call.terminate(text, asker));
    }

    /** Ends all calls; the loops let no more in by now. */
    public void shutDown(List<SipLoop> loops) {
        closing = true;
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
}
