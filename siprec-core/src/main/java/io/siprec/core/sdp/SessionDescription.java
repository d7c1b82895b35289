package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A session description (RFC 8866 §5), without what a recorder has no use for (i=, u=, e=, p=, r=, z=, k=, b= but for
 * RTCP).
 *
 * @param origin the o= line
 * @param sessionName the s= line, "" where there was none
 * @param connection the c= line of the session level
 * @param attributes of the session level, in order
 * @param media in order
 * @param timing the first t= line, {@code 0 0} where there was none
 */
public record SessionDescription(
        Origin origin,
        String sessionName,
        Optional<Connection> connection,
        List<Attribute> attributes,
        List<MediaDescription> media,
        String timing) {
    /** Copies the lists. */
    public SessionDescription {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(sessionName, "sessionName");
        Objects.requireNonNull(connection, "connection");
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
        Objects.requireNonNull(timing, "timing");
    }

    /** The direction of the session level, the default of its m-lines (RFC 8866 §6.7). */
    public Optional<Direction> direction() {
        return Attributes.direction(attributes);
    }

    /** The direction of {@code line}: its own, else the session's, else sendrecv (RFC 8866 §6.7). */
    public Direction directionOf(MediaDescription line) {
        return line.direction().or(this::direction).orElse(Direction.SENDRECV);
    }

    /** The connection of {@code line}: its own, else the session's (RFC 8866 §5.7). */
    public Optional<Connection> connectionOf(MediaDescription line) {
        return line.connection().or(this::connection);
    }

    /** The certificate fingerprint of {@code line}: its own, else the session's (RFC 8122 §5). */
    public Optional<DtlsFingerprint> fingerprintOf(MediaDescription line) {
        return line.fingerprint()
                .or(() -> Attributes.first(attributes, "fingerprint").flatMap(DtlsFingerprint::parse));
    }
}
