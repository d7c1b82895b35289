package io.siprec.sip.internal.dialog;

import io.siprec.sip.PrackListener;
import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;

/** The provisional responses of 101 to 199 to one INVITE, reliable or not, and the early dialog that they make. */
final class Progress {
    private final Context context;
    private final InviteServerTransaction transaction;
    private final String toTag;
    private final ReliableProvisionals reliable;
    private EarlyDialog early; // null where there is none: before the first response, in a dialog, after the end

    /** {@code onNoPrack} runs when a reliable one was not acknowledged in time: the INVITE has to end. */
    Progress(Context context, InviteServerTransaction transaction, String toTag, Runnable onNoPrack) {
        this.context = context;
        this.transaction = transaction;
        this.toTag = toTag;
        this.reliable = new ReliableProvisionals(context, transaction, toTag, onNoPrack);
    }

    /** In a dialog that is confirmed: its PRACKs are about these responses. */
    void in(Dialog dialog) {
        dialog.receiver().acknowledges(reliable);
    }

    /** Outside of a dialog: there is an early one until {@link #confirmed} or {@link #finish}. */
    void early(InviteAnswer invite) {
        early = new EarlyDialog(context, invite, reliable);
        context.dialogs().add(early);
    }

    void send(int status, String reason, List<Header> headers, SipBody body, PrackListener listener) {
        SipRequest request = transaction.request();
        List<Header> all = new ArrayList<>(headers.size() + 2);
        all.add(context.contact(request, transaction.source()));
        all.add(Methods.ALLOW);
        all.addAll(headers);
        if (OptionTags.has(request, "Supported", OptionTags.RELIABLE_PROVISIONAL)
                || OptionTags.has(request, "Require", OptionTags.RELIABLE_PROVISIONAL)) {
            reliable.send(status, reason, all, body, listener);
        } else {
            transaction.respond(
                    status, context.response(request, transaction.source(), status, reason, toTag, all, body));
        }
    }

    ReliableProvisionals reliable() {
        return reliable;
    }

    /** The early dialog goes on in this one. */
    void confirmed(Dialog dialog) {
        if (early != null) {
            dialog.receiver().follows(early);
            in(dialog);
            leaveEarlyDialog();
        }
    }

    /** The INVITE gets its final response. */
    void finish() {
        reliable.finish();
        leaveEarlyDialog();
    }

    private void leaveEarlyDialog() {
        if (early != null) {
            context.dialogs().remove(early);
            early = null;
        }
    }
}
