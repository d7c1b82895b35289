package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All dialogs of a loop by Call-ID, local tag and remote tag (RFC 3261 section 12). */
final class Dialogs {
    private final int limit;
    private final Counters counters;
    private final Map<Key, Dialog> table = new HashMap<>();
    private final Map<Key, EarlyDialog> early = new HashMap<>();
    private int waiting; // INVITEs that may become a dialog

    record Key(String callId, String localTag, String remoteTag) {}

    /** An empty table; all loops together take at most {@code limit} dialogs and INVITEs that may become one. */
    Dialogs(int limit, Counters counters) {
        this.limit = limit;
        this.counters = counters;
    }

    boolean full() {
        return taken() >= limit;
    }

    /** Dialogs, and INVITEs that may become one, of all loops. */
    int taken() {
        return (int) (counters.total(Counters.Name.DIALOGS) + counters.total(Counters.Name.WAITING_INVITES));
    }

    void inviteWaits() {
        waiting++;
        publish();
    }

    void inviteAnswered() {
        waiting--;
        publish();
    }

    void add(Dialog dialog) {
        table.put(dialog.key(), dialog);
        publish();
    }

    void remove(Dialog dialog) {
        table.remove(dialog.key(), dialog);
        publish();
    }

    /** The INVITE, which is counted already, has a provisional answer with a tag. */
    void add(EarlyDialog dialog) {
        early.put(dialog.key(), dialog);
    }

    void remove(EarlyDialog dialog) {
        early.remove(dialog.key(), dialog);
    }

    /** The dialog that a request of the peer belongs to. */
    Optional<Dialog> of(SipRequest request) {
        return Optional.ofNullable(table.get(key(request)));
    }

    /** The dialog that is not confirmed yet. */
    Optional<EarlyDialog> early(SipRequest request) {
        return Optional.ofNullable(early.get(key(request)));
    }

    private static Key key(SipRequest request) {
        return new Key(
                request.callId(),
                request.to().tag().orElse(""),
                request.from().tag().orElse(""));
    }

    /** At each change: other loops hold the limit against it. */
    private void publish() {
        counters.set(Counters.Name.DIALOGS, table.size());
        counters.set(Counters.Name.WAITING_INVITES, waiting);
    }

    void endAll(DialogEnd end) {
        new ArrayList<>(table.values()).forEach(dialog -> dialog.end(end));
    }
}
