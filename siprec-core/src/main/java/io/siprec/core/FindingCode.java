package io.siprec.core;

import static io.siprec.core.Severity.ERROR;
import static io.siprec.core.Severity.INFO;
import static io.siprec.core.Severity.WARNING;

import java.util.Locale;

/**
 * What can be odd about a recorded call, and what is done about it. {@code docs/findings.md} explains each to who runs
 * the SRC.
 */
public enum FindingCode {
    SIPREC_SIGN_MISSING(INFO, "RFC 7866 §6.2", "another sign of a recording session was enough"),
    NOT_A_RECORDING_SESSION(INFO, "RFC 7866 §6.2", "it was recorded, as INVITEs without the signs are to be"),
    MIME_TYPE_MISSING(WARNING, "RFC 3261 §20.15", "its content told what it is"),
    MIME_NO_CLOSING_DELIMITER(WARNING, "RFC 2046 §5.1.1", "the last part was taken up to the end of the body"),
    MIME_PART_HEADERS(WARNING, "RFC 2046 §5.1", "its content was taken to begin at the first line that is no header"),
    MIME_PART_EMPTY(INFO, "RFC 2046 §5.1.1", "it was passed over"),
    MIME_PART_LENGTH(INFO, "RFC 2046 §5.1", "the delimiters were followed"),
    MIME_NESTED_UNREADABLE(WARNING, "RFC 2046 §5.1.1", "it was taken as one part"),
    MIME_TRANSFER_ENCODING(WARNING, "RFC 2045 §6", "it was taken as it came"),
    MIME_TRANSFER_DECODED(INFO, "RFC 2045 §6", "it was decoded, and is kept so"),
    BODY_PART_IGNORED(INFO, "RFC 5621 §8", "it was not read"),
    BODY_PARTS_TOO_MANY(WARNING, "", "they were not kept as files"),
    BODY_UNREADABLE(WARNING, "", "it was passed over"),
    SDP_NOT_UTF8(WARNING, "RFC 8866 §5", "it was read as Latin-1"),
    SDP_SECOND_PART(WARNING, "RFC 3264 §5", "the first one counts"),
    SDP_SECOND_VERSION(WARNING, "RFC 8866 §5", "its lines were read as part of the first one"),
    SDP_MISSING_VERSION(WARNING, "RFC 8866 §5.1", "version 0 was assumed"),
    SDP_MISSING_ORIGIN(WARNING, "RFC 8866 §5.2", "it was done without"),
    SDP_ORIGIN_UNREADABLE(WARNING, "RFC 8866 §5.2", "what is missing was assumed, what is too much ignored"),
    SDP_MISSING_NAME(INFO, "RFC 8866 §5.3", "it was done without"),
    SDP_MISSING_TIMING(INFO, "RFC 8866 §5.9", "it was done without"),
    SDP_TIMING_UNREADABLE(WARNING, "RFC 8866 §5.9", "it was ignored"),
    SDP_MISSING_CONNECTION(WARNING, "RFC 8866 §5.7", "its packets are known by the first source that sends them"),
    SDP_CONNECTION_UNREADABLE(WARNING, "RFC 8866 §5.7", "it was ignored"),
    SDP_NO_FORMATS(WARNING, "RFC 8866 §5.14", "there is nothing to accept on that line"),
    SDP_MANY_FORMATS(WARNING, "", "the first of them were read"),
    SDP_RTPMAP_UNREADABLE(WARNING, "RFC 8866 §6.6", "the static meaning of its payload types counts"),
    SDP_STRAY_LINE(INFO, "RFC 8866 §5", "they were left out"),
    SDP_STRAY_RETURN(WARNING, "RFC 8866 §5", "it was read as a blank"),
    SDP_MISSING_LABEL(INFO, "RFC 7866 §7.1.1", "the line is known by its position"),
    SDP_DUPLICATE_LABEL(
            WARNING, "RFC 7866 §7.1.1", "each line is recorded, the metadata's streams are matched with the first"),
    SDP_FORMAT_UNKNOWN(INFO, "RFC 8866 §6.6", "they were left out"),
    SDP_CRYPTO_UNREADABLE(WARNING, "RFC 4568 §9.1", "it was passed over"),
    SDP_FINGERPRINT_UNREADABLE(WARNING, "RFC 8122 §5", "it was passed over"),
    SDP_LINE_REFUSED(WARNING, "RFC 3264 §6", "the line got port 0, the others are recorded"),
    SDP_NO_DECODER(
            ERROR,
            "RFC 3264 §6",
            "the line was accepted; its packets can't be made audible and go to the packet capture, if there is one"),
    SDP_FEWER_LINES(WARNING, "RFC 3264 §8", "they were taken as ended"),
    SDP_HOLD_BY_ADDRESS(INFO, "RFC 3264 §8.4", "it was taken as held"),
    SDP_UNSPECIFIED_ADDRESS(INFO, "RFC 3264 §8.4", "it is recorded from where its packets come"),
    SDP_ANSWER_LINE_COUNT(WARNING, "RFC 3264 §6", "lines too many were passed over, missing ones count as refused"),
    SDP_ANSWER_DIRECTION(
            WARNING,
            "RFC 3264 §6.1",
            "it counts as received only where the SRC sends and we asked for it, else as held"),
    SDP_ANSWER_WITHOUT_FORMAT(WARNING, "RFC 3264 §6.1", "all that were offered are taken"),
    SDP_ANSWER_UNOFFERED_FORMAT(WARNING, "RFC 3264 §6.1", "it is recorded if it can be decoded"),
    METADATA_TOO_LARGE(ERROR, "", "its start was read, and all of it kept as a file"),
    METADATA_TOO_MANY(WARNING, "", "it was used, but not kept as a file"),
    METADATA_MALFORMED(ERROR, "RFC 7865 §5.1", "what stands before the fault was used"),
    METADATA_BARE_AMPERSAND(WARNING, "XML 1.0 §2.4", "it was read as if escaped"),
    METADATA_CHARSET(WARNING, "RFC 7865 §5.1", "replacement characters stand in their place"),
    METADATA_CHARSET_UNKNOWN(WARNING, "RFC 7865 §5.1", "it was passed over; the next hint, or UTF-8, counts"),
    METADATA_DTD_REFUSED(ERROR, "RFC 7865 §5.1", "the document was not read, but kept as a file"),
    METADATA_ENTITY(WARNING, "XML 1.0 §4.1", "its name stands in its place"),
    METADATA_TOO_MANY_ELEMENTS(ERROR, "", "the rest was not read"),
    METADATA_TOO_DEEP(WARNING, "", "they were left out"),
    METADATA_VALUE_CUT(WARNING, "", "it was cut"),
    METADATA_WRONG_DIRECTION(ERROR, "RFC 7865 §7", "it was passed over"),
    METADATA_UNKNOWN_ROOT(ERROR, "RFC 7865 §6.11", "it was not read, but kept as a file"),
    METADATA_DRAFT_NAMESPACE(INFO, "RFC 7865 §5.1.2", "it was read as if in that of the RFC"),
    METADATA_UNKNOWN_NAMESPACE(WARNING, "RFC 7865 §5.1.2", "it was read as if in that of the RFC"),
    METADATA_DATAMODE_SPELLING(INFO, "RFC 7865 §9", "it was taken all the same"),
    METADATA_DATAMODE_UNKNOWN(WARNING, "RFC 7865 §5.1.2", "the document was taken as complete"),
    METADATA_MISSING_ID(WARNING, "RFC 7865 §6.10", "it was kept, though nothing can refer to it"),
    METADATA_DUPLICATE_ID(ERROR, "RFC 7865 §6.10", "the first definition stays"),
    METADATA_ID_OF_ANOTHER_KIND(ERROR, "RFC 7865 §6.10", "a complete document was followed, a partial one was not"),
    METADATA_UNKNOWN_REFERENCE(INFO, "RFC 7865 §6.10", "they were kept"),
    METADATA_NO_NAME(WARNING, "RFC 7865 §6.5.1", "the participant is known by its id alone"),
    METADATA_PLACEHOLDER(INFO, "RFC 7865 §6.5", "it was taken as it is"),
    METADATA_TWO_GROUPS(WARNING, "RFC 7865 §6.2", "the first one counts"),
    METADATA_REASON_CAUSE(WARNING, "RFC 7865 §9", "the reason was kept without its cause"),
    METADATA_TIME_FORM(INFO, "RFC 7865 §6.9", "they were read all the same"),
    METADATA_TIME_ZONE_MISSING(WARNING, "RFC 7865 §6.9", "they were read as UTC"),
    METADATA_TIME_UNREADABLE(WARNING, "RFC 7865 §6.9", "it was left out"),
    METADATA_TIMES_REVERSED(WARNING, "RFC 7865 §6.9", "it was taken to have ended as it began"),
    METADATA_PARTIAL_FIRST(WARNING, "RFC 7866 §9.1", "it was used as far as it goes"),
    METADATA_PARTIAL_UNKNOWN_ID(INFO, "RFC 7866 §9.2", "they were kept"),
    METADATA_TOO_MUCH_KNOWN(ERROR, "", "later ones were not kept"),
    METADATA_HISTORY_FULL(ERROR, "", "later ones were not kept"),
    ATTRIBUTION_HISTORY_FULL(WARNING, "", "only the newest were kept"),
    METADATA_LABELS_DIFFER(WARNING, "RFC 7865 §6.7.1", "streams and lines were matched in their order"),
    METADATA_LABEL_UNMATCHED(INFO, "RFC 7865 §6.7.1", "the streams left were matched with the lines left"),
    METADATA_UNFORESEEN(INFO, "RFC 7866 §9.1", "it was taken"),
    SNAPSHOT_REFUSED(INFO, "RFC 7866 §9.2", "the recording goes on with what is known"),
    SNAPSHOT_NOT_SENT(WARNING, "RFC 7866 §9.2", "what was missing stayed missing"),
    CHANGE_REFUSED(WARNING, "RFC 3261 §14.2", "the session went on as it was"),
    DATE_OFF(WARNING, "RFC 3261 §20.17", "the time of arrival was taken"),
    LATE_ANSWER_UNUSABLE(ERROR, "RFC 3261 §13.2.1", "the call was ended"),
    LATE_ANSWER_MISSING(WARNING, "RFC 3261 §14.2", "the session went on as it was"),
    ACK_SDP_UNEXPECTED(WARNING, "RFC 3264 §4", "it was passed over"),
    OWN_OFFER_REFUSED(
            WARNING, "RFC 3261 §14.1", "what is paused is not recorded all the same, the rest went on as it was"),
    OWN_OFFER_UNANSWERED(WARNING, "RFC 3261 §14.1", "the streams went on as they were"),
    SRTP_KEY_IN_CLEAR(WARNING, "RFC 4568 §8.3", "it was taken"),
    SRTP_FAILING(ERROR, "RFC 3711 §3.3", "they were dropped and counted, nothing of them is in its file"),
    RTP_SILENCE(WARNING, "", "it stays silent in its file, and the rules of the session decide"),
    RTP_SILENCE_OVER(INFO, "", "the silence stays in its file"),
    RTP_NOTHING_RECEIVED(WARNING, "", "it stays silent in its file until audio comes"),
    RTP_WRONG_SOURCE(WARNING, "", "they were not recorded"),
    RTP_WRONG_SSRC(WARNING, "RFC 3550 §8.2", "they were not recorded"),
    RTP_WRONG_PAYLOAD_TYPE(WARNING, "RFC 3264 §6.1", "they were not recorded"),
    RTP_MALFORMED(WARNING, "RFC 3550 §5.1", "they were passed over"),
    RTP_UNDECODABLE(WARNING, "", "it stays silent in its file"),
    RTP_COMFORT_NOISE_ONLY(INFO, "", "it is silent in its file"),
    RTP_EVENTS_ONLY(INFO, "", "it is silent in its file"),
    RTP_DIGITAL_SILENCE(INFO, "", "it was recorded as it is"),
    RTP_NOTHING_NEW(WARNING, "", "they were passed over"),
    RTP_FLOOD(
            WARNING,
            "",
            "they were dropped and counted; where the socket's buffer ran over, packets of the stream went too"),
    RTP_SECOND_SSRC(WARNING, "RFC 3550 §8.2", "the first one alone is recorded, for as long as it sends"),
    RTP_SECOND_SOURCE(WARNING, "RFC 4961 §4", "the first one alone is recorded, unless the other is the signalled one"),
    RTP_SOURCE_NOT_SIGNALLED(INFO, "RFC 4961 §4", "it is recorded from there until the signalled address sends"),
    RTP_SOURCE_MOVED(INFO, "RFC 4961 §4", "it is recorded from there"),
    RTP_SSRC_CHANGED(INFO, "RFC 3550 §8.2", "it goes on in its file, placed by the time of arrival"),
    RTP_DROPPED_BY_SYSTEM(WARNING, "", "they are lost"),
    AUDIO_NOT_WRITTEN(ERROR, "", "its place in the file is silent, what comes later is written"),
    CAPTURE_INCOMPLETE(WARNING, "", "the audio files have them all the same"),
    FINDINGS_DROPPED(WARNING, "", "they are not listed");

    private final Severity severity;
    private final String reference;
    private final String done;

    FindingCode(Severity severity, String reference, String done) {
        this.severity = severity;
        this.reference = reference;
        this.done = done;
    }

    /** The name in manifests, events and logs: {@code sdp-missing-timing}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** The rule that was bent, for example {@code RFC 8866 §5.9}, or "". */
    public String reference() {
        return reference;
    }

    /** What is done about it, for people. */
    public String done() {
        return done;
    }
}
