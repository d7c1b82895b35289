package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.transport.SipLimits;
import java.util.regex.Matcher;

/** Makes messages out of readable text. */
final class MessageVectors {
    private MessageVectors() {}

    static final String OPTIONS = """
            OPTIONS sip:srs@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-1
            From: "A, B" <sip:a@example.com>;tag=f1
            To: <sip:srs@example.com>
            Call-ID: c1@example.com
            CSeq: 7 OPTIONS
            Content-Length: 0

            """;

    static byte[] crlf(String text) {
        return text.replace("\n", "\r\n").getBytes(UTF_8);
    }

    static SipMessage parse(String text) throws SipParseException {
        return new SipParser(SipLimits.withDefaults()).parse(crlf(text));
    }

    /** The OPTIONS with one line replaced. */
    static String with(String header, String replacement) {
        return OPTIONS.replaceAll("(?m)^" + header + ":.*\n", Matcher.quoteReplacement(replacement));
    }
}
