package io.siprec.sip.message;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The Timestamp header (RFC 3261 section 20.38).
 *
 * @param sent by the client's clock, in seconds
 * @param delay that the server added, in seconds
 */
public record Timestamp(BigDecimal sent, Optional<BigDecimal> delay) implements HeaderValue {
    private static final int MAX_LENGTH = 40;

    /** Neither is negative. */
    public Timestamp {
        if (sent.signum() < 0 || delay.filter(seconds -> seconds.signum() < 0).isPresent()) {
            throw new IllegalArgumentException("time must not be negative");
        }
    }

    /** Reads a value. */
    public static Timestamp parse(String text) throws SipParseException {
        String[] words = text.trim().split("[ \t]+");
        if (words.length > 2) {
            throw new SipParseException(400, "Bad Timestamp header");
        }
        return new Timestamp(number(words[0]), words.length == 1 ? Optional.empty() : Optional.of(number(words[1])));
    }

    private static BigDecimal number(String text) throws SipParseException {
        if (text.length() > MAX_LENGTH || !text.matches("\\d*\\.?\\d*") || !text.matches(".*\\d.*")) {
            throw new SipParseException(400, "Bad Timestamp header");
        }
        return new BigDecimal(text);
    }

    @Override
    public String toString() {
        return sent.toPlainString()
                + delay.map(seconds -> " " + seconds.toPlainString()).orElse("");
    }
}
