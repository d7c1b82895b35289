package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides the answer of a recorder (RFC 3264 §6, RFC 7866 §7.2). Pure functions. */
public final class OfferAnswer {
    private OfferAnswer() {}

    /**
     * Decides on each m-line of {@code offer}. Accepted is audio over {@code RTP/AVP} or {@code RTP/AVPF}, over
     * {@code RTP/SAVP} and {@code RTP/SAVPF} with a key that can be used, with a format that can be decoded or at least is audio, in
     * an address family that there is, up to the number of streams that there may be. A format that can't be decoded is accepted
     * only where none is offered that can. The
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
     * refused have port 0. Bundling, ICE and capability negotiation are not taken up; a=rtcp-mux is where the ports
     * say so.
     *
     * @param ports one entry for each accepted line, by its index
     * @throws IllegalArgumentException when an accepted line has no ports
     */
    public static SessionDescription answer(
            AnswerPlan plan, Origin origin, LocalAddresses addresses, Map<Integer, LocalPorts> ports) {
        List<MediaDescription> media = plan.lines().stream()
                .map(line -> answer(line, addresses, plan.offer(), ports))
                .toList();
        return new SessionDescription(
                origin,
                "-",
                Optional.of(Connection.of(addresses.main())),
                List.of(),
                media,
                plan.offer().timing());
    }

    private static MediaDescription answer(
            PlannedLine line, LocalAddresses addresses, SessionDescription offer, Map<Integer, LocalPorts> ports) {
        if (!line.accepted()) return OwnLine.unused(line.offered());
        LocalPorts local = ports.get(line.index());
        if (local == null) throw new IllegalArgumentException("no ports for m-line " + line.index());
        PayloadFormats offered = new PayloadFormats(line.offered());
        return OwnLine.live(
                line.offered(),
                line.formats(),
                format -> offered.mapped(format.payloadType()).isPresent(),
                line.label(),
                line.direction(),
                local,
                otherFamily(offer.connectionOf(line.offered()), addresses),
                line.crypto());
    }

    /** A line in the other family than the session's c= line gets one of its own. */
    private static Optional<Connection> otherFamily(Optional<Connection> offered, LocalAddresses addresses) {
        AddressFamily main = Connection.of(addresses.main()).family();
        return offered.map(Connection::family).filter(family -> family != main).flatMap(addresses::connection);
    }

    /**
     * What the peer's answer makes of {@code offer}, an offer of ours. Whatever the answer says, lines that the peer may
     * send on are recorded.
     */
    public static TakenAnswer take(
            SessionDescription offer, SessionDescription answer, AnswerCapabilities capabilities) {
        return new AnswerReader(offer, answer, capabilities).read();
    }
}
