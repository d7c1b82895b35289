package io.siprec.sip;

import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.dialog.SipSettings;
import io.siprec.sip.internal.group.LoopGroup;
import io.siprec.sip.internal.guard.GuardState;
import io.siprec.sip.internal.tls.Engines;
import io.siprec.sip.internal.tls.Workers;
import io.siprec.sip.internal.transport.NetworkShare;
import io.siprec.sip.message.Header;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A SIP user agent: its sockets, its loops, and the transactions and dialogs that belong to them. */
public final class SipEndpoint implements AutoCloseable {
    private final List<ListeningPoint> wanted;
    private final Workers workers = new Workers();
    private final Optional<Engines> engines;
    private final LoopGroup group;
    private volatile List<ListeningPoint> opened = List.of();
    private State state = State.NEW; // guarded by this

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private SipEndpoint(Builder builder) throws IOException {
        wanted = List.copyOf(builder.listeningPoints);
        engines = Optional.ofNullable(builder.tls).map(Engines::new);
        SipSettings settings = builder.settings.build();
        NetworkShare share = new NetworkShare(
                settings.limits(),
                engines,
                workers,
                new GuardState(builder.guard, builder.clock),
                Optional.ofNullable(builder.trace));
        group = new LoopGroup(builder.loops, builder.application, settings, builder.clock, share);
    }

    /** Settings for an endpoint; the application is the one required value. */
    public static Builder builder(SipApplication application) {
        return new Builder(application);
    }

    /**
     * Opens all listening points and starts the loops. On failure nothing stays open, and the endpoint is closed.
     *
     * @throws SipBindException which names what could not be opened
     */
    public synchronized void start() throws SipBindException {
        if (state != State.NEW) {
            throw new IllegalStateException("an endpoint starts once");
        }
        List<ListeningPoint> points = new ArrayList<>();
        try {
            for (ListeningPoint point : wanted) {
                points.add(group.open(point));
            }
        } catch (SipBindException e) {
            close();
            throw e;
        }
        opened = List.copyOf(points);
        state = State.RUNNING;
        group.start();
    }

    /** What the endpoint listens on, with the real ports, in the order of the builder; empty before the start. */
    public List<ListeningPoint> listeningPoints() {
        return opened;
    }

    /** The loops, for work that is about no single call: what is about one goes to the loop of its dialog. Any thread. */
    public List<SipLoop> loops() {
        return group.loops();
    }

    /**
     * Sends an INVITE. Any thread; the outcome comes through the listener, on the loop of the fresh Call-ID. Only when the
     * endpoint is closed or its queue full the listener's {@code onFailed} is called here and now. A loop uses the connections
     * that it has; to one destination there may be one from each loop, which spares a look into the others' tables.
     */
    public ClientCall invite(ClientInvite invite, ClientCallListener listener) {
        Objects.requireNonNull(invite, "invite");
        Objects.requireNonNull(listener, "listener");
        return group.invite(invite, listener);
    }

    /**
     * Reads the files of the TLS settings again: new connections use what is in them now, open ones go on. Blocks, so not
     * for the loop's thread. Without TLS settings there is nothing to do.
     *
     * @throws TlsException which says in one line what can't be used; the old keys stay in use then
     */
    public void reloadTls() {
        engines.ifPresent(Engines::reload);
    }

    /** Gauges and counters. Any thread. */
    public SipStatistics statistics() {
        return group.statistics();
    }

    /**
     * Repeated messages by the address of the peer, most first: of the about 1,000 peers on each loop that repeated something
     * last. Any thread.
     */
    public List<PeerRetransmissions> retransmissions() {
        return group.retransmissions();
    }

    /**
     * Closes sockets and loops, and waits for the threads unless called on one of them. Dialogs end with
     * {@code ENDPOINT_CLOSED}; no BYE is sent: the application does that first. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            state = State.CLOSED;
        }
        group.close();
        workers.close();
    }

    /** Collects the settings of an endpoint. */
    public static final class Builder {
        private final SipApplication application;
        private final List<ListeningPoint> listeningPoints = new ArrayList<>();
        private final SipSettings.Builder settings = SipSettings.builder();
        private LongSupplier clock = System::nanoTime;
        private TlsSettings tls; // null for no TLS
        private int loops = 1;
        private SipGuard guard = SipGuard.open();
        private SipTrace trace; // null for none

        private Builder(SipApplication application) {
            this.application = Objects.requireNonNull(application, "application");
        }

        /** Adds an address to listen on; port 0 takes any free one. */
        public Builder listen(Transport transport, InetSocketAddress address) {
            listeningPoints.add(new ListeningPoint(transport, address));
            return this;
        }

        /** Keys and trust for TLS. Default none: there is no TLS then, neither as server nor as client. */
        public Builder tls(TlsSettings value) {
            tls = Objects.requireNonNull(value, "tls");
            return this;
        }

