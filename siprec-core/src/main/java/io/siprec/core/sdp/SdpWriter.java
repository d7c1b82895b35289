package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes session descriptions in the standard's form: its order of lines, CRLF, no empty s= (RFC 8866 §5, §9). */
public final class SdpWriter {
    private SdpWriter() {}

    /** The octets of {@code description}. */
    public static byte[] write(SessionDescription description) {
        StringBuilder out = new StringBuilder(512);
        Origin origin = description.origin();
        line(out, 'v', "0");
        line(
                out,
                'o',
                String.join(
                        " ",
                        origin.username(),
                        origin.sessionId(),
                        origin.version(),
                        origin.netType(),
                        origin.addressType(),
                        origin.address()));
        line(out, 's', description.sessionName().isBlank() ? "-" : description.sessionName());
        description.connection().ifPresent(connection -> connection(out, connection));
        line(out, 't', description.timing());
        description.attributes().forEach(attribute -> attribute(out, attribute));
        description.media().forEach(media -> media(out, media));
        return out.toString().getBytes(UTF_8);
    }

    private static void media(StringBuilder out, MediaDescription media) {
        String port = media.portCount() > 1 ? media.port() + "/" + media.portCount() : String.valueOf(media.port());
        String formats = media.formats().isEmpty() ? "0" : String.join(" ", media.formats());
        line(out, 'm', media.type() + ' ' + port + ' ' + media.protocol() + ' ' + formats);
        media.connection().ifPresent(connection -> connection(out, connection));
        media.attributes().forEach(attribute -> attribute(out, attribute));
    }

    private static void connection(StringBuilder out, Connection connection) {
        line(out, 'c', "IN " + connection.addressType() + ' ' + connection.address());
    }

    private static void attribute(StringBuilder out, Attribute attribute) {
        line(out, 'a', attribute.value().isEmpty() ? attribute.name() : attribute.name() + ':' + attribute.value());
    }

    /** A line end inside a value would start a line of somebody else's choice. */
    private static void line(StringBuilder out, char type, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("line end inside an SDP value");
        }
        out.append(type).append('=').append(value).append("\r\n");
    }
}
