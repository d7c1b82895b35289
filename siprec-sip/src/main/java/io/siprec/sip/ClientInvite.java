package io.siprec.sip;

import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An INVITE to send outside of a dialog.
 *
 * @param from the From value without a tag, as {@code <sip:src@192.0.2.10>}
 * @param to the To value
 * @param destination where it is sent, whatever the Request-URI says
 * @param headers further headers; the stack writes Via, Max-Forwards, From, To, Call-ID, CSeq, Contact, Allow, User-Agent
 * @param credentials who we are to those that ask, in the whole call; empty for those of the endpoint
 */
public record ClientInvite(
        String requestUri,
        String from,
        String to,
        Transport transport,
        InetSocketAddress destination,
        List<Header> headers,
        SipBody body,
        Optional<ClientCredentials> credentials) {
    /** None may be null. */
    public ClientInvite {
        Objects.requireNonNull(requestUri, "requestUri");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(destination, "destination");
        if (requestUri.regionMatches(true, 0, "sips:", 0, 5) && transport != Transport.TLS) {
            throw new IllegalArgumentException("a sips Request-URI goes over TLS only, not over " + transport);
        }
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(credentials, "credentials");
    }

    /** An INVITE with the credentials of its endpoint. */
    public ClientInvite(
            String requestUri,
            String from,
            String to,
            Transport transport,
            InetSocketAddress destination,
            List<Header> headers,
            SipBody body) {
        this(requestUri, from, to, transport, destination, headers, body, Optional.empty());
    }

    /** The same INVITE with credentials of its own. */
    public ClientInvite withCredentials(ClientCredentials own) {
        return new ClientInvite(requestUri, from, to, transport, destination, headers, body, Optional.of(own));
    }
}
