package io.siprec.sip;

import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/** A SIP user agent: its sockets, one loop thread, and the transactions and dialogs that belong to it. */
public final class SipEndpoint implements AutoCloseable {
    private SipEndpoint() {}

    /** Settings for an endpoint; the application is the one required value. */
    public static Builder builder(SipApplication application) {
        return new Builder(application);
    }

    /** Opens all listening points and starts the loop. On failure nothing stays open. */
    public void start() throws SipBindException {
        throw new UnsupportedOperationException();
    }

    /** What the endpoint listens on, with the real ports. */
    public List<ListeningPoint> listeningPoints() {
        throw new UnsupportedOperationException();
    }

    /** Runs a task on the loop thread. Any thread. False when the queue is full or the endpoint closed. */
    public boolean execute(Runnable task) {
        throw new UnsupportedOperationException();
    }

    /** Runs a task on the loop after a delay. Loop thread only. */
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    /** Sends an INVITE. Any thread; the outcome comes through the listener, on the loop. */
    public ClientCall invite(ClientInvite invite, ClientCallListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Gauges and counters. Any thread. */
    public SipStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /** Closes sockets and loop and waits for the thread. Sends no BYE: the application does that first. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Collects the settings of an endpoint. */
    public static final class Builder {
        private final SipApplication application;
        private final List<ListeningPoint> listeningPoints = new ArrayList<>();

        private Builder(SipApplication application) {
            this.application = Objects.requireNonNull(application, "application");
        }

        /** Adds an address to listen on; port 0 takes any free one. */
        public Builder listen(Transport transport, InetSocketAddress address) {
            listeningPoints.add(new ListeningPoint(transport, address));
            return this;
        }

        /** What peers may use of us. */
        public Builder limits(SipLimits value) {
            return this;
        }

        /** Base values of the transaction timers. */
        public Builder timers(SipTimers value) {
            return this;
        }

        /** The clock of all timers, in nanoseconds from any origin. Default {@code System::nanoTime}. */
        public Builder clock(LongSupplier nanoTime) {
            return this;
        }

        /** The value of Server and User-Agent headers. */
        public Builder productName(String value) {
            return this;
        }

        /** Option tags that a Require may name (RFC 3261 section 8.2.2.3). Default none. */
        public Builder supportedOptions(Set<String> tags) {
            return this;
        }

        /** Media types that the answer to OPTIONS lists in Accept. */
        public Builder acceptedTypes(List<String> types) {
            return this;
        }

        /** The host in our Contact and Via where we listen on a wildcard address. Default: the address towards the peer. */
        public Builder advertisedHost(String host) {
            return this;
        }

        /** Parameters of each Contact of ours, as {@code "+sip.srs"}. */
        public Builder contactParameters(String parameters) {
            return this;
        }

        /** The endpoint, not started. */
        public SipEndpoint build() {
            Objects.requireNonNull(application);
            return new SipEndpoint();
        }
    }
}
