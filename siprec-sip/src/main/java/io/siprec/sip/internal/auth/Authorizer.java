package io.siprec.sip.internal.auth;

import io.siprec.sip.auth.Challenge;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves who we are in one call: remembers who has challenged us, so that later requests carry credentials at once, with
 * the next nonce count (RFC 3261 sections 22.2 and 22.3). Loop thread only.
 */
public final class Authorizer {
    private static final int MAX_REALMS = 8;
    /** Tries of one request after which a nonce that is stale once more is no accident. */
    private static final int MAX_STALE_TRIES = 3;

    private final ClientCredentials credentials;
    private final Supplier<String> cnonces;
    private final Map<Asker, ClientNonce> nonces = new LinkedHashMap<>(2);

    /** Who asks: a realm's server, or its proxy. */
    private record Asker(String realm, boolean proxy) {
        String header() {
            return proxy ? "Proxy-Authorization" : "Authorization";
        }
    }

    /** An authorizer that nobody has challenged yet; {@code cnonces} gives a random text each time. */
    public Authorizer(ClientCredentials credentials, Supplier<String> cnonces) {
        this.credentials = credentials;
        this.cnonces = cnonces;
    }

    /** The headers for a request that is about to be sent: one for each realm that has challenged us. */
    public List<Header> headers(String method, String uri, byte[] body) {
        List<Header> headers = new ArrayList<>(nonces.size());
        nonces.forEach((asker, nonce) -> headers.add(
                new Header(asker.header(), nonce.next(method, uri, body).value())));
        return headers;
    }

    /**
     * Takes the challenges of a 401 or 407. True when {@link #headers} has a better answer now than the request carried;
     * false when we have no credentials for it, or the right thing was said and not believed.
     *
     * @param tries how often the request was sent up to now
     */
    public boolean challenged(SipRequest request, SipResponse response, int tries) {
        boolean answerable = false;
        for (Map.Entry<Asker, List<Challenge>> asked : askers(response).entrySet()) {
            Optional<Challenge> chosen = strongest(asked.getValue());
            if (chosen.isEmpty()) {
                continue; // another realm's answer may be enough, as after a fork
            }
            Asker asker = asked.getKey();
            if (refusedForGood(nonces.get(asker), asker, request, chosen.get(), tries)) {
                nonces.remove(asker);
                return false;
            }
            if (nonces.containsKey(asker) || nonces.size() < MAX_REALMS) {
                nonces.put(asker, nonce(chosen.get()));
                answerable = true;
            }
        }
        return answerable;
    }

    /** A nonce's first use fails for a wrong password; a later one may also fail since the server forgot the nonce. */
    private static boolean refusedForGood(
            ClientNonce used, Asker asker, SipRequest request, Challenge challenge, int tries) {
        boolean answered = used != null && request.header(asker.header()).isPresent();
        if (!answered || used.uses() > 1) {
            return false;
        }
        return !challenge.stale() || tries >= MAX_STALE_TRIES;
    }

    private static Map<Asker, List<Challenge>> askers(SipResponse response) {
        Map<Asker, List<Challenge>> askers = new LinkedHashMap<>();
        for (boolean proxy : new boolean[] {false, true}) {
            for (String value : response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate")) {
                readable(value)
                        .ifPresent(challenge -> askers.computeIfAbsent(
                                        new Asker(challenge.realm(), proxy), asker -> new ArrayList<>())
                                .add(challenge));
            }
        }
        return askers;
    }

    private static Optional<Challenge> readable(String value) {
        try {
            return Challenge.parse(value);
        } catch (SipParseException e) {
            return Optional.empty(); // as if that one had not been offered
        }
    }

    /** Of a realm's challenges the one with the strongest algorithm that we have the HA1 for. */
    private Optional<Challenge> strongest(List<Challenge> challenges) {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            for (Challenge challenge : challenges) {
                if (challenge.algorithm().equalsIgnoreCase(algorithm.token())
                        && ClientNonce.qualityOf(challenge).isPresent()
                        && credentials.ha1(challenge.realm(), algorithm).isPresent()) {
                    return Optional.of(challenge);
                }
            }
        }
        return Optional.empty();
    }

    private ClientNonce nonce(Challenge challenge) {
        DigestAlgorithm algorithm = DigestAlgorithm.of(challenge.algorithm()).orElseThrow();
        String user = credentials.user(challenge.realm()).orElseThrow();
        String ha1 = credentials.ha1(challenge.realm(), algorithm).orElseThrow();
        return new ClientNonce(challenge, algorithm, user, ha1, cnonces.get());
    }
}
