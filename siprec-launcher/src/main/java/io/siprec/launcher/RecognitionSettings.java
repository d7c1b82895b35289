package io.siprec.launcher;

import io.siprec.server.NonSiprecInvites;
import io.siprec.server.SiprecServer;
import java.util.List;

/**
 * Which calls are recorded.
 *
 * @param strict INVITEs are held to RFC 7866 to the letter
 * @param others what happens to those without the signs of a recording session
 * @param users of the Request-URI that may be called; empty for any
 */
record RecognitionSettings(boolean strict, NonSiprecInvites others, List<String> users) {
    static final RecognitionSettings DEFAULT = new RecognitionSettings(false, NonSiprecInvites.REJECT, List.of());

    private enum Strictness {
        FALSE,
        TRUE
    }

    static RecognitionSettings of(SettingsReader reader) {
        return new RecognitionSettings(
                reader.choice("SIPREC_STRICT", Strictness.class, Strictness.FALSE) == Strictness.TRUE,
                reader.choice("NON_SIPREC_INVITES", NonSiprecInvites.class, DEFAULT.others),
                reader.list("SIP_USERS"));
    }

    void apply(SiprecServer.Builder builder) {
        builder.strict(strict).nonSiprecInvites(others);
        if (!users.isEmpty()) {
            builder.callPolicy(new KnownUsers(users));
        }
    }
}
