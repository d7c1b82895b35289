package io.siprec.sip.auth;

import io.siprec.sip.transport.MessageSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Who must prove to us who they are, and how (RFC 3261 section 22, RFC 8760). */
public final class DigestSettings {
    private static final int KEY_BYTES = 32;

    private final String realm;
    private final UserStore users;
    private final List<DigestAlgorithm> algorithms;
    private final Duration nonceLifetime;
    private final int maxNonces;
    private final byte[] nonceKey;
    private final Predicate<MessageSource> exempt;
    private final boolean challengeOptions;
    private final boolean bodyIntegrity;
    private final boolean acceptWithoutQop;
    private final boolean exactUri;
    private final InstantSource clock;

    private DigestSettings(Builder builder) {
        realm = builder.realm;
        users = builder.users;
        algorithms = builder.algorithms;
        nonceLifetime = builder.nonceLifetime;
        maxNonces = builder.maxNonces;
        nonceKey = builder.nonceKey;
        exempt = builder.exempt;
        challengeOptions = builder.challengeOptions;
        bodyIntegrity = builder.bodyIntegrity;
        acceptWithoutQop = builder.acceptWithoutQop;
        exactUri = builder.exactUri;
        clock = builder.clock;
    }

    /**
     * Settings to change, from the defaults.
     *
     * @param realm names us to the users, as {@code recorder.example.com} (RFC 3261 section 22.1)
     */
    public static Builder builder(String realm, UserStore users) {
        return new Builder(realm, users);
    }

    /** See {@link #builder}. */
    public String realm() {
        return realm;
    }

    /** See {@link #builder}. */
    public UserStore users() {
        return users;
    }

    /** See {@link Builder#algorithms}; strongest first. */
    public List<DigestAlgorithm> algorithms() {
        return algorithms;
    }

    /** See {@link Builder#nonceLifetime}. */
    public Duration nonceLifetime() {
        return nonceLifetime;
    }

    /** See {@link Builder#maxNonces}. */
    public int maxNonces() {
        return maxNonces;
    }

    /** See {@link Builder#nonceKey}; a copy. */
    public byte[] nonceKey() {
        return nonceKey.clone();
    }

    /** See {@link Builder#exempt}. */
    public Predicate<MessageSource> exempt() {
        return exempt;
    }

    /** See {@link Builder#challengeOptions}. */
    public boolean challengeOptions() {
        return challengeOptions;
    }

    /** See {@link Builder#bodyIntegrity}. */
    public boolean bodyIntegrity() {
        return bodyIntegrity;
    }

    /** See {@link Builder#acceptWithoutQop}. */
    public boolean acceptWithoutQop() {
        return acceptWithoutQop;
    }

    /** See {@link Builder#exactUri}. */
    public boolean exactUri() {
        return exactUri;
    }

    /** See {@link Builder#clock}. */
    public InstantSource clock() {
        return clock;
    }

    /** Collects settings. */
    public static final class Builder {
        private final String realm;
        private final UserStore users;
        private List<DigestAlgorithm> algorithms = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
        private Duration nonceLifetime = Duration.ofMinutes(5);
        private int maxNonces = 262_144;
        private byte[] nonceKey = new byte[KEY_BYTES];
        private Predicate<MessageSource> exempt = source -> false;
        private boolean challengeOptions = true;
        private boolean bodyIntegrity;
        private boolean acceptWithoutQop;
        private boolean exactUri;
        private InstantSource clock = InstantSource.system();

        private Builder(String realm, UserStore users) {
            this.realm = Objects.requireNonNull(realm, "realm");
            this.users = Objects.requireNonNull(users, "users");
            if (realm.isBlank() || realm.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("realm must be a text of one line");
            }
            new SecureRandom().nextBytes(nonceKey);
        }

        /**
         * What is offered, one challenge for each, always strongest first (RFC 8760 section 2.3). At least one; default
         * SHA-256 and MD5.
         */
        public Builder algorithms(DigestAlgorithm... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("algorithms must name at least one");
            }
            algorithms = List.copyOf(EnumSet.copyOf(Arrays.asList(values)));
            return this;
        }

        /**
         * How long a nonce may be used; older ones are answered with a new one and {@code stale=true}, which a client
         * follows without asking its user. At least 1 s; default 5 minutes.
         */
        public Builder nonceLifetime(Duration value) {
            if (value.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("nonceLifetime must be >= 1 s, was " + value);
            }
            nonceLifetime = value;
            return this;
        }

        /**
         * For how many nonces the use is remembered, so that no request is taken twice; about 100 bytes each. Only who
         * knows a password fills it. With more the oldest are no longer accepted, as if they had grown stale. At least 2;
         * default 262,144.
         */
        public Builder maxNonces(int value) {
            if (value < 2) {
                throw new IllegalArgumentException("maxNonces must be >= 2, was " + value);
            }
            maxNonces = value;
            return this;
        }

        /**
         * What nonces are signed with. Nodes with the same key accept each other's nonces, if their clocks agree within
         * seconds; each knows only of its own uses of a nonce. At least 32 bytes; default random.
         */
        public Builder nonceKey(byte[] value) {
            if (value.length < KEY_BYTES) {
                throw new IllegalArgumentException(
                        "nonceKey must have >= " + KEY_BYTES + " bytes, had " + value.length);
            }
            nonceKey = value.clone();
            return this;
        }

        /**
         * Sources that need no credentials: addresses that you know, or all of TLS where peers must show a certificate.
         * Called on the loop threads for each request, so it must not block. Default none.
         */
        public Builder exempt(Predicate<MessageSource> value) {
            exempt = Objects.requireNonNull(value, "exempt");
            return this;
        }

        /** Whether OPTIONS needs credentials too: many SRCs probe with it and give none. Default true. */
        public Builder challengeOptions(boolean value) {
            challengeOptions = value;
            return this;
        }

        /** Whether clients may cover the body with {@code qop=auth-int} as well. Default false: {@code auth} only. */
        public Builder bodyIntegrity(boolean value) {
            bodyIntegrity = value;
            return this;
        }

        /**
         * Whether a client may leave out qop, nc and cnonce, as those of RFC 2069 do, and that with MD5 only: who knows
         * SHA-256 knows qop, and RFC 7616 demands it. Such a client may use each nonce once, since it does not count.
         * Default false.
         */
        public Builder acceptWithoutQop(boolean value) {
            acceptWithoutQop = value;
            return this;
        }

        /**
         * Whether the digest's uri must be the Request-URI to the letter. Else it may also name the host and port of
         * the Request-URI or of To, with the same user or none: proxies rewrite the Request-URI, and that is no fault
         * (RFC 3261 section 22.4). Default false.
         */
        public Builder exactUri(boolean value) {
            exactUri = value;
            return this;
        }

        /** The clock of the nonces. Default that of the system. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** The settings. */
        public DigestSettings build() {
            return new DigestSettings(this);
        }
    }
}
