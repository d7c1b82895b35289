package io.siprec.core.mime;

import io.siprec.core.Finding;
import java.util.List;
import java.util.Optional;

/** A message body, split into its leaf parts (RFC 2046 §5.1, RFC 5621). */
public final class MimeBody {
    private final List<BodyPart> parts;
    private final List<Finding> findings;

    MimeBody(List<BodyPart> parts, List<Finding> findings) {
        this.parts = List.copyOf(parts);
        this.findings = List.copyOf(findings);
    }

    /**
     * Splits {@code body}. A body that is no multipart is one part; an empty one has none. Nested multiparts are
     * flattened in order; of a {@code multipart/alternative} the last session description and the last metadata are
     * taken, the sender's best (RFC 2046 §5.1.4). Of a part that has no closing delimiter, what is there is taken.
     *
     * @param contentTypeHeader the value of the message's Content-Type, "" where it has none
     * @throws MimeException when there is no boundary, it never occurs, or a limit is passed
     */
    public static MimeBody parse(String contentTypeHeader, byte[] body, MimeLimits limits) throws MimeException {
        return new MimeBodyReader(body, limits).read(contentTypeHeader);
    }

    /** The leaf parts, in order. */
    public List<BodyPart> parts() {
        return parts;
    }

    /** What was odd. */
    public List<Finding> findings() {
        return findings;
    }

    /** The first session description. */
    public Optional<BodyPart> sdp() {
        return parts.stream().filter(BodyPart::isSdp).findFirst();
    }

    /** The metadata documents, in order. */
    public List<BodyPart> metadata() {
        return parts.stream().filter(BodyPart::isMetadata).toList();
    }
}
