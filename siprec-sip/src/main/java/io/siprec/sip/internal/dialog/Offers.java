package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import java.util.Locale;

/** Finds session descriptions in bodies (RFC 3264), alone or as a part of several. */
final class Offers {
    private static final String SDP = "application/sdp";

    private Offers() {}

    static boolean in(SipMessage message) {
        if (message.bodyLength() == 0) {
            return false;
        }
        String type = message.contentType().orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith(SDP) || type.startsWith("multipart/") && names(message.body());
    }

    static boolean in(SipBody body) {
        String type = body.contentType().toLowerCase(Locale.ROOT);
        return type.startsWith(SDP) || type.startsWith("multipart/") && names(body.content());
    }

    private static boolean names(byte[] parts) {
        return new String(parts, ISO_8859_1).toLowerCase(Locale.ROOT).contains(SDP);
    }
}
