package io.siprec.sip.internal.dialog;

import io.siprec.sip.SipLoop;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.guard.PeerLog;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.LimitedLog;
import io.siprec.sip.internal.loop.Scheduler;
import io.siprec.sip.internal.transaction.Transactions;
import io.siprec.sip.internal.transport.Network;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/** What the parts of one user agent share. Loop thread only. */
record Context(
        SipSettings settings,
        Scheduler scheduler,
        SipLoop loop,
        Network network,
        Transactions transactions,
        Dialogs dialogs,
        IdSource ids,
        RetryRules retries,
        Counters counters,
        LimitedLog log,
        PeerLog peers) {

    /** Writes a response with our Server header. */
    byte[] response(
            SipRequest request,
            Peer source,
            int status,
            String reason,
            String toTag,
            List<Header> headers,
            SipBody body) {
        SipResponse.Builder builder = SipResponse.answer(request, source.remote(), status, reason, toTag);
        if (status > 100 && status < 300 && request.method().equals("INVITE")) {
            builder.copy(request, "Record-Route");
        }
        builder.headers(headers);
        if (!settings.productName().isEmpty()) {
            builder.header("Server", settings.productName());
        }
        return builder.body(body).toBytes();
    }

    /** Writes a 100, which has no To tag but the request's Timestamp (RFC 3261 section 8.2.6.1). */
    byte[] trying(SipRequest request, Peer source) {
        List<Header> timestamp = request.header("Timestamp")
                .map(value -> List.of(new Header("Timestamp", value)))
                .orElse(List.of());
        return response(request, source, 100, "Trying", "", timestamp, SipBody.none());
    }

    /** The extensions that we know, for the answers that tell them. */
    Header supported() {
        return new Header("Supported", String.join(", ", settings.supportedOptions()));
    }

    /** The extensions that a request of ours offers: a reliable response may hold the answer to our offer, never an offer. */
    Header offered(String method, SipBody body) {
        boolean reliable = settings.reliableProvisionals() && method.equals("INVITE") && Offers.in(body);
        return new Header(
                "Supported",
                settings.supportedOptions().stream()
                        .filter(tag -> reliable || !tag.equals(OptionTags.RELIABLE_PROVISIONAL))
                        .collect(Collectors.joining(", ")));
    }

    /** Our Contact in the answer to a request. */
    Header contact(SipRequest request, Peer source) {
        return contact(source, Sips.asked(request));
    }

    /** Our Contact for a peer, with the feature parameters outside of the brackets (RFC 3840 section 9). */
    Header contact(Peer peer, boolean sips) {
        String parameters = settings.contactParameters();
        String separator = parameters.isEmpty() || parameters.startsWith(";") ? "" : ";";
        return new Header("Contact", "<" + uriOf(peer, sips) + ">" + separator + parameters);
    }

    /** A sips URI says TLS, and its transport parameter would name what is below (RFC 3261 section 26.2.2). */
    private static String uriOf(Peer peer, boolean sips) {
        String address = peer.advertisedHost() + ":" + peer.advertisedPort();
        return sips && peer.transport() == Transport.TLS
                ? Sips.SCHEME + ":" + address
                : "sip:" + address + ";transport=" + peer.transport().parameter();
    }

    /** A Via of ours with a new branch. */
    String via(Peer peer) {
        return "SIP/2.0/" + peer.transport().name() + " " + peer.advertisedHost() + ":" + peer.advertisedPort()
                + ";rport;branch=" + ids.branch();
    }

    /** Who answers the challenges of a call: with the call's own credentials, or else with the endpoint's. */
    Authorizer authorizer(Optional<ClientCredentials> credentials) {
        return new Authorizer(credentials.orElse(settings.credentials()), ids::callId);
    }

    /** Runs code of the application: what it throws is counted and logged, and the stack goes on. */
    boolean guarded(Runnable callback) {
        try {
            callback.run();
            return true;
        } catch (RuntimeException | Error e) {
            counters.count(Counters.Name.LOOP_ERRORS);
            log.write(Level.ERROR, "the application failed in a callback", e);
            return false;
        }
    }
}
