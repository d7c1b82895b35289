package io.siprec.sip.internal.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.auth.Challenge;
import io.siprec.sip.auth.Credentials;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.internal.auth.Nonces.Nonce;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Asks for credentials and checks them (RFC 3261 section 22, RFC 7616, RFC 8760). One for all loops of an endpoint; a
 * challenge leaves nothing behind. Any thread.
 */
public final class DigestAuthenticator {
    /** Clocks of nodes that share a key may differ by this much. */
    private static final long CLOCK_SKEW_MS = 30_000;

    private final DigestSettings settings;
    private final Signer signer;
    private final Nonces nonces;
    private final NonceUses uses;

    /** Why a request may not pass. */
    public enum Cause {
        /** It came without credentials for our realm and algorithms: the usual first try. */
        NO_CREDENTIALS,
        /** Its credentials were right, but for a nonce that is too old, not ours or used before. */
        STALE_NONCE,
        /** User or password are wrong. */
        WRONG_CREDENTIALS,
        /** Its credentials are for another URI. */
        WRONG_URI,
        /** Its credentials can't be read. */
        MALFORMED
    }

    /** The answer to a request that may not pass. */
    public record Refusal(Cause cause, int status, String reason, List<Header> headers) {}

    /** An authenticator with these settings. */
    public DigestAuthenticator(DigestSettings settings) {
        this.settings = settings;
        this.signer = new Signer(settings.nonceKey());
        this.nonces = new Nonces(signer, settings.realm());
        this.uses = new NonceUses(settings.maxNonces(), settings.nonceLifetime().toMillis(), nowMs());
    }

    private long nowMs() {
        return settings.clock().millis();
    }

    /** Lets a request pass (empty), or says how to refuse it. What the user store throws comes through. */
    public Optional<Refusal> check(SipRequest request, MessageSource source) {
        String method = request.method();
        boolean free = method.equals("ACK")
                || method.equals("CANCEL") // neither can be sent again with credentials (RFC 3261 section 22.1)
                || method.equals("OPTIONS") && !settings.challengeOptions()
                || settings.exempt().test(source);
        return free ? Optional.empty() : challengeUnlessProven(request);
    }

    private Optional<Refusal> challengeUnlessProven(SipRequest request) {
        try {
            Optional<Credentials> credentials = ours(request);
            return credentials.isEmpty() ? challenge(Cause.NO_CREDENTIALS) : verify(request, credentials.get());
        } catch (SipParseException e) {
            return refuse(Cause.MALFORMED, e.getMessage());
        }
    }

    /** Credentials may come for several realms (RFC 3261 section 22.3): the first for ours counts. */
    private Optional<Credentials> ours(SipRequest request) throws SipParseException {
        for (String value : request.headers("Authorization")) {
            Optional<Credentials> credentials = Credentials.parse(value);
            if (credentials.filter(c -> c.realm().equals(settings.realm())).isPresent()) {
                return credentials;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> verify(SipRequest request, Credentials credentials) {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(credentials.algorithm())
                .filter(settings.algorithms()::contains)
                .filter(offered -> qualityOffered(credentials, offered));
        if (algorithm.isEmpty()) {
            return challenge(Cause.NO_CREDENTIALS);
        }
        if (!proven(request, credentials, algorithm.get())) {
            return challenge(Cause.WRONG_CREDENTIALS);
        }
        if (!uriMatches(credentials.uri(), request)) {
            return refuse(Cause.WRONG_URI, "Digest URI Is Not The Request-URI");
        }
        return fresh(credentials) ? Optional.empty() : challenge(Cause.STALE_NONCE);
    }

    private boolean qualityOffered(Credentials credentials, DigestAlgorithm algorithm) {
        return credentials
                .protection()
                .map(used -> used.qop().equalsIgnoreCase(DigestResponse.AUTH)
                        || settings.bodyIntegrity() && used.qop().equalsIgnoreCase(DigestResponse.AUTH_INT))
                .orElse(settings.acceptWithoutQop() && algorithm == DigestAlgorithm.MD5);
    }

    /** An unknown user costs what a wrong password costs: the same hashes, with a HA1 that nobody has. */
    private boolean proven(SipRequest request, Credentials credentials, DigestAlgorithm algorithm) {
        String ha1 = settings.users()
                .ha1(credentials.username(), settings.realm(), algorithm)
                .orElse("");
        String expected = DigestResponse.of(
                algorithm, ha1.isEmpty() ? nobody(algorithm) : ha1, request.method(), credentials, request);
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(US_ASCII), credentials.response().getBytes(US_ASCII));
        return equal & !ha1.isEmpty();
    }

    private static String nobody(DigestAlgorithm algorithm) {
        return "0".repeat(algorithm.hexDigits());
    }

    private boolean uriMatches(String uri, SipRequest request) {
        return settings.exactUri() ? DigestUri.exact(uri, request) : DigestUri.samePlace(uri, request);
    }

    /** A nonce is ours, young, and not used with this count; one without a count may be used once. */
    private boolean fresh(Credentials credentials) {
        Optional<Nonce> nonce = nonces.read(credentials.nonce());
        if (nonce.isEmpty()) {
            return false;
        }
        long now = nowMs();
        long ageMs = now - nonce.get().issuedMs();
        long count = credentials.protection().map(Credentials.Protection::uses).orElse(1L);
        return ageMs >= -CLOCK_SKEW_MS
                && ageMs <= settings.nonceLifetime().toMillis()
                && uses.first(nonce.get(), count, now);
    }

    private Optional<Refusal> challenge(Cause cause) {
        String nonce = nonces.issue(nowMs());
        List<String> qop = settings.bodyIntegrity()
                ? List.of(DigestResponse.AUTH, DigestResponse.AUTH_INT)
                : List.of(DigestResponse.AUTH);
        List<Header> headers = new ArrayList<>(settings.algorithms().size());
        for (DigestAlgorithm algorithm : settings.algorithms()) {
            Challenge challenge = new Challenge(
                    settings.realm(), nonce, Optional.empty(), algorithm.token(), qop, cause == Cause.STALE_NONCE);
            headers.add(new Header("WWW-Authenticate", challenge.value()));
        }
        return Optional.of(new Refusal(cause, 401, "Unauthorized", headers));
    }

    private static Optional<Refusal> refuse(Cause cause, String reason) {
        return Optional.of(new Refusal(cause, 400, reason, List.of()));
    }

    /**
     * The To tag of a refusal. It is the same each time the request comes, since no transaction remembers the first one, and
     * the ACK has it too (RFC 3261 section 8.2.7).
     */
    public String tag(SipRequest request) {
        String id = request.topVia().branch().orElse("")
                + ' '
                + request.cseq().number()
                + ' '
                + request.from().tag().orElse("")
                + ' ';
        byte[] signature = signer.sign(id.getBytes(UTF_8), request.callId().getBytes(UTF_8));
        return HexFormat.of().formatHex(signature, 0, 8);
    }

    /** For how many nonces the use is remembered now. */
    public int rememberedNonces() {
        return uses.size();
    }
}
