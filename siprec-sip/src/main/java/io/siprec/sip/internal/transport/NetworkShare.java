package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.guard.GuardState;
import io.siprec.sip.internal.tls.Engines;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.SipLimits;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What the networks of all loops of an endpoint share. Any thread. */
public final class NetworkShare {
    private final Optional<Engines> engines;
    private final Executor workers;
    private final GuardState guard;
    private final Optional<SipTrace> trace;
    private final AddressCounts connectionsPerSource;
    private final AddressCounts handshakesPerSource;

    /**
     * The share of an endpoint.
     *
     * @param engines for TLS, if there is any
     * @param workers do what would hold up a loop
     * @param guard what the loops share of it
     * @param trace sees all messages, if there is one
     */
    public NetworkShare(
            SipLimits limits, Optional<Engines> engines, Executor workers, GuardState guard, Optional<SipTrace> trace) {
        this.engines = engines;
        this.workers = workers;
        this.guard = guard;
        this.trace = trace;
        this.connectionsPerSource = new AddressCounts(limits.maxConnectionsPerSource());
        this.handshakesPerSource = new AddressCounts(limits.maxHandshakesPerSource());
    }

    Optional<Engines> engines() {
        return engines;
    }

    Executor workers() {
        return workers;
    }

    /** Of the guard, what all loops share. */
    public GuardState guard() {
        return guard;
    }

    Optional<SipTrace> trace() {
        return trace;
    }

    AddressCounts connectionsPerSource() {
        return connectionsPerSource;
    }

    AddressCounts handshakesPerSource() {
        return handshakesPerSource;
    }
}
