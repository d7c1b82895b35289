package io.siprec.sip.auth;

import io.siprec.sip.message.SipParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to a challenge: the value of one Authorization or Proxy-Authorization header (RFC 7616 section 3.4).
 * Parameters that we have no use for are skipped.
 *
 * @param username of the user, without quotes and escapes
 * @param realm as in the challenge
 * @param nonce as in the challenge
 * @param uri the Request-URI as the client saw it
 * @param response what proves that the client knows the password, in lower-case hex
 * @param algorithm the token; MD5 where the header names none
 * @param opaque as in the challenge
 * @param protection how often and how the nonce is used; empty from a client that knows only RFC 2069
 */
public record Credentials(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        String algorithm,
        Optional<String> opaque,
        Optional<Protection> protection) {
    private static final int MAX_COUNT_DIGITS = 8;

    /**
     * The quality of protection and what comes with it.
     *
     * @param qop {@code auth} or {@code auth-int}
     * @param count the nonce count as written, up to eight hex digits
     * @param cnonce the client's own nonce
     */
    public record Protection(String qop, String count, String cnonce) {
        /** The count must be hex. */
        public Protection {
            Objects.requireNonNull(qop, "qop");
            Objects.requireNonNull(cnonce, "cnonce");
            if (!isCount(count)) {
                throw new IllegalArgumentException("nc must be 1 to 8 hex digits");
            }
        }

        /** How often the client has used the nonce, this time included: 0 to 2^32 - 1. */
        public long uses() {
            return Long.parseLong(count, 16);
        }
    }

    /** None may be null. */
    public Credentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(uri, "uri");
        response = response.toLowerCase(Locale.ROOT);
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(opaque, "opaque");
        Objects.requireNonNull(protection, "protection");
    }

    private static boolean isCount(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_COUNT_DIGITS
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    /**
     * Reads a header value; empty for a scheme other than Digest.
     *
     * @throws SipParseException when it is a faulty Digest: username, realm, nonce, uri and response must be there, and
     *     with qop also nc and cnonce
     */
    public static Optional<Credentials> parse(String value) throws SipParseException {
        Optional<AuthParameters> parameters = AuthParameters.digest(value);
        return parameters.isEmpty() ? Optional.empty() : Optional.of(of(parameters.get()));
    }

    private static Credentials of(AuthParameters parameters) throws SipParseException {
        return new Credentials(
                parameters.required("username"),
                parameters.required("realm"),
                parameters.required("nonce"),
                parameters.required("uri"),
                parameters.required("response"),
                parameters.value("algorithm").orElse(DigestAlgorithm.MD5.token()),
                parameters.value("opaque"),
                protection(parameters));
    }

    private static Optional<Protection> protection(AuthParameters parameters) throws SipParseException {
        Optional<String> qop = parameters.value("qop");
        if (qop.isEmpty()) {
            return Optional.empty();
        }
        String count = parameters.required("nc");
        if (!isCount(count)) {
            throw AuthParameters.fault("nc is not 8 hex digits");
        }
        return Optional.of(new Protection(qop.get(), count, parameters.required("cnonce")));
    }

    /** The header value. */
    public String value() {
        AuthParameters.Writer writer = new AuthParameters.Writer()
                .quoted("username", username)
                .quoted("realm", realm)
                .quoted("nonce", nonce)
                .quoted("uri", uri)
                .quoted("response", response)
                .bare("algorithm", algorithm);
        opaque.ifPresent(text -> writer.quoted("opaque", text));
        protection.ifPresent(
                used -> writer.bare("qop", used.qop()).bare("nc", used.count()).quoted("cnonce", used.cnonce()));
        return writer.toString();
    }

    /** Without the response: it lets a reader try passwords. */
    @Override
    public String toString() {
        return "Credentials[username=" + username + ", realm=" + realm + ", algorithm=" + algorithm + "]";
    }
}
