package io.siprec.core.session;

import java.util.Objects;

/**
 * The SRC of a recording session, as it introduced itself.
 *
 * @param transport "UDP", "TCP" or "TLS"
 * @param address where its INVITE came from, as {@code host:port}
 * @param from the From header's value
 * @param to the To header's value
 * @param requestUri the Request-URI of its INVITE
 * @param userAgent the User-Agent header's value, "" when absent
 */
public record SessionPeer(
        String transport, String address, String from, String to, String requestUri, String userAgent) {
    public SessionPeer {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(requestUri, "requestUri");
        Objects.requireNonNull(userAgent, "userAgent");
    }
}
