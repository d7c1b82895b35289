package io.siprec.core.spi;

import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of stores that are on the class path or the module path. */
public final class SessionStores {
    private SessionStores() {}

    /**
     * Their factories by name. Of two with one name the first is taken.
     *
     * @throws java.util.ServiceConfigurationError if a factory can't be loaded
     */
    public static SortedMap<String, SessionStoreFactory> factories() {
        SortedMap<String, SessionStoreFactory> found = new TreeMap<>();
        ServiceLoader.load(SessionStoreFactory.class).forEach(factory -> found.putIfAbsent(factory.name(), factory));
        return Collections.unmodifiableSortedMap(found);
    }
}
