package io.siprec.sip.auth;

import io.siprec.sip.message.SipParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A digest challenge: the value of one WWW-Authenticate or Proxy-Authenticate header (RFC 7616 section 3.3, RFC 8760
 * section 2.3). Parameters that we have no use for, as {@code domain}, are skipped.
 *
 * @param realm whose users are asked for
 * @param nonce what the answer is computed with
 * @param opaque to be sent back as it is; empty when there is none
 * @param algorithm the token; MD5 where the header names none
 * @param qop the offered qualities of protection; empty from a peer that knows only RFC 2069
 * @param stale whether the credentials were right but for their nonce
 */
public record Challenge(
        String realm, String nonce, Optional<String> opaque, String algorithm, List<String> qop, boolean stale) {
    /** None may be null. */
    public Challenge {
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(opaque, "opaque");
        Objects.requireNonNull(algorithm, "algorithm");
        qop = List.copyOf(qop);
    }

    /**
     * Reads a header value; empty for a scheme other than Digest.
     *
     * @throws SipParseException when it is a faulty Digest: realm and nonce must be there
     */
    public static Optional<Challenge> parse(String value) throws SipParseException {
        Optional<AuthParameters> parameters = AuthParameters.digest(value);
        return parameters.isEmpty() ? Optional.empty() : Optional.of(of(parameters.get()));
    }

    private static Challenge of(AuthParameters parameters) throws SipParseException {
        return new Challenge(
                parameters.required("realm"),
                parameters.required("nonce"),
                parameters.value("opaque"),
                parameters.value("algorithm").orElse(DigestAlgorithm.MD5.token()),
                tokens(parameters.value("qop").orElse("")),
                parameters.value("stale").orElse("").equalsIgnoreCase("true"));
    }

    private static List<String> tokens(String list) {
        List<String> tokens = new ArrayList<>(2);
        for (String token : list.split(",")) {
            if (!token.isBlank()) {
                tokens.add(token.strip());
            }
        }
        return tokens;
    }

    /** Whether this quality of protection is offered; compared without case. */
    public boolean offers(String quality) {
        return qop.stream().anyMatch(quality::equalsIgnoreCase);
    }

    /** The header value. */
    public String value() {
        AuthParameters.Writer writer =
                new AuthParameters.Writer().quoted("realm", realm).quoted("nonce", nonce);
        opaque.ifPresent(text -> writer.quoted("opaque", text));
        if (!qop.isEmpty()) {
            writer.quoted("qop", String.join(",", qop));
        }
        if (stale) {
            writer.bare("stale", "true");
        }
        return writer.bare("algorithm", algorithm).toString();
    }
}
