package io.siprec.server;

import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.CallAttribute;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An INVITE that may become a recording session, as a {@link CallPolicy} sees it. Header values are as received.
 *
 * @param callId of the INVITE
 * @param requestUri where it was sent to
 * @param requestUser the user part of the Request-URI, unescaped; "" when it has none
 * @param from the From header
 * @param to the To header
 * @param userAgent the User-Agent header; "" when there is none
 * @param transport that it came over
 * @param source where it really came from
 * @param siprec whether it asks for a recording session; false only with {@link NonSiprecInvites#RECORD}
 * @param metadata what its first metadata document says, or what its header says of participants, if anything
 * @param attributes the facts that stand beside the model of RFC 7865
 */
public record CallRequest(
        String callId,
        String requestUri,
        String requestUser,
        String from,
        String to,
        String userAgent,
        Transport transport,
        InetSocketAddress source,
        boolean siprec,
        Optional<RecordingMetadata> metadata,
        List<CallAttribute> attributes) {
    public CallRequest {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(requestUri, "requestUri");
        Objects.requireNonNull(requestUser, "requestUser");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(metadata, "metadata");
        attributes = List.copyOf(attributes);
    }
}
