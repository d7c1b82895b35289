package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Set;

/** Which methods there are (RFC 3261 section 8.2.1). */
final class Methods {
    /** What we serve; UPDATE and PRACK in a dialog only. */
    static final Header ALLOW = new Header("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK");

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

    /**
     * The answer to a known method that nobody serves: 405, also to SUBSCRIBE and NOTIFY, as 489 is for those who serve
     * events at all (RFC 6665 section 4.1.3). An INFO of an Info Package is told that we take none (RFC 6086 section 4.2.2).
     */
    static RequestChecks.Refusal refusal(SipRequest request) {
        return request.method().equals("INFO") && request.header("Info-Package").isPresent()
                ? new RequestChecks.Refusal(469, "Bad Info Package", List.of(ALLOW, new Header("Recv-Info", "")))
                : new RequestChecks.Refusal(405, "Method Not Allowed", List.of(ALLOW));
    }

    /** Whether the request has no meaning without a dialog: 481 there. */
    static boolean inDialogOnly(SipRequest request) {
        return IN_DIALOG_ONLY.contains(request.method()) || request.method().equals("INFO") && !request.initial();
    }
}
