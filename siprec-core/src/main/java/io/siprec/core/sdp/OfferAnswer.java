package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides the answer of a recorder (RFC 3264 §6, RFC 7866 §7.2). Pure functions. */
public final class OfferAnswer {
    private OfferAnswer() {}

    /**
     * Decides on each m-line of {@code offer}. Accepted is audio over {@code RTP/AVP} or {@code RTP/AVPF} with a format
     * that can be decoded, in an address family that there is, up to the number of streams that there may be. The
     * recorder never sends: what the peer would send is answered recvonly, all else inactive (RFC 3264 §6.1).
     */
    public static AnswerPlan plan(SessionDescription offer, AnswerCapabilities capabilities) {
        LinePlanner planner = new LinePlanner(offer, capabilities);
        List<PlannedLine> lines = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            lines.add(planner.plan(i, offer.media().get(i)));
        }
        return new AnswerPlan(offer, lines);
    }

    /**
     * The answer, once ports are known: one m-line for each of the offer, in its order (RFC 3264 §6). Lines that are
     * refused have port 0. Multiplexing, bundling, ICE and keys of the offer are not taken up.
     *
     * @param ports one entry for each accepted line, by its index
     * @throws IllegalArgumentException when an accepted line has no ports
     */
    public static SessionDescription answer(
            AnswerPlan plan, Origin origin, String localAddress, Map<Integer, LocalPorts> ports) {
        List<MediaDescription> media =
                plan.lines().stream().map(line -> answer(line, ports)).toList();
        return new SessionDescription(
                origin,
                "-",
                Optional.of(Connection.of(localAddress)),
                List.of(),
                media,
                plan.offer().timing());
    }

    private static MediaDescription answer(PlannedLine line, Map<Integer, LocalPorts> ports) {
        if (!line.accepted()) return refused(line.offered());
        LocalPorts local = ports.get(line.index());
        if (local == null) throw new IllegalArgumentException("no ports for m-line " + line.index());
        List<String> formats = line.formats().stream()
                .map(format -> String.valueOf(format.payloadType()))
                .toList();
        return new MediaDescription(
                line.offered().type(),
                local.rtp(),
                1,
                line.offered().protocol(),
                formats,
                Optional.empty(),
                attributes(line, local));
    }

    private static MediaDescription refused(MediaDescription offered) {
        List<String> formats =
                offered.formats().isEmpty() ? List.of("0") : offered.formats().subList(0, 1);
        return new MediaDescription(offered.type(), 0, 1, offered.protocol(), formats, Optional.empty(), List.of());
    }

    private static List<Attribute> attributes(PlannedLine line, LocalPorts local) {
        List<Attribute> attributes = new ArrayList<>();
        PayloadFormats offered = new PayloadFormats(line.offered());
        for (PayloadFormat format : line.formats()) {
            if (offered.mapped(format.payloadType()).isPresent())
                attributes.add(new Attribute("rtpmap", format.rtpmap()));
            if (format.isTelephoneEvent() && !format.parameters().isEmpty()) {
                attributes.add(new Attribute("fmtp", format.payloadType() + " " + format.parameters()));
            }
        }
        line.label().ifPresent(label -> attributes.add(new Attribute("label", label)));
        if (local.rtcp() != local.rtp() + 1) attributes.add(new Attribute("rtcp", String.valueOf(local.rtcp())));
        attributes.add(new Attribute(line.direction().attribute(), ""));
        return attributes;
    }
}
