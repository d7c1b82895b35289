/** Session store on Redis. */
@SuppressWarnings(
        "requires-automatic") // Lettuce and Reactor are none of their own, but their manifests say their names
module io.siprec.store.redis {
    requires transitive io.siprec.core;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport;
    requires lettuce.core;
    requires org.slf4j;
    requires reactor.core;

    exports io.siprec.store.redis;

    provides io.siprec.core.spi.SessionStoreFactory with
            io.siprec.store.redis.RedisSessionStoreFactory;
}
