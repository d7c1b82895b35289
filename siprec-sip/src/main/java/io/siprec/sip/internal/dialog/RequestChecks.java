package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request must pass before anybody acts on it (RFC 3261 section 8.2), in the RFC's order. */
final class RequestChecks {
    private final Context context;

    /** A refusal. */
    record Refusal(int status, String reason, List<Header> headers) {}

    RequestChecks(Context context) {
        this.context = context;
    }

    Optional<Refusal> check(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (!Methods.known(request.method())) {
            return refusal(501, "Not Implemented", List.of(Methods.ALLOW));
        }
        String scheme = request.uri().scheme();
        if (!scheme.equals("sip") && !scheme.equals(Sips.SCHEME)) {
            return refusal(416, "Unsupported URI Scheme", List.of());
        }
        Optional<Refusal> insecure = Sips.refusal(request, transaction.source().transport());
        if (insecure.isPresent()) {
            return insecure;
        }
        if (request.method().equals("CANCEL")) {
            return Optional.empty();
        }
        if (context.transactions().merged(transaction)) {
            return refusal(482, "Loop Detected", List.of());
        }
        return required(request);
    }

    private Optional<Refusal> required(SipRequest request) {
        List<String> tags = request.require();
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        List<String> unknown = tags.stream()
                .filter(tag -> !context.settings().supportedOptions().contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : refusal(420, "Bad Extension", List.of(new Header("Unsupported", String.join(", ", unknown))));
    }

    private static Optional<Refusal> refusal(int status, String reason, List<Header> headers) {
        return Optional.of(new Refusal(status, reason, headers));
    }
}
