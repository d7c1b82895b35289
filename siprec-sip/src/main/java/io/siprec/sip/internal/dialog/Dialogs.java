package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All dialogs of a loop by Call-ID, local tag and remote tag (RFC 3261 section 12). */
final class Dialogs {
    private final int limit;
    private final Map<Key, Dialog> table = new HashMap<>();
    private int waiting; // INVITEs that may become a dialog

    record Key(String callId, String localTag, String remoteTag) {}

    Dialogs(int limit) {
        this.limit = limit;
    }

    boolean full() {
        return table.size() + waiting >= limit;
    }

    void inviteWaits() {
        waiting++;
    }

    void inviteAnswered() {
        waiting--;
    }

    void add(Dialog dialog) {
        table.put(dialog.key(), dialog);
    }

    void remove(Dialog dialog) {
        table.remove(dialog.key(), dialog);
    }

    /** The dialog that a request of the peer belongs to. */
    Optional<Dialog> of(SipRequest request) {
        Key key = new Key(
                request.callId(),
                request.to().tag().orElse(""),
                request.from().tag().orElse(""));
        return Optional.ofNullable(table.get(key));
    }

    int size() {
        return table.size();
    }

    void endAll(DialogEnd end) {
        new ArrayList<>(table.values()).forEach(dialog -> dialog.end(end));
    }
}
