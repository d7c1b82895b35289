package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.auth.DigestAuthenticator;
import io.siprec.sip.internal.auth.DigestAuthenticator.Refusal;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * Keeps requests out that don't prove who sent them: the first thing that a new request meets (RFC 3261 section 8.2). A
 * refusal goes out without a transaction (section 8.2.7), so that strangers fill no table. Loop thread only.
 */
final class AuthenticationGate {
    private final Context context;
    private final Optional<DigestAuthenticator> authenticator;

    AuthenticationGate(Context context) {
        this.context = context;
        this.authenticator = context.settings().authenticator();
    }

    /** Whether the request may not pass; it has its answer then. */
    boolean refuses(SipRequest request, Peer peer) {
        return authenticator.isPresent() && refuses(authenticator.get(), request, peer);
    }

    void publishGauges() {
        authenticator.ifPresent(judge -> context.counters().set(Counters.Name.NONCES, judge.rememberedNonces()));
    }

    private boolean refuses(DigestAuthenticator judge, SipRequest request, Peer peer) {
        Optional<Refusal> refusal;
        try {
            refusal = judge.check(request, peer.source());
        } catch (RuntimeException e) {
            context.counters().count(Counters.Name.LOOP_ERRORS);
            context.log().write(Level.ERROR, "the application failed to authenticate a request", e);
            answer(request, peer, judge.tag(request), 500, "Server Internal Error", List.of());
            return true;
        }
        refusal.ifPresent(why -> {
            note(why, request, peer);
            answer(request, peer, judge.tag(request), why.status(), why.reason(), why.headers());
        });
        return refusal.isPresent();
    }

    private void answer(SipRequest request, Peer peer, String tag, int status, String reason, List<Header> headers) {
        byte[] response = context.response(request, peer, status, reason, tag, headers, SipBody.none());
        context.transactions().pathOf(request, peer).send(response);
    }

    private void note(Refusal why, SipRequest request, Peer peer) {
        context.counters()
                .count(
                        switch (why.cause()) {
                            case NO_CREDENTIALS -> Counters.Name.DROPPED_NO_CREDENTIALS;
                            case STALE_NONCE -> Counters.Name.DROPPED_STALE_NONCE;
                            case WRONG_CREDENTIALS -> Counters.Name.DROPPED_WRONG_CREDENTIALS;
                            case WRONG_URI, MALFORMED -> Counters.Name.DROPPED_BAD_CREDENTIALS;
                        });
        switch (why.cause()) {
            case WRONG_CREDENTIALS -> log(request, peer, "wrong user or password");
            case WRONG_URI, MALFORMED -> log(request, peer, why.reason());
            case NO_CREDENTIALS, STALE_NONCE -> {} // the first step of a good call too
        }
    }

    private void log(SipRequest request, Peer peer, String why) {
        String method = Methods.known(request.method()) ? request.method() : "request";
        context.peers()
                .write(
                        Level.WARN,
                        peer.remote().getAddress(),
                        "{} from {} over {} refused: {}",
                        method,
                        peer.remote(),
                        peer.transport(),
                        why);
    }

    /** Whether this is the ACK of an INVITE that was refused here: it has our tag. */
    boolean ownsAck(SipRequest ack) {
        return authenticator
                .filter(judge -> ack.to().tag().filter(judge.tag(ack)::equals).isPresent())
                .isPresent();
    }
}
