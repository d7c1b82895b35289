package io.siprec.store.redis.internal;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.siprec.store.redis.RedisMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes connections, whatever the mode. They are not made anew by Lettuce when they break: it would repeat commands of which
 * nobody knows whether they were run. {@link RedisLink} makes another one.
 */
final class RedisConnector implements AutoCloseable {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final int THREADS = 2;

    private final RedisTarget target;
    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<CompletableFuture<Connection>> opener;

    /** A connection and what can be asked on it. */
    record Connection(StatefulConnection<String, byte[]> link, RedisClusterAsyncCommands<String, byte[]> commands) {}

    RedisConnector(RedisTarget target) {
        this.target = target;
        resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE) // as all else in this process finds hosts
                .build();
        if (target.mode() == RedisMode.CLUSTER) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, nodes());
            cluster.setOptions(clusterOptions());
            opener = () -> open(cluster);
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(common(ClientOptions.builder()).build());
            RedisURI uri = target.mode() == RedisMode.SENTINEL ? sentinel() : nodes().get(0);
            opener = () -> open(single, uri);
            client = single;
        }
    }

    /** Begins to connect. */
    CompletableFuture<Connection> open() {
        return opener.get();
    }

    private static CompletableFuture<Connection> open(RedisClient client, RedisURI uri) {
        return client.connectAsync(CODEC, uri)
                .toCompletableFuture()
                .thenApply(link -> new Connection(link, link.async()));
    }

    /** A new connection looks at the Cluster anew: the old one may have broken because the Cluster has changed. */
    private static CompletableFuture<Connection> open(RedisClusterClient client) {
        return client.refreshPartitionsAsync()
                .toCompletableFuture()
                .thenCompose(done -> client.connectAsync(CODEC))
                .thenApply(link -> new Connection(link, link.async()));
    }

    private List<RedisURI> nodes() {
        return target.addresses().stream()
                .map(address -> identified(secured(RedisURI.Builder.redis(address.host(), address.port()))))
                .toList();
    }

    private RedisURI sentinel() {
        RedisURI.Builder uri = RedisURI.builder().withSentinelMasterId(target.sentinelMaster());
        for (RedisTarget.Address address : target.addresses()) {
            RedisURI.Builder one = secured(RedisURI.Builder.redis(address.host(), address.port()));
            if (!target.sentinelPassword().isEmpty()) {
                one.withPassword(target.sentinelPassword().toCharArray());
            }
            uri.withSentinel(one.build());
        }
        return identified(secured(uri));
    }

    private RedisURI.Builder secured(RedisURI.Builder uri) {
        return uri.withTimeout(target.timeout())
                .withSsl(target.tls().isPresent())
                .withVerifyPeer(SslVerifyMode.FULL);
    }

    private RedisURI identified(RedisURI.Builder uri) {
        char[] password = target.password().toCharArray();
        if (!target.username().isEmpty()) {
            uri.withAuthentication(target.username(), password);
        } else if (password.length > 0) {
            uri.withPassword(password);
        }
        return uri.withDatabase(target.database()).build();
    }

    private ClusterClientOptions clusterOptions() {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        common(builder);
        // Connections to nodes are made when the first command for them comes, which would be refused otherwise.
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
        return builder.validateClusterNodeMembership(false).build();
    }

    private <B extends ClientOptions.Builder> B common(B builder) {
        builder.autoReconnect(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(target.timeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(target.timeout())
                        .keepAlive(true)
                        .build());
        target.tls().ifPresent(tls -> builder.sslOptions(sslOptions(tls)));
        return builder;
    }

    private SslOptions sslOptions(RedisTarget.Tls tls) {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(target.timeout());
        tls.ca().ifPresent(file -> options.trustManager(file.toFile()));
        tls.identity()
                .ifPresent(own ->
                        options.keyManager(own.certificate().toFile(), own.key().toFile(), new char[0]));
        return options.build();
    }

    @Override
    public void close() {
        client.shutdownAsync(0, 2, TimeUnit.SECONDS).join();
        resources
                .shutdown(0, 2, TimeUnit.SECONDS)
                .awaitUninterruptibly(Duration.ofSeconds(3).toMillis());
    }
}
