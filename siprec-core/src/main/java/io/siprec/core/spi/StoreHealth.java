package io.siprec.core.spi;

import java.util.Objects;

/**
 * Whether a store can be used.
 *
 * @param available true when a save would be expected to succeed now
 * @param detail one line for a person: what is wrong and what to do; "" when nothing is
 */
public record StoreHealth(boolean available, String detail) {
    public StoreHealth {
        Objects.requireNonNull(detail, "detail");
    }

    /** The store is usable. */
    public static StoreHealth up() {
        return new StoreHealth(true, "");
    }
}
