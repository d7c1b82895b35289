package io.siprec.core.spi;

import java.util.Map;

/** Opens stores of one kind by settings. Found through {@link java.util.ServiceLoader}: see {@link SessionStores}. */
public interface SessionStoreFactory {
    /** What the kind is called in settings: {@code redis}. Lower case, of letters, digits and hyphens. */
    String name();

    /**
     * A store by settings. Nothing is asked of the network here: a store whose server is away opens, and says in
     * {@link SessionStore#health} that it can't be used.
     *
     * @param settings by name, as {@code REDIS_ADDRESS}; also those of other parts. The launcher gives its environment
     * @throws StoreSettingsException if a setting can't be used
     */
    SessionStore open(Map<String, String> settings) throws StoreSettingsException;
}
