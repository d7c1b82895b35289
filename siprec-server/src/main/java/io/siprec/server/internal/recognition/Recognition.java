package io.siprec.server.internal.recognition;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.server.NonSiprecInvites;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a recording session's INVITE from other INVITEs, and how strictly messages are taken. RFC 7866 §6.2 asks for the
 * option tag and the feature tag; SRCs in the field leave out either, so unless told to be strict any one sign is taken: the
 * option tag, the feature tag in any of the places and spellings that SRCs use, or a metadata part.
 *
 * @param strict whether both signs must be there, and unknown required body parts are refused
 * @param others what becomes of INVITEs without the signs
 */
public record Recognition(boolean strict, NonSiprecInvites others) {
    private static final Pattern ANY_FEATURE_TAG = Pattern.compile(";\\s*(\\+sip\\.src|src)\\s*([;=>,]|$)");
    private static final Pattern ANSWER_TYPE =
            Pattern.compile("\\s*(\\*/\\*|application/(\\*|sdp))\\s*(;.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int MISCELLANEOUS = 399; // warn-code, RFC 3261 §20.43

    /** Reads the body of a message, of whatever kind. */
    public SessionBody body(SipMessage message) throws Refusal {
        return SessionBody.of(message, strict);
    }

    /** Refuses an INVITE that is not to be recorded. */
    public void check(SipRequest invite, SessionBody body) throws Refusal {
        if (!isRecordingSession(invite, body) && others == NonSiprecInvites.REJECT) {
            throw stranger(invite);
        }
    }

    /** Whether an INVITE asks for a recording session. */
    public boolean isRecordingSession(SipRequest invite, SessionBody body) {
        return strict
                ? missingSigns(invite).isEmpty()
                : requiresSiprec(invite)
                        || hasAnyFeatureTag(invite)
                        || !body.metadata().isEmpty();
    }

    /** What is odd about the signs of an INVITE that was taken. */
    public Optional<Finding> oddity(SipRequest invite, SessionBody body) {
        List<String> missing = missingSigns(invite);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String lacks = "the INVITE lacks " + String.join(" and ", missing);
        return Optional.of(
                isRecordingSession(invite, body)
                        ? Finding.of(FindingCode.SIPREC_SIGN_MISSING, lacks)
                        : Finding.of(FindingCode.NOT_A_RECORDING_SESSION, lacks));
    }

    /** Who takes no SDP could not read an answer either: that comes first (RFC 3261 §8.2.3). */
    private Refusal stranger(SipRequest invite) {
        boolean takesSdp = invite.header("Accept").isEmpty()
                || invite.values("Accept").stream().anyMatch(ANSWER_TYPE.asMatchPredicate());
        if (!takesSdp) {
            return new Refusal(406, "Not Acceptable");
        }
        return Refusal.notAcceptable(
                MISCELLANEOUS,
                strict
                        ? "not a recording session (RFC 7866 section 6.2): the INVITE lacks "
                                + String.join(" and ", missingSigns(invite))
                        : "not a recording session: no option tag siprec, feature tag +sip.src or metadata");
    }

    /** Of the two signs of RFC 7866 §6.2. */
    private static List<String> missingSigns(SipRequest invite) {
        List<String> missing = new ArrayList<>(2);
        if (!requiresSiprec(invite)) {
            missing.add("Require: siprec");
        }
        if (invite.addresses("Contact").stream().noneMatch(Recognition::isOfAnSrc)) {
            missing.add("the feature tag +sip.src in its Contact");
        }
        return missing;
    }

    /** A tag without a value is true (RFC 3840 §9). */
    private static boolean isOfAnSrc(NameAddress contact) {
        return contact.parameter("+sip.src")
                .map(value -> value.isEmpty() || value.replace("\"", "").equalsIgnoreCase("TRUE"))
                .orElse(contact.hasParameter("+sip.src"));
    }

    private static boolean requiresSiprec(SipRequest invite) {
        return invite.values("Require").stream().anyMatch("siprec"::equalsIgnoreCase);
    }

    private static boolean hasAnyFeatureTag(SipRequest invite) {
        return invite.headers("Contact").stream()
                .anyMatch(contact -> ANY_FEATURE_TAG
                        .matcher(contact.toLowerCase(Locale.ROOT))
                        .find());
    }
}
