package io.siprec.server.internal.recognition;

import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.message.SipRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a recording session's INVITE from other INVITEs. RFC 7866 §6.2 asks for the option tag and the feature tag;
 * SRCs in the field leave out either, so any one sign is taken: the option tag, the feature tag in any of the places
 * and spellings that SRCs use, or a metadata part.
 */
public final class Recognition {
    private static final Pattern FEATURE_TAG = Pattern.compile(";\\s*(\\+sip\\.src|src)\\s*([;=>,]|$)");

    private Recognition() {}

    public static boolean isRecordingSession(SipRequest invite, SessionBody body) {
        return !body.metadata().isEmpty() || requiresSiprec(invite) || hasFeatureTag(invite);
    }

    private static boolean requiresSiprec(SipRequest invite) {
        return invite.values("Require").stream().anyMatch("siprec"::equalsIgnoreCase);
    }

    private static boolean hasFeatureTag(SipRequest invite) {
        return invite.headers("Contact").stream()
                .anyMatch(contact ->
                        FEATURE_TAG.matcher(contact.toLowerCase(Locale.ROOT)).find());
    }
}
