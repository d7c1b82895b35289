package io.siprec.testkit;

import io.siprec.sip.SipBindException;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.SipTimers;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.internal.CallDriver;
import io.siprec.testkit.internal.CallLines;
import io.siprec.testkit.internal.MediaSender;
import io.siprec.testkit.internal.NoCalls;
import io.siprec.testkit.internal.SrcInvite;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A session recording client (RFC 7866 §6) for tests: places calls with SDP and RFC 7865 metadata, sends RTP every 20 ms,
 * ends with BYE. One signalling thread and one sending thread serve all its calls. Any thread.
 */
public final class SyntheticSrc implements AutoCloseable {
    /** Whoever asks for UDP gets UDP, as from many an SRC, however large the metadata makes the INVITE. */
    private static final int MAX_DATAGRAM_BYTES = 65_507;

    private final Builder settings;
    private final SipEndpoint endpoint;
    private final MediaSender sender;
    private final Set<CallDriver> calls = ConcurrentHashMap.newKeySet();

    private SyntheticSrc(Builder settings) throws SipBindException {
        this.settings = settings;
        InetSocketAddress anyPort = new InetSocketAddress(settings.bindAddress, 0);
        SipEndpoint.Builder builder = SipEndpoint.builder(new NoCalls())
                .listen(Transport.UDP, anyPort)
                .listen(Transport.TCP, anyPort)
                .timers(settings.timers)
                .productName(settings.productName)
                .supportedOptions(Set.of("siprec"))
                .contactParameters(settings.contactParameters)
                .maxDatagramBytes(MAX_DATAGRAM_BYTES);
        settings.tls.ifPresent(builder::tls);
        this.endpoint = builder.build();
        this.sender = new MediaSender(settings.mediaTime);
        settings.manual.ifPresent(clock -> clock.onAdvance(sender::wake));
        endpoint.start();
        sender.start();
    }

    /** Settings of a client; each has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a call and returns at once; all else is told by the call's futures.
     *
     * @throws IOException when no socket can be had for a stream
     */
    public SrcCall call(SrcCallSettings call) throws IOException {
        CallLines lines = CallLines.bind(call.media(), settings.bindAddress, settings.relay, call.seed());
        CallDriver driver = new CallDriver(endpoint, sender, System::nanoTime, call, lines, calls::remove);
        calls.add(driver);
        SrcInvite invite = new SrcInvite(call, settings.bindAddress, settings.clock.instant());
        driver.begin(invite.toClientInvite(call.transport().orElse(settings.transport), lines.currentOffer()));
        return driver;
    }

    /** Hangs up what is still going on, waits up to two seconds for the answers, and frees all ports and threads. */
    @Override
    public void close() {
        for (CallDriver call : calls) {
            call.hangUp();
        }
        awaitEnd(Duration.ofSeconds(2));
        endpoint.close();
        sender.close();
        for (CallDriver call : calls) {
            call.abort("the client was closed");
        }
    }

    private void awaitEnd(Duration patience) {
        CompletableFuture<?>[] results = calls.stream().map(CallDriver::result).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(results).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever doesn't answer a BYE is left alone.
        }
    }

    /** Collects the settings of a client. */
    public static final class Builder {
        private Transport transport = Transport.UDP;
        private InetAddress bindAddress = InetAddress.getLoopbackAddress();
        private SipTimers timers = SipTimers.withDefaults();
        private Clock clock = Clock.systemUTC();
        private Optional<TlsSettings> tls = Optional.empty();
        private String productName = "siprec-testkit";
        private String contactParameters = "+sip.src";
        private LongSupplier mediaTime = System::nanoTime;
        private Optional<ManualClock> manual = Optional.empty();
        private Optional<UdpRelay> relay = Optional.empty();

        private Builder() {}

        /** The transport of calls whose settings and URI name none. Default UDP. */
        public Builder transport(Transport value) {
            transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /**
         * The local address of signalling and media. Default: loopback.
         *
         * @throws IllegalArgumentException for a wildcard address: the SDP must name a real one
         */
        public Builder bindAddress(InetAddress address) {
            if (address.isAnyLocalAddress()) {
                throw new IllegalArgumentException("bindAddress must be one address of this machine, was " + address);
            }
            bindAddress = address;
            return this;
        }

        /** Binds to the local address from which this destination is reached. */
        public Builder bindTowards(InetSocketAddress destination) throws IOException {
            try (DatagramSocket probe = new DatagramSocket()) {
                probe.connect(destination);
                return bindAddress(probe.getLocalAddress());
            }
        }

        /** The base values of the SIP timers. Default: those of RFC 3261. */
        public Builder timers(SipTimers value) {
            timers = Objects.requireNonNull(value, "timers");
            return this;
        }

        /** Whom to trust in calls over TLS, and what to show if asked. Default: there is no TLS. */
        public Builder tls(TlsSettings value) {
            tls = Optional.of(value);
            return this;
        }

        /** What the times in the metadata are read from. Default: the system's clock. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** The User-Agent. Default {@code siprec-testkit}. */
        public Builder productName(String value) {
            productName = Objects.requireNonNull(value, "productName");
            return this;
        }

        /** What stands in the Contact behind the URI, as {@code +sip.src}; "" for nothing. Default {@code +sip.src}. */
        public Builder contactParameters(String value) {
            contactParameters = Objects.requireNonNull(value, "contactParameters");
            return this;
        }

        /**
         * Audio goes out as this clock is moved: packets that have become due leave at once. The metadata's times come from it,
         * too. Signalling keeps the time of the world.
         */
        public Builder manualClock(ManualClock value) {
            manual = Optional.of(value);
            mediaTime = value.nanoTime();
            return clock(value.clock());
        }

        /** All RTP goes through this relay: the SDP names its lines. It stays open when the client is closed. Default: none. */
        public Builder relay(UdpRelay value) {
            relay = Optional.of(value);
            return this;
        }

        /**
         * Opens the sockets and starts the threads.
         *
         * @throws SipBindException when the address can't be bound
         * @throws IllegalArgumentException when a relay has another address: the SDP has one for all lines
         */
        public SyntheticSrc start() throws SipBindException {
            if (relay.isPresent() && !relay.get().address().equals(bindAddress)) {
                throw new IllegalArgumentException(
                        "the relay is at " + relay.get().address() + ", the client at " + bindAddress);
            }
            return new SyntheticSrc(this);
        }
    }
}
