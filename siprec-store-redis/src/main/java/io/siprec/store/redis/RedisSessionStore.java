package io.siprec.store.redis;

import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.StoredSession;
import io.siprec.store.redis.internal.Keys;
import io.siprec.store.redis.internal.NodeTable;
import io.siprec.store.redis.internal.RedisLink;
import io.siprec.store.redis.internal.RedisTarget;
import io.siprec.store.redis.internal.RedisTarget.Address;
import io.siprec.store.redis.internal.SessionTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sessions in Redis 6.2 or later. Opening it connects to nothing: the first call does, and each call after a failure does so
 * anew. Each wait for Redis is bounded by the time-out of the builder. Sessions expire after their lifetime unless they are
 * saved, claimed or kept alive by their node's heartbeat.
 */
public final class RedisSessionStore implements SessionStore {
    private static final Duration HEALTH_TIMEOUT = Duration.ofMillis(450); // to connect, and for the reply

    private final RedisLink link;
    private final SessionTable sessions;
    private final NodeTable nodes;

    private RedisSessionStore(Builder settings) {
        Keys keys = new Keys(settings.keyPrefix);
        link = new RedisLink(settings.target());
        nodes = new NodeTable(link, keys, settings.sessionTtl, settings.clock);
        sessions = new SessionTable(link, keys, settings.sessionTtl, nodes);
    }

    /** Describes a store in the Redis at this host and port. */
    public static Builder builder(String host, int port) {
        return new Builder().address(host, port);
    }

    @Override
    public long save(SessionSnapshot snapshot, long expectedVersion) throws SessionStoreException {
        return sessions.save(snapshot, expectedVersion);
    }

    @Override
    public Optional<StoredSession> find(SessionId id) throws SessionStoreException {
        return sessions.find(id);
    }

    @Override
    public List<StoredSession> findByCallId(String callId) throws SessionStoreException {
        return sessions.findByCallId(callId);
    }

    @Override
    public boolean remove(SessionId id, long expectedVersion) throws SessionStoreException {
        return sessions.remove(id, expectedVersion);
    }

    @Override
    public List<StoredSession> listByNode(String node) throws SessionStoreException {
        return sessions.listByNode(node);
    }

    @Override
    public StoredSession claim(SessionId id, String node, long expectedVersion) throws SessionStoreException {
        return sessions.claim(id, node, expectedVersion);
    }

    @Override
    public void heartbeat(String node, Duration ttl) throws SessionStoreException {
        nodes.heartbeat(node, ttl);
    }

    @Override
    public Set<String> liveNodes() throws SessionStoreException {
        return nodes.live();
    }

    @Override
    public Set<String> knownNodes() throws SessionStoreException {
        return nodes.known();
    }

    /** Writes a small key, so that a Redis that answers but takes no writes is not taken to be well. */
    @Override
    public StoreHealth health() {
        try {
            nodes.probe(HEALTH_TIMEOUT);
            return StoreHealth.up();
        } catch (SessionStoreException e) {
            return new StoreHealth(false, e.getMessage());
        }
    }

    @Override
    public void close() {
        link.close();
    }

    /** Describes a store. Not thread-safe. */
    public static final class Builder {
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

        private final List<Address> addresses = new ArrayList<>();
        private RedisMode mode = RedisMode.STANDALONE;
        private String sentinelMaster = "mymaster";
        private String sentinelPassword = "";
        private String username = "";
        private String password = "";
        private int database;
        private boolean tls;
        private Path tlsCa; // null for those of the Java runtime
        private RedisTarget.Tls.Identity tlsIdentity; // null for none
        private Duration timeout = Duration.ofSeconds(2);
        private Duration sessionTtl = Duration.ofHours(24);
        private String keyPrefix = "siprec";
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** One more Sentinel, or node of the Cluster, to be asked. */
        public Builder address(String host, int port) {
            if (host.isBlank() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("not an address: " + host + ':' + port);
            }
            addresses.add(new Address(host, port));
            return this;
        }

        /** How the servers belong together; one server by default. */
        public Builder mode(RedisMode newMode) {
            mode = Objects.requireNonNull(newMode, "mode");
            return this;
        }

        /** The name that the Sentinels know the master by; {@code mymaster} by default. */
        public Builder sentinelMaster(String name) {
            sentinelMaster = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The password of the Sentinels themselves; none by default. */
        public Builder sentinelPassword(String secret) {
            sentinelPassword = Objects.requireNonNull(secret, "secret");
            return this;
        }

        /** Who we are, by Redis' ACL; the default user by default. */
        public Builder username(String name) {
            username = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The password; none by default. */
        public Builder password(String secret) {
            password = Objects.requireNonNull(secret, "secret");
            return this;
        }

        /** The database; 0 by default, and the only one in a Cluster. */
        public Builder database(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("not a database: " + number);
            }
            database = number;
            return this;
        }

        /** TLS, with the server's certificate and its name checked; off by default. */
        public Builder tls(boolean on) {
            tls = on;
            return this;
        }

        /** PEM file of the CAs that are trusted, instead of those of the Java runtime. */
        public Builder tlsCa(Path file) {
            tlsCa = Objects.requireNonNull(file, "file");
            return this;
        }

        /** PEM files of a certificate that we show, its chain first to last, and of its key in PKCS#8. */
        public Builder tlsIdentity(Path certificate, Path key) {
            tlsIdentity = new RedisTarget.Tls.Identity(certificate, key);
            return this;
        }

        /** How long making a connection, and each wait for a reply, may take; 2 s by default. */
        public Builder timeout(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("timeout must be positive, was " + longest);
            }
            timeout = longest;
            return this;
        }

        /** How long a session stays that nobody saves, claims or keeps alive; 24 hours by default, a second at least. */
        public Builder sessionTtl(Duration ttl) {
            if (ttl.toSeconds() < 1) {
                throw new IllegalArgumentException("sessionTtl must be at least 1 s, was " + ttl);
            }
            sessionTtl = ttl;
            return this;
        }

        /** What all our keys begin with: letters, digits and {@code . _ : / -}, at most 64; {@code siprec} by default. */
        public Builder keyPrefix(String prefix) {
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("not a prefix of keys");
            }
            keyPrefix = prefix;
            return this;
        }

        /** Tells when a heartbeat has to keep sessions alive again; the system's by default. */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * The store.
         *
         * @throws IllegalArgumentException if settings contradict each other, or a file of TLS can't be used
         */
        public RedisSessionStore build() {
            if (mode == RedisMode.CLUSTER && database != 0) {
                throw new IllegalArgumentException("a Cluster has no database but 0");
            }
            if (mode == RedisMode.STANDALONE && addresses.size() > 1) {
                throw new IllegalArgumentException("one address for one server");
            }
            return new RedisSessionStore(this);
        }

        private RedisTarget target() {
            return new RedisTarget(
                    mode,
                    addresses,
                    sentinelMaster,
                    sentinelPassword,
                    username,
                    password,
                    database,
                    tls
                            ? Optional.of(
                                    new RedisTarget.Tls(Optional.ofNullable(tlsCa), Optional.ofNullable(tlsIdentity)))
                            : Optional.empty(),
                    timeout);
        }
    }
}
