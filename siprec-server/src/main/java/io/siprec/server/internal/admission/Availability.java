package io.siprec.server.internal.admission;

import io.siprec.sip.guard.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Why no new call can be recorded at this moment, if so: the SIP stack asks for each INVITE and OPTIONS. Any thread. */
public final class Availability implements Supplier<Optional<Unavailable>> {
    private static final Optional<Unavailable> DRAINING = why("Shutting Down", 30);
    private static final Optional<Unavailable> SESSIONS = why("Too Many Recording Sessions", 10);
    private static final Optional<Unavailable> PORTS = why("No Free RTP Ports", 10);

    private final BooleanSupplier full;
    private final IntSupplier freePortPairs;
    private final Shortage ports = new Shortage(1, 2); // a call of two streams needs two pairs
    private final Supplier<Optional<Unavailable>> resources;
    private volatile boolean draining;

    /**
     * @param full whether the limit of sessions is reached
     * @param resources what a {@link ResourceWatch} found lacking
     */
    public Availability(BooleanSupplier full, IntSupplier freePortPairs, Supplier<Optional<Unavailable>> resources) {
        this.full = full;
        this.freePortPairs = freePortPairs;
        this.resources = resources;
    }

    static Optional<Unavailable> why(String reason, int retrySeconds) {
        return Optional.of(new Unavailable(reason, Duration.ofSeconds(retrySeconds)));
    }

    /** Takes no new calls from now on. */
    public void drain() {
        draining = true;
    }

    /** Whether {@link #drain()} was called. */
    public boolean draining() {
        return draining;
    }

    @Override
    public Optional<Unavailable> get() {
        if (draining) {
            return DRAINING;
        }
        if (full.getAsBoolean()) {
            return SESSIONS;
        }
        return ports.present(freePortPairs.getAsInt()) ? PORTS : resources.get();
    }
}
