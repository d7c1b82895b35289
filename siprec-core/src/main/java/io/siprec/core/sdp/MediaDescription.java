package io.siprec.core.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An m-line with what belongs to it (RFC 8866 §5.14).
 *
 * @param type {@code audio}, {@code video}, ...
 * @param port 0 to 65535; 0 where the line is not in use (RFC 3264 §5.1)
 * @param portCount 1 but for layered media
 * @param protocol {@code RTP/AVP}, ...
 * @param formats as written, in order
 * @param connection its own c= line
 * @param attributes in order
 * @param rtcpBandwidth its b=RS and b=RR, else those of the session
 */
public record MediaDescription(
        String type,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        Optional<Connection> connection,
        List<Attribute> attributes,
        RtcpBandwidth rtcpBandwidth) {
    /** Copies the lists. */
    public MediaDescription {
        Objects.requireNonNull(type, "type");
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
        Objects.requireNonNull(protocol, "protocol");
        formats = List.copyOf(formats);
        Objects.requireNonNull(connection, "connection");
        attributes = List.copyOf(attributes);
        Objects.requireNonNull(rtcpBandwidth, "rtcpBandwidth");
    }

    /** A line that says nothing of the bandwidth of RTCP. */
    public MediaDescription(
            String type,
            int port,
            int portCount,
            String protocol,
            List<String> formats,
            Optional<Connection> connection,
            List<Attribute> attributes) {
        this(type, port, portCount, protocol, formats, connection, attributes, RtcpBandwidth.UNSAID);
    }

    /** The value of the first attribute of that name, "" for a flag. */
    public Optional<String> attribute(String name) {
        return Attributes.first(attributes, name);
    }

    /** The values of all attributes of that name, in order. */
    public List<String> attributes(String name) {
        return attributes.stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .map(Attribute::value)
                .toList();
    }

    /** The label (RFC 4574 §4). */
    public Optional<String> label() {
        return attribute("label").filter(label -> !label.isEmpty());
    }

    /** Its own direction; the session level may have a default (RFC 8866 §6.7). */
    public Optional<Direction> direction() {
        return Attributes.direction(attributes);
    }

    /** Its a=crypto attributes that can be read, in order (RFC 4568 §4). */
    public List<CryptoAttribute> cryptos() {
        return CryptoReader.of(this);
    }

    /** Its own certificate fingerprint for DTLS-SRTP; the session level may have one for all (RFC 8122 §5). */
    public Optional<DtlsFingerprint> fingerprint() {
        return attribute("fingerprint").flatMap(DtlsFingerprint::parse);
    }

    /** True for {@code RTP/SAVP}, {@code RTP/SAVPF} and those over DTLS. */
    public boolean isSecure() {
        return protocol.toUpperCase(Locale.ROOT).contains("SAVP");
    }

    /** True where DTLS brings the keys instead of a=crypto (RFC 5764 §8). */
    public boolean isDtls() {
        return isSecure() && protocol.toUpperCase(Locale.ROOT).contains("TLS");
    }

    /** The payload formats that could be understood, in order, each once (RFC 8866 §6.6, RFC 3551 §6). */
    public List<PayloadFormat> payloadFormats() {
        return new PayloadFormats(this).of(formats);
    }
}
