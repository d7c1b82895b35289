package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import io.siprec.core.mime.MultipartSplitter.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Walks one body down to its leaves, with a budget of parts that only shrinks. */
final class MimeBodyReader {
    private static final MediaType SDP = new MediaType("application", "sdp", Map.of());
    private static final MediaType BYTES = new MediaType("application", "octet-stream", Map.of());
    private static final MediaType TEXT = new MediaType("text", "plain", Map.of());
    private static final byte[] SDP_START = "v=0".getBytes(US_ASCII);

    private final byte[] body;
    private final MimeLimits limits;
    private final Findings findings = new Findings();
    private int partsLeft;

    MimeBodyReader(byte[] body, MimeLimits limits) {
        this.body = body;
        this.limits = limits;
        this.partsLeft = limits.maxParts();
    }

    MimeBody read(String contentType) throws MimeException {
        if (body.length == 0) return new MimeBody(List.of(), List.of());
        Optional<MediaType> type = MediaType.parse(contentType);
        List<BodyPart> parts = new ArrayList<>();
        if (type.isPresent() && type.get().isMultipart()) {
            String boundary = boundary(type.get());
            if (boundary.isEmpty()) throw new MimeException("multipart without a boundary");
            if (!multipart(type.get(), new Range(0, body.length), parts, true, 1)) {
                throw new MimeException("the multipart boundary never occurs");
            }
        } else {
            MediaType one = type.orElseGet(() -> guess(body, BYTES));
            if (type.isEmpty()) {
                findings.add(FindingCode.MIME_TYPE_MISSING, "body without a readable Content-Type");
            }
            Map<String, String> headers = contentType.isBlank() ? Map.of() : Map.of("content-type", contentType);
            parts.add(new BodyPart(one, Optional.empty(), true, headers, body));
        }
        return new MimeBody(parts, findings.toList());
    }

    /** Adds the leaves of one multipart; false when its boundary never occurs. */
    private boolean multipart(MediaType type, Range range, List<BodyPart> into, boolean required, int depth)
            throws MimeException {
        MultipartSplitter splitter = new MultipartSplitter(body, range, boundary(type));
        List<Range> ranges = splitter.split(partsLeft);
        if (ranges.isEmpty() && !splitter.closed()) return false;
        partsLeft -= ranges.size();
        if (!splitter.closed()) {
            findings.add(FindingCode.MIME_NO_CLOSING_DELIMITER, "multipart without its last delimiter");
        }
        List<BodyPart> leaves = new ArrayList<>();
        for (Range part : ranges) part(part, leaves, required, depth);
        into.addAll(type.is("multipart/alternative") ? usable(leaves) : leaves);
        return true;
    }

    private void part(Range range, List<BodyPart> into, boolean requiredAround, int depth) throws MimeException {
        PartHeaders headers = PartHeaders.read(body, range, limits);
        if (headers.missingEmptyLine()) {
            findings.add(FindingCode.MIME_PART_HEADERS, "body part without an empty line after its headers");
        }
        Range content = new Range(headers.contentStart(), range.to());
        if (content.isEmpty() && headers.values().isEmpty()) {
            findings.add(FindingCode.MIME_PART_EMPTY, "body part with nothing in it");
            return;
        }
        ParameterReader disposition = new ParameterReader(headers.value("content-disposition"));
        String dispositionType = firstOf(disposition.value()).toLowerCase(Locale.ROOT);
        boolean required = requiredAround
                && !"optional".equalsIgnoreCase(disposition.parameters().get("handling"));
        Optional<MediaType> type = MediaType.parse(headers.value("content-type"));
        if (type.isPresent() && type.get().isMultipart() && nested(type.get(), content, into, required, depth)) return;
        into.add(leaf(type, Optional.of(dispositionType).filter(one -> !one.isEmpty()), required, headers, content));
    }

    private boolean nested(MediaType type, Range content, List<BodyPart> into, boolean required, int depth)
            throws MimeException {
        if (depth >= limits.maxDepth()) throw new MimeException("multiparts nested over " + limits.maxDepth());
        if (!boundary(type).isEmpty() && multipart(type, content, into, required, depth + 1)) return true;
        findings.add(FindingCode.MIME_NESTED_UNREADABLE, "nested multipart whose boundary never occurs");
        return false;
    }

    private BodyPart leaf(
            Optional<MediaType> type,
            Optional<String> disposition,
            boolean required,
            PartHeaders headers,
            Range content) {
        byte[] raw = Arrays.copyOfRange(body, content.from(), content.to());
        checkLength(headers.value("content-length"), raw.length);
        Optional<byte[]> decoded = TransferEncoding.decode(headers.value("content-transfer-encoding"), raw);
        if (decoded.isEmpty()) {
            findings.add(FindingCode.MIME_TRANSFER_ENCODING, "body part whose encoding cannot be undone");
        } else if (decoded.get() != raw) {
            findings.add(FindingCode.MIME_TRANSFER_DECODED, "body part with a transfer encoding");
        }
        byte[] bytes = decoded.orElse(raw);
        MediaType known = type.orElseGet(() -> guess(bytes, TEXT));
        if (type.isEmpty()) {
            findings.add(FindingCode.MIME_TYPE_MISSING, "body part without a readable Content-Type");
        }
        return new BodyPart(known, disposition, required, headers.values(), bytes);
    }

    /** Some clients count a part's octets, some count wrong: the delimiters decide. */
    private void checkLength(String contentLength, int length) {
        if (contentLength.isEmpty() || contentLength.equals(String.valueOf(length))) return;
        findings.add(FindingCode.MIME_PART_LENGTH, "body part of " + length + " bytes claims another length");
    }

    private List<BodyPart> usable(List<BodyPart> leaves) {
        List<BodyPart> chosen = new ArrayList<>();
        last(leaves, BodyPart::isSdp).ifPresent(chosen::add);
        last(leaves, BodyPart::isMetadata).ifPresent(chosen::add);
        if (chosen.isEmpty()) last(leaves, part -> true).ifPresent(chosen::add);
        return chosen;
    }

    private static Optional<BodyPart> last(List<BodyPart> leaves, Predicate<BodyPart> wanted) {
        return leaves.stream().filter(wanted).reduce((before, after) -> after);
    }

    private static String boundary(MediaType type) {
        return type.parameter("boundary").orElse("").stripTrailing();
    }

    private static String firstOf(String commaSeparated) {
        int comma = commaSeparated.indexOf(',');
        return (comma < 0 ? commaSeparated : commaSeparated.substring(0, comma)).strip();
    }

    private static MediaType guess(byte[] content, MediaType otherwise) {
        boolean sdp = content.length >= SDP_START.length
                && Arrays.equals(content, 0, SDP_START.length, SDP_START, 0, SDP_START.length);
        return sdp ? SDP : otherwise;
    }
}