        /**
         * Threads that share the work, each with its own sockets; a call belongs to one of them by its Call-ID. At least 1;
         * default 1, which is enough for some thousand calls a second. More need SO_REUSEPORT, as Linux has it.
         */
        public Builder loops(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("loops must be >= 1, was " + count);
            }
            loops = count;
            return this;
        }

        /** What peers may use of us. Default {@link SipLimits#withDefaults()}. */
        public Builder limits(SipLimits value) {
            settings.limits(Objects.requireNonNull(value, "limits"));
            return this;
        }

        /** Who may send, and how much. Default {@link SipGuard#open()}. */
        public Builder guard(SipGuard value) {
            guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /**
         * Sets what says, beside the stack's own limits, that no new call can be taken: new INVITEs get 503 with its reason
         * then, an OPTIONS outside of a dialog as well, and dialogs go on. It is asked for each of these requests on the
         * loop, so it must be quick: look at a number that another thread keeps. May be called several times: the first that
         * has a reason counts. Default: there is none.
         */
        public Builder overload(Supplier<Optional<Unavailable>> value) {
            settings.overload(Objects.requireNonNull(value, "overload"));
            return this;
        }

        /** Sees every message; may be called several times. Default: nobody does, and that costs nothing. */
        public Builder trace(SipTrace value) {
            trace = trace == null ? Objects.requireNonNull(value, "trace") : new BothTraces(trace, value);
            return this;
        }

        /** Base values of the transaction timers. Default {@link SipTimers#withDefaults()}. */
        public Builder timers(SipTimers value) {
            settings.timers(Objects.requireNonNull(value, "timers"));
            return this;
        }

        /** How session timers are used (RFC 4028). Default {@link SessionTimerSettings#withDefaults()}. */
        public Builder sessionTimers(SessionTimerSettings value) {
            settings.sessionTimers(Objects.requireNonNull(value, "sessionTimers"));
            return this;
        }

        /**
         * Whether INVITEs of ours that make an offer ask for reliable provisional responses (RFC 3262), which get their
         * PRACK from the stack. Default false. Reliable responses to the INVITEs of peers need no setting.
         */
        public Builder reliableProvisionals(boolean value) {
            settings.reliableProvisionals(value);
            return this;
        }

        /** The clock of all timers, in nanoseconds from any origin. Default {@code System::nanoTime}. */
        public Builder clock(LongSupplier nanoTime) {
            clock = Objects.requireNonNull(nanoTime, "nanoTime");
            return this;
        }

        /** The value of Server and User-Agent headers. Default none: the headers are left out. */
        public Builder productName(String value) {
            settings.productName(new Header("Server", value).value());
            return this;
        }

        /**
         * Option tags that a Require may name (RFC 3261 section 8.2.2.3), listed in the Supported of our answers. Default
         * siprec. Those that the stack itself serves need not be named: timer unless session timers are off, and 100rel.
         */
        public Builder supportedOptions(Set<String> tags) {
            settings.supportedOptions(tags);
            return this;
        }

        /** Media types that the answer to OPTIONS lists in Accept. Default application/sdp. */
        public Builder acceptedTypes(List<String> types) {
            settings.acceptedTypes(types);
            return this;
        }

        /** The host in our Contact and Via where we listen on a wildcard address. Default: the address towards the peer. */
        public Builder advertisedHost(String host) {
            settings.advertisedHost(new Header("Host", host).value());
            return this;
        }

        /**
         * The largest request that we send as a datagram; a larger one goes by TCP, and as a datagram only where TCP is
         * refused (RFC 3261 section 18.1.1). At least 1; default 1,300. A known path MTU less 200 may be given.
         */
        public Builder maxDatagramBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxDatagramBytes must be >= 1, was " + value);
            }
            settings.maxDatagramBytes(value);
            return this;
        }

        /** Parameters of each Contact of ours, as {@code "+sip.srs"} (RFC 3840 section 9). Default none. */
        public Builder contactParameters(String parameters) {
            settings.contactParameters(new Header("Contact", parameters).value());
            return this;
        }

        /**
         * Asks each request but ACK and CANCEL for credentials (RFC 3261 section 22, RFC 8760); who has none gets 401 and
         * leaves nothing behind. Default: nobody is asked.
         */
        public Builder authentication(DigestSettings value) {
            settings.authentication(Objects.requireNonNull(value, "authentication"));
            return this;
        }

        /**
         * Who we are to peers that ask: a 401 or 407 to a request of ours is answered with these, once (RFC 3261 section
         * 22). A {@link ClientInvite} may bring its own. Default none: the 401 or 407 is the outcome.
         */
        public Builder credentials(ClientCredentials value) {
            settings.credentials(Objects.requireNonNull(value, "credentials"));
            return this;
        }

        /** The endpoint, not started. Throws {@link TlsException} when the key material can't be used. */
        public SipEndpoint build() {
            try {
                return new SipEndpoint(this);
            } catch (IOException e) {
                throw new UncheckedIOException("no selector", e);
            }
        }
    }
}
