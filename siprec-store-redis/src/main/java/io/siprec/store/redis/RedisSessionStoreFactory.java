package io.siprec.store.redis;

import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreFactory;
import io.siprec.core.spi.StoreSettingsException;
import java.util.Map;

/** Opens {@link RedisSessionStore}s under the name {@code redis}, by the settings {@code REDIS_...}. */
public final class RedisSessionStoreFactory implements SessionStoreFactory {
    /** For {@link java.util.ServiceLoader}. */
    public RedisSessionStoreFactory() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public SessionStore open(Map<String, String> settings) throws StoreSettingsException {
        return new RedisSettings(settings).open();
    }
}
