package io.siprec.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * In what a client's INVITE differs from the one of RFC 7866: SRCs leave out this and that.
 *
 * @param require the option tags of Require, one header; none for no header
 * @param from the From value without a tag; empty for one of the client's own
 * @param offer false for an INVITE without SDP, whose 200 holds the offer and whose ACK the answer (RFC 3261 §13.2.1)
 * @param metadata false for an INVITE without metadata
 * @param metadataType the media type of the metadata
 */
public record SrcDialect(
        List<String> require, Optional<String> from, boolean offer, boolean metadata, String metadataType) {
    /** Copies the list. */
    public SrcDialect {
        require = List.copyOf(require);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(metadataType, "metadataType");
    }

    /** {@code Require: siprec}, an offer and metadata (RFC 7866 §6.1, §9.1). */
    public static SrcDialect rfc7866() {
        return new SrcDialect(List.of("siprec"), Optional.empty(), true, true, SrcRequest.METADATA_TYPE);
    }

    /** The same with these option tags. */
    public SrcDialect requiring(String... tags) {
        return new SrcDialect(List.of(tags), from, offer, metadata, metadataType);
    }

    /** The same from somebody else: a From value without a tag. */
    public SrcDialect from(String value) {
        return new SrcDialect(require, Optional.of(value), offer, metadata, metadataType);
    }

    /** The same with the offer left to the recorder. */
    public SrcDialect lateOffer() {
        return new SrcDialect(require, from, false, metadata, metadataType);
    }

    /** The same without metadata. */
    public SrcDialect withoutMetadata() {
        return new SrcDialect(require, from, offer, false, metadataType);
    }

    /** The same with metadata of this media type. */
    public SrcDialect metadataType(String type) {
        return new SrcDialect(require, from, offer, metadata, type);
    }
}
