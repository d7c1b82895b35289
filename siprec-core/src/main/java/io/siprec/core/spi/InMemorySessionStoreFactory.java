package io.siprec.core.spi;

import java.util.Map;

/** Opens {@link InMemorySessionStore}s, under the name {@code memory}; there are no settings. */
public final class InMemorySessionStoreFactory implements SessionStoreFactory {
    /** For {@link java.util.ServiceLoader}. */
    public InMemorySessionStoreFactory() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public SessionStore open(Map<String, String> settings) {
        return new InMemorySessionStore();
    }
}
