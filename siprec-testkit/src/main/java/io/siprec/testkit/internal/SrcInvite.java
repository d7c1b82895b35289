package io.siprec.testkit.internal;

import io.siprec.sip.ClientInvite;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
     * The INVITE with both body parts.
     *
     * @param ports where each stream is sent from
     */
    public ClientInvite toClientInvite(Transport transport, List<Integer> ports) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Require", "siprec"));
        headers.add(new Header("Accept", "application/sdp, application/rs-metadata, application/rs-metadata+xml"));
        headers.addAll(call.headers());
        return new ClientInvite(
                call.targetUri(),
                "\"siprec test client\" <sip:src@" + uriHost() + ">",
                "<" + call.targetUri() + ">",
                transport,
                call.destination(),
                headers,
                body(ports),
                call.credentials());
    }

    private String uriHost() {
        String host = SrcOffer.host(localAddress);
        return localAddress instanceof Inet6Address ? "[" + host + "]" : host;
    }

    private SipBody body(List<Integer> ports) {
        byte[] metadata = call.metadata().orElseGet(() -> new SrcMetadata(call, startTime).document());
        return new MultipartWriter()
                .part("application/sdp", "session;handling=required", new SrcOffer(call, localAddress).sdp(ports))
                .part("application/rs-metadata+xml", "recording-session", metadata)
                .toBody();
    }
}
