package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.Header;
import java.util.Set;

/** Which methods there are (RFC 3261 section 8.2.1). */
final class Methods {
    /** What we serve; UPDATE in a dialog only. */
    static final Header ALLOW = new Header("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE");

    private static final Set<String> KNOWN = Set.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "OPTIONS",
            "UPDATE",
            "REGISTER",
            "MESSAGE",
            "SUBSCRIBE",
            "NOTIFY",
            "PUBLISH",
            "REFER",
            "INFO",
            "PRACK");
    private static final Set<String> IN_DIALOG_ONLY = Set.of("BYE", "UPDATE", "PRACK");

    private Methods() {}

    static boolean known(String method) {
        return KNOWN.contains(method);
    }

    /** Whether the method has no meaning without a dialog: 481 there. */
    static boolean inDialogOnly(String method) {
        return IN_DIALOG_ONLY.contains(method);
    }
}
