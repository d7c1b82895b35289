package io.siprec.testkit;

import io.siprec.sip.message.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a re-INVITE, UPDATE or BYE of the client carries: an offer, metadata, both or neither (RFC 7866 §9.1).
 *
 * @param media what the offer describes and what is sent once it is accepted; empty for no offer
 * @param sdp an offer to send as it is instead; what is sent does not change with it
 * @param metadata a metadata document
 * @param metadataType its media type
 * @param headers further header fields
 */
public record SrcRequest(
        Optional<SrcMedia> media,
        Optional<String> sdp,
        Optional<byte[]> metadata,
        String metadataType,
        List<Header> headers) {
    /** The media type of metadata in the first place (RFC 7865 §5). */
    public static final String METADATA_TYPE = "application/rs-metadata+xml";

    /** Checks that all is there. */
    public SrcRequest {
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(sdp, "sdp");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(metadataType, "metadataType");
        headers = List.copyOf(headers);
    }

    /** No body. A re-INVITE of this kind lets the recorder make the offer (RFC 3261 §14.1). */
    public static SrcRequest empty() {
        return new SrcRequest(Optional.empty(), Optional.empty(), Optional.empty(), METADATA_TYPE, List.of());
    }

    /** An offer without metadata. */
    public static SrcRequest offering(SrcMedia media) {
        return new SrcRequest(Optional.of(media), Optional.empty(), Optional.empty(), METADATA_TYPE, List.of());
    }

    /** An offer as it is, good or bad. */
    public static SrcRequest offering(String sdp) {
        return new SrcRequest(Optional.empty(), Optional.of(sdp), Optional.empty(), METADATA_TYPE, List.of());
    }

    /** Metadata without an offer. */
    public static SrcRequest describing(String document) {
        return empty().describedBy(document);
    }

    /** The same with this metadata. */
    public SrcRequest describedBy(String document) {
        return describedBy(document.getBytes(StandardCharsets.UTF_8), metadataType);
    }

    /** The same with this metadata under this media type. */
    public SrcRequest describedBy(byte[] document, String type) {
        return new SrcRequest(media, sdp, Optional.of(document.clone()), type, headers);
    }

    /** The same with one more header field. */
    public SrcRequest header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new SrcRequest(media, sdp, metadata, metadataType, more);
    }
}
