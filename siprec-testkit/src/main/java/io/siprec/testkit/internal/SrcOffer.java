package io.siprec.testkit.internal;

import io.siprec.core.sdp.Attribute;
import io.siprec.core.sdp.Connection;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.Origin;
import io.siprec.core.sdp.SdpWriter;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SDP of a recording session as its client offers it: one labelled sendonly line a stream (RFC 7866 §7.1.1). */
final class SrcOffer {
    private final SrcCallSettings call;
    private final InetAddress localAddress;

    SrcOffer(SrcCallSettings call, InetAddress localAddress) {
        this.call = call;
        this.localAddress = localAddress;
    }

    /** @param ports one for each stream */
    byte[] sdp(List<Integer> ports) {
        String family = localAddress instanceof Inet6Address ? "IP6" : "IP4";
        String host = host(localAddress);
        String sessionId = String.valueOf(Samples.hash(call.seed(), 3) >>> 32);
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            media.add(line(call.streams().get(i), ports.get(i)));
        }
        return SdpWriter.write(new SessionDescription(
                new Origin("-", sessionId, "1", "IN", family, host),
                "-",
                Optional.of(new Connection(family, host)),
                List.of(),
                media,
                "0 0"));
    }

    private static MediaDescription line(SrcStream stream, int port) {
        String payloadType = String.valueOf(stream.codec().payloadType());
        List<Attribute> attributes = List.of(
                new Attribute("rtpmap", payloadType + " " + stream.codec() + "/8000"),
                new Attribute("ptime", String.valueOf(SrcCallSettings.PACKET_TIME.toMillis())),
                new Attribute("label", stream.label()),
                new Attribute("sendonly", ""));
        return new MediaDescription("audio", port, 1, "RTP/AVP", List.of(payloadType), Optional.empty(), attributes);
    }

    /** The address without a scope, which means nothing to a peer. */
    static String host(InetAddress address) {
        String host = address.getHostAddress();
        int scope = host.indexOf('%');
        return scope < 0 ? host : host.substring(0, scope);
    }
}
