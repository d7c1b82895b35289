package io.siprec.server.internal.call;

import io.siprec.core.session.EndCause;
import io.siprec.server.ControlResult;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ends a call from our side, and knows why it ended in either case. Loop thread only. */
final class Termination {
    private final List<Consumer<ControlResult>> askers = new ArrayList<>(0);
    private EndCause requested; // why we sent BYE; null while we didn't

    /** Sends BYE, after the ACK, with a Reason that an SRC can log (RFC 3326 §2). The first cause counts. */
    void request(SipDialog dialog, EndCause cause, Reason reason) {
        if (requested == null && !dialog.ending()) {
            requested = cause;
            dialog.bye(List.of(reason.header()));
        }
    }

    /** Hears of the end. */
    void await(Consumer<ControlResult> asker) {
        askers.add(asker);
    }

    /** The dialog is over: why. */
    EndCause over(DialogEnd.Cause cause) {
        askers.forEach(asker -> asker.accept(ControlResults.done()));
        askers.clear();
        return switch (cause) {
            case REMOTE_BYE -> EndCause.SRC_BYE;
            case NO_ACK -> EndCause.NO_ACK;
            case SESSION_EXPIRED -> EndCause.SESSION_TIMER;
            case LOCAL_BYE -> requested == null ? EndCause.OPERATOR : requested;
            case REQUEST_FAILED, TRANSPORT -> requested == null ? EndCause.DIALOG_LOST : requested;
            case ENDPOINT_CLOSED -> EndCause.SHUTDOWN;
        };
    }
}
