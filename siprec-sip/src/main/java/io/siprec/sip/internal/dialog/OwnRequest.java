package io.siprec.sip.internal.dialog;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A request of ours in a dialog, from its first try to its outcome. */
final class OwnRequest {
    private static final int MAX_POSTPONEMENTS = 32;

    private final String method;
    private final Supplier<SipBody> body;
    private final Consumer<Outcome> onOutcome;
    private List<Header> headers;
    private SipBody sentBody = SipBody.none();
    private SipRequest sent;
    private int tries;
    private int postponements;
    private SipResponse refusal; // of the last try, while the next one waits
    private Timer wait;
    private Function<SipResponse, SipBody> answer = response -> SipBody.none();
    private boolean settled;

    /** {@code body} is asked for at each try: what is offered may have changed meanwhile. */
    OwnRequest(String method, List<Header> headers, Supplier<SipBody> body, Consumer<Outcome> onOutcome) {
        this.method = method;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.onOutcome = onOutcome;
    }

    /** Sets what makes the answer to an offer in the 2xx, for the ACK. */
    OwnRequest answeredBy(Function<SipResponse, SipBody> value) {
        answer = value;
        return this;
    }

    /** The body of the ACK. */
    SipBody answer(Context context, SipResponse response) {
        SipBody[] body = {SipBody.none()};
        context.guarded(() -> body[0] = answer.apply(response));
        return body[0];
    }

    String method() {
        return method;
    }

    boolean invite() {
        return method.equals("INVITE");
    }

    List<Header> headers() {
        return headers;
    }

    /** The body of the try that is about to be sent. */
    SipBody nextBody() {
        sentBody = body.get();
        return sentBody;
    }

    /** Whether the open try offers a session description, or leaves the offer to the peer as an INVITE without one does. */
    boolean offers() {
        return invite() || method.equals("UPDATE") && Offers.in(sentBody);
    }

    void sent(SipRequest request) {
        sent = request;
        tries++;
    }

    RetryRule.Refused asRefused(SipResponse response, boolean ourCallId, Authorizer authorizer) {
        return new RetryRule.Refused(sent, response, tries, ourCallId, authorizer);
    }

    /** There will be another try. */
    void refused(SipResponse response, RetryRule.Retry retry) {
        refusal = response;
        headers = List.copyOf(retry.headers().apply(headers));
    }

    /** The next try waits for a timer. */
    void waits(Timer timer) {
        wait = timer;
    }

    /** Whether the next try may wait once more, as an offer of the peer is open. */
    boolean mayBePostponed() {
        return postponements++ < MAX_POSTPONEMENTS;
    }

    /** There will be no next try: what the last one got is the outcome. */
    void giveUp() {
        if (wait != null) {
            wait.cancel();
        }
        settle(refusal == null ? Outcome.NOT_SENT : Outcome.of(refusal));
    }

    /** Tells the outcome, once. */
    void settle(Outcome outcome) {
        if (!settled) {
            settled = true;
            onOutcome.accept(outcome);
        }
    }
}
