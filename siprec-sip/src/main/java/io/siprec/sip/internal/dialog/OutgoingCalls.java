package io.siprec.sip.internal.dialog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** INVITEs of ours that have no outcome yet; as many as there may be dialogs. */
final class OutgoingCalls {
    private final Set<OutgoingCall> open = new LinkedHashSet<>();

    OutgoingCalls() {}

    void add(OutgoingCall call) {
        open.add(call);
    }

    void remove(OutgoingCall call) {
        open.remove(call);
    }

    int size() {
        return open.size();
    }

    void failAll(String reason) {
        new ArrayList<>(open).forEach(call -> call.fail(reason));
    }
}
