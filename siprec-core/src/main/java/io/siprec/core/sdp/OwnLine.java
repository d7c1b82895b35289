package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes m-lines of ours, all in one form. */
final class OwnLine {
    private OwnLine() {}

    /**
     * A line that is in use.
     *
     * @param like says its media type and protocol
     * @param mapped whether a format gets an rtpmap: an answer leaves out what the offer left out
     */
    static MediaDescription live(
            MediaDescription like,
            List<PayloadFormat> formats,
            Predicate<PayloadFormat> mapped,
            Optional<String> label,
            Direction direction,
            LocalPorts ports,
            Optional<Connection> connection,
            Optional<CryptoChoice> crypto) {
        List<Attribute> attributes = new ArrayList<>();
        for (PayloadFormat format : formats) {
            if (mapped.test(format)) attributes.add(new Attribute("rtpmap", format.rtpmap()));
            if (!format.parameters().isEmpty()) {
                attributes.add(new Attribute("fmtp", format.payloadType() + " " + format.parameters()));
            }
        }
        label.ifPresent(text -> attributes.add(new Attribute("label", text)));
        if (ports.muxed()) attributes.add(new Attribute("rtcp-mux", ""));
        else if (ports.rtcp() != ports.rtp() + 1) attributes.add(new Attribute("rtcp", String.valueOf(ports.rtcp())));
        crypto.ifPresent(choice ->
                attributes.add(new Attribute("crypto", choice.answered().text())));
        attributes.add(new Attribute(direction.attribute(), ""));
        List<String> numbers = formats.stream()
                .map(format -> String.valueOf(format.payloadType()))
                .toList();
        return new MediaDescription(like.type(), ports.rtp(), 1, like.protocol(), numbers, connection, attributes);
    }

    /** A line that is not in use: port 0, one format since the grammar wants one (RFC 3264 §6). */
    static MediaDescription unused(MediaDescription like) {
        List<String> formats =
                like.formats().isEmpty() ? List.of("0") : like.formats().subList(0, 1);
        return new MediaDescription(like.type(), 0, 1, like.protocol(), formats, Optional.empty(), List.of());
    }

    /** The same line with another direction. */
    static MediaDescription turned(MediaDescription line, Direction direction) {
        List<Attribute> attributes = line.attributes().stream()
                .map(one ->
                        Direction.ofAttribute(one.name()).isPresent() ? new Attribute(direction.attribute(), "") : one)
                .toList();
        return new MediaDescription(
                line.type(),
                line.port(),
                line.portCount(),
                line.protocol(),
                line.formats(),
                line.connection(),
                attributes);
    }
}
