package io.siprec.launcher;

import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreFactory;
import io.siprec.core.spi.SessionStores;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.StoreSettingsException;
import io.siprec.server.SiprecServer;
import java.util.Map;
import java.util.Optional;

/**
 * Where sessions are kept.
 *
 * @param name of the kind of store
 * @param required whether the server starts only when the store can be used
 * @param nodeId the server's name in it; empty for a random one
 */
record StoreSettings(String name, boolean required, Optional<String> nodeId) {
    static final StoreSettings DEFAULT = new StoreSettings("memory", false, Optional.empty());

    private static final String STORE = "SESSION_STORE";
    private static final String REQUIRED = "SESSION_STORE_REQUIRED";
    private static final String REDIS = "redis";
    private static final String REDIS_ENABLED = "REDIS_ENABLED";
    private static final String NODE_ID = "NODE_ID";
    private static final int TRIES = 5; // the first ones may take longer than health() waits: classes are loaded
    private static final int MAX_NODE_CHARS = 128;

    /** An answer to a yes-or-no question. */
    private enum Truth {
        FALSE,
        TRUE
    }

    static StoreSettings of(SettingsReader reader) {
        boolean redis = reader.choice(REDIS_ENABLED, Truth.class, Truth.FALSE) == Truth.TRUE;
        String name = reader.text(STORE, redis ? REDIS : DEFAULT.name);
        if (!SessionStores.factories().containsKey(name)) {
            reader.wrong(
                    STORE,
                    name,
                    "unknown; use one of "
                            + String.join(", ", SessionStores.factories().keySet()));
        } else if (reader.given(REDIS_ENABLED) && redis != name.equals(REDIS)) {
            reader.wrong(
                    REDIS_ENABLED,
                    reader.text(REDIS_ENABLED, ""),
                    "contradicts " + STORE + '=' + name + "; leave one of them out");
        }
        return new StoreSettings(name, reader.choice(REQUIRED, Truth.class, Truth.FALSE) == Truth.TRUE, nodeId(reader));
    }

    private static Optional<String> nodeId(SettingsReader reader) {
        String id = reader.text(NODE_ID, "");
        if (id.length() > MAX_NODE_CHARS || id.chars().anyMatch(Character::isISOControl)) {
            reader.wrong(
                    NODE_ID, id.replaceAll("\\p{Cntrl}", "?"), "not a name; use at most 128 characters, no controls");
            return Optional.empty();
        }
        return Optional.of(id).filter(given -> !given.isEmpty());
    }

    /** @throws SettingsException if the store can't be opened, or can't be used and must be */
    SessionStore open(Map<String, String> environment) throws SettingsException {
        SessionStoreFactory factory = SessionStores.factories().get(name);
        try {
            SessionStore store = factory.open(environment);
            if (required) {
                check(store);
            }
            return store;
        } catch (StoreSettingsException e) {
            throw new SettingsException(e.faults().stream()
                    .map(StoreSettingsException.Fault::toString)
                    .toList());
        }
    }

    private void check(SessionStore store) throws SettingsException {
        StoreHealth health = store.health();
        for (int i = 1; i < TRIES && !health.available(); i++) {
            health = store.health();
        }
        if (!health.available()) {
            store.close();
            throw new SettingsException(REQUIRED + "=true: the store " + name + " can't be used: " + health.detail());
        }
    }

    void applyTo(SiprecServer.Builder builder, SessionStore store) {
        builder.sessionStore(store);
        nodeId.ifPresent(builder::nodeId);
    }
}
