package io.siprec.core.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One leaf part of a message body.
 *
 * @param type its media type
 * @param disposition the disposition type in lower case, without parameters (RFC 3261 §20.11)
 * @param handlingRequired false only where the sender wrote {@code handling=optional} (RFC 3261 §20.11)
 * @param headers by name in lower case, short forms written out; the first of several equal names
 * @param content decoded from its transfer encoding; shared, not to be changed
 */
public record BodyPart(
        MediaType type,
        Optional<String> disposition,
        boolean handlingRequired,
        Map<String, String> headers,
        byte[] content) {
    private static final String SDP = "application/sdp";
    private static final String RECORDING_SESSION = "recording-session";

    /** Checks that nothing is null. */
    public BodyPart {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(disposition, "disposition");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(content, "content");
    }

    /** The header of that name, without case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** True for a session description. */
    public boolean isSdp() {
        return type.is(SDP);
    }

    /** True for recording metadata: by either of its media types (RFC 7866 §9, RFC 7865 §5), or an XML type so disposed. */
    public boolean isMetadata() {
        if (type.is("application/rs-metadata") || type.is("application/rs-metadata+xml")) return true;
        return disposition.filter(RECORDING_SESSION::equals).isPresent() && type.isXml();
    }
}
