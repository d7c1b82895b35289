package io.siprec.sip.internal.dialog;

import io.siprec.sip.ServerRequest;
import io.siprec.sip.internal.transaction.NonInviteServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request in a dialog that the application answers. */
final class RequestAnswer implements ServerRequest {
    private final Context context;
    private final Dialog dialog;
    private final NonInviteServerTransaction transaction;

    RequestAnswer(Context context, Dialog dialog, NonInviteServerTransaction transaction) {
        this.context = context;
        this.dialog = dialog;
        this.transaction = transaction;
        transaction.onTooLate(() -> dialog.receiver().answered(this));
    }

    @Override
    public SipRequest request() {
        return transaction.request();
    }

    @Override
    public MessageSource source() {
        return transaction.source().source();
    }

    @Override
    public void respond(int status, String reason, List<Header> headers, Optional<SipBody> body) {
        if (status < 200 || status > 699 || status == 408) {
            throw new IllegalArgumentException("status must be final and not 408, was " + status);
        }
        if (!transaction.open()) {
            dialog.receiver().answered(this);
            return;
        }
        List<Header> all = new ArrayList<>(headers);
        if (status < 300 && request().method().equals("UPDATE")) {
            dialog.refreshTarget(request(), transaction.source());
            SessionTimerAnswer timer =
                    SessionTimerAnswer.to(request(), context.settings().sessionTimers());
            all.addAll(0, timer.headers());
            all.addAll(
                    0, List.of(context.contact(request(), transaction.source()), Methods.ALLOW, context.supported()));
            dialog.timer().answered(request(), timer);
        }
        dialog.receiver().answered(this);
        SipBody content = body.orElseGet(SipBody::none);
        transaction.respond(
                status, context.response(request(), transaction.source(), status, reason, "", all, content));
    }

    @Override
    public void refuseMethod() {
        RequestChecks.Refusal why = Methods.refusal(request());
        respond(why.status(), why.reason(), why.headers(), Optional.empty());
    }
}
