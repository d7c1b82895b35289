package io.siprec.server.internal.body;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.mime.BodyPart;
import io.siprec.core.mime.MimeBody;
import io.siprec.core.mime.MimeException;
import io.siprec.core.mime.MimeLimits;
import io.siprec.core.sdp.ParsedSdp;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the body of a message carries for a recording: an offer, metadata, both or neither (RFC 7866 §9.1).
 *
 * @param sdp the first SDP part
 * @param metadata the metadata documents in order
 * @param others the parts that are neither, in order
 * @param findings what was odd
 */
public record SessionBody(
        Optional<ParsedSdp> sdp, List<MetadataDocument> metadata, List<KeptPart> others, List<Finding> findings) {
    /** The body of a message without one. */
    public static final SessionBody NONE = new SessionBody(Optional.empty(), List.of(), List.of(), List.of());

    public static final String ACCEPT =
            "application/sdp, multipart/mixed, application/rs-metadata, application/rs-metadata+xml";

    /**
     * One metadata part.
     *
     * @param raw as received
     * @param update what it says
     */
    public record MetadataDocument(byte[] raw, MetadataUpdate update) {}

    /**
     * Reads a message's body; what is only odd becomes a finding.
     *
     * @param strict whether a part of unknown type is refused unless its sender wrote {@code handling=optional} (RFC 5621
     *     §8), not only where the sender wrote {@code handling=required}
     */
    public static SessionBody of(SipMessage message, boolean strict) throws Refusal {
        return read(message, strict ? Refused.WHAT_IS_REQUIRED : Refused.WHAT_IS_SAID_TO_BE_REQUIRED);
    }

    /**
     * Reads the body of a message that can't be refused (ACK, BYE, a response): a part that can't be read costs none of the
     * others.
     *
     * @throws Refusal when it can't be taken apart at all
     */
    public static SessionBody ofUnrefusable(SipMessage message) throws Refusal {
        return read(message, Refused.NOTHING);
    }

    private static SessionBody read(SipMessage message, Refused refused) throws Refusal {
        requireKnownEncoding(message);
        return message.bodyLength() == 0 ? NONE : new Reader(refused).read(parts(message));
    }

    /** The parts for which a message is refused when they can't be read. */
    private enum Refused {
        WHAT_IS_REQUIRED,
        WHAT_IS_SAID_TO_BE_REQUIRED,
        NOTHING
    }

    private static void requireKnownEncoding(SipMessage message) throws Refusal {
        String encoding = message.header("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity") && !encoding.isEmpty()) {
            throw new Refusal(415, "Unsupported Content-Encoding", new Header("Accept-Encoding", "identity"));
        }
    }

    private static MimeBody parts(SipMessage message) throws Refusal {
        String contentType = message.contentType().orElseThrow(() -> new Refusal(400, "Body without Content-Type"));
        try {
            return MimeBody.parse(contentType, message.body(), MimeLimits.defaults());
        } catch (MimeException e) {
            throw new Refusal(400, "Bad body: " + e.getMessage());
        }
    }

    /** Sorts the parts of one body. */
    private static final class Reader {
        private final List<Finding> findings = new ArrayList<>();
        private final List<MetadataDocument> metadata = new ArrayList<>();
        private final List<KeptPart> others = new ArrayList<>(1);
        private final Refused refused;
        private ParsedSdp sdp;
        private boolean unknownRequired;

        Reader(Refused refused) {
            this.refused = refused;
        }

        SessionBody read(MimeBody body) throws Refusal {
            findings.addAll(body.findings());
            for (BodyPart part : body.parts()) {
                take(part);
            }
            if (refused != Refused.NOTHING && unknownRequired && sdp == null && metadata.isEmpty()) {
                throw unsupportedType(); // nothing in it that we know (RFC 3261 §8.2.3)
            }
            return new SessionBody(
                    Optional.ofNullable(sdp), List.copyOf(metadata), List.copyOf(others), List.copyOf(findings));
        }

        private void take(BodyPart part) throws Refusal {
            if (part.isSdp()) {
                takeSdp(part);
            } else if (part.isMetadata()) {
                takeMetadata(part);
            } else {
                passOver(part);
            }
        }

        private void takeSdp(BodyPart part) throws Refusal {
            if (sdp != null) {
                findings.add(Finding.of(FindingCode.SDP_SECOND_PART, "a second SDP part"));
                return;
            }
            try {
                sdp = SdpParser.parse(part.content(), SdpLimits.defaults());
                findings.addAll(sdp.findings());
            } catch (SdpException e) {
                if (refused != Refused.NOTHING) {
                    throw new Refusal(400, "Bad SDP: " + e.getMessage());
                }
                findings.add(Finding.of(
                        FindingCode.BODY_UNREADABLE, "a session description can't be read (" + e.getMessage() + ")"));
            }
        }

        private void takeMetadata(BodyPart part) {
            MetadataUpdate update =
                    MetadataParser.parse(part.content(), part.type().parameter("charset"), MetadataLimits.defaults());
            metadata.add(new MetadataDocument(part.content(), update));
            findings.addAll(update.findings());
        }

        /** A part is required by default; SRCs that don't say so don't mean it (RFC 3261 §20.11, RFC 5621 §8.4). */
        private void passOver(BodyPart part) throws Refusal {
            if (isRefused(part)) {
                throw unsupportedType();
            }
            unknownRequired |= part.handlingRequired();
            String type = part.type().type() + "/" + part.type().subtype();
            others.add(new KeptPart(type, part.content()));
            findings.add(Finding.of(FindingCode.BODY_PART_IGNORED, "a part of type " + type));
        }

        private boolean isRefused(BodyPart part) {
            return switch (refused) {
                case WHAT_IS_REQUIRED -> part.handlingRequired();
                case WHAT_IS_SAID_TO_BE_REQUIRED -> saysRequired(part);
                case NOTHING -> false;
            };
        }

        private static boolean saysRequired(BodyPart part) {
            String disposition = part.header("Content-Disposition").orElse("").toLowerCase(Locale.ROOT);
            return disposition.replace(" ", "").contains("handling=required");
        }

        private static Refusal unsupportedType() {
            return new Refusal(415, "Unsupported Media Type", new Header("Accept", ACCEPT));
        }
    }
}
