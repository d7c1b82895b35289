package io.siprec.testkit.internal;

import io.siprec.sip.ClientInvite;
import io.siprec.sip.message.Header;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcDialect;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the INVITE of a recording session (RFC 7866 §6.1, §7.1 and §9.1). */
public final class SrcInvite {
    private final SrcCallSettings call;
    private final InetAddress localAddress;
    private final Instant startTime;

    /**
     * @param localAddress named in From and SDP
     * @param startTime named in the metadata
     */
    public SrcInvite(SrcCallSettings call, InetAddress localAddress, Instant startTime) {
        this.call = call;
        this.localAddress = localAddress;
        this.startTime = startTime;
    }

    /**
     * The INVITE, as far as the dialect goes with offer and metadata.
     *
     * @param offer the session description
     */
    public ClientInvite toClientInvite(Transport transport, byte[] offer) {
        SrcDialect dialect = call.dialect();
        List<Header> headers = new ArrayList<>();
        if (!dialect.require().isEmpty()) {
            headers.add(new Header("Require", String.join(", ", dialect.require())));
        }
        headers.add(new Header("Accept", "application/sdp, application/rs-metadata, application/rs-metadata+xml"));
        RequestBody body = body(offer);
        headers.addAll(body.headers());
        headers.addAll(call.headers());
        return new ClientInvite(
                call.targetUri(),
                dialect.from().orElse("\"siprec test client\" <sip:src@" + uriHost() + ">"),
                "<" + call.targetUri() + ">",
                transport,
                call.destination(),
                headers,
                body.body(),
                call.credentials());
    }

    private String uriHost() {
        String host = SrcOffer.host(localAddress);
        return localAddress instanceof Inet6Address ? "[" + host + "]" : host;
    }

    private RequestBody body(byte[] offer) {
        SrcDialect dialect = call.dialect();
        Optional<byte[]> sdp = dialect.offer() ? Optional.of(offer) : Optional.empty();
        Optional<byte[]> metadata = dialect.metadata()
                ? call.metadata().or(() -> Optional.of(new SrcMetadata(call, startTime).document()))
                : Optional.empty();
        return RequestBody.of(sdp, metadata, dialect.metadataType());
    }
}
