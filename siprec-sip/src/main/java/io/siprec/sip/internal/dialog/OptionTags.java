package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipMessage;

/** Option tags that the stack itself acts on (RFC 3261 section 19.2). */
final class OptionTags {
    /** Session timers (RFC 4028). */
    static final String TIMER = "timer";

    /** Reliable provisional responses (RFC 3262). */
    static final String RELIABLE_PROVISIONAL = "100rel";

    private OptionTags() {}

    /** Whether a list header, Supported or Require, names the tag. */
    static boolean has(SipMessage message, String header, String tag) {
        for (String named : message.values(header)) {
            if (named.equalsIgnoreCase(tag)) {
                return true;
            }
        }
        return false;
    }
}
