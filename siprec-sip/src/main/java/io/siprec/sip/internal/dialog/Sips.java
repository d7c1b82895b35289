package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.Transport;
import java.util.List;
import java.util.Optional;

/** What a sips URI asks for: TLS on every hop (RFC 3261 section 26.2.2, RFC 5630). */
final class Sips {
    static final String SCHEME = "sips";

    private Sips() {}

    /** Why a request that came over this transport can't be taken. */
    static Optional<RequestChecks.Refusal> refusal(SipRequest request, Transport transport) {
        if (transport == Transport.TLS) {
            return Optional.empty();
        }
        if (request.uri().scheme().equals(SCHEME)) {
            return Optional.of(new RequestChecks.Refusal(416, "sips Request-URI Without TLS", List.of()));
        }
        return request.contact().filter(Sips::is).isPresent()
                ? Optional.of(new RequestChecks.Refusal(400, "sips Contact Without TLS", List.of()))
                : Optional.empty();
    }

    /**
     * Whether our Contact must be a sips URI: the Request-URI of a request is one, or its first Record-Route, or without
     * that its Contact (RFC 3261 sections 8.1.1.8 and 12.1.1).
     */
    static boolean asked(SipRequest request) {
        if (request.uri().scheme().equals(SCHEME)) {
            return true;
        }
        List<NameAddress> recordRoutes = request.recordRoutes();
        return recordRoutes.isEmpty() ? request.contact().filter(Sips::is).isPresent() : is(recordRoutes.get(0));
    }

    /** Whether an address is a sips one. */
    static boolean is(NameAddress address) {
        return address.uri().scheme().equals(SCHEME);
    }
}
