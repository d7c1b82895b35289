package io.siprec.testkit;

import io.siprec.testkit.internal.RelayLoop;
import io.siprec.testkit.internal.RelayPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A bad network between a client and a recorder, on one machine and without privileges: RTP of the client is lost, delayed,
 * reordered and duplicated as a {@link NetworkTrouble} says, and the relay gives account of each packet. RTCP, and what the
 * recorder sends, passes as it is. One thread. Any thread may call.
 *
 * <pre>{@code
 * UdpRelay relay = UdpRelay.start(NetworkTrouble.builder(7).loss(0.05).jitter(Duration.ofMillis(60)).build());
 * SyntheticSrc src = SyntheticSrc.builder().relay(relay).start();
 * SrcCallResult result = src.call(settings).result().get();
 * RelayAccount account = relay.line(result.streams().get(0).local()).account();
 * }</pre>
 */
public final class UdpRelay implements AutoCloseable {
    private final InetAddress address;
    private final RelayLoop loop;

    private UdpRelay(NetworkTrouble trouble, InetAddress address, LongSupplier nanoTime) throws IOException {
        this.address = Objects.requireNonNull(address, "address");
        this.loop = new RelayLoop(Objects.requireNonNull(trouble, "trouble"), nanoTime);
        loop.start();
    }

    /** A relay on loopback, in the time of the world. */
    public static UdpRelay start(NetworkTrouble trouble) throws IOException {
        return new UdpRelay(trouble, InetAddress.getLoopbackAddress(), System::nanoTime);
    }

    /** A relay on loopback whose delays pass as the clock is moved. */
    public static UdpRelay start(NetworkTrouble trouble, ManualClock clock) throws IOException {
        UdpRelay relay = new UdpRelay(trouble, InetAddress.getLoopbackAddress(), clock.nanoTime());
        clock.onAdvance(relay.loop::wake);
        return relay;
    }

    /** The local address of all lines. */
    public InetAddress address() {
        return address;
    }

    /**
     * A new line, on a free pair of ports. The n-th line of a relay has the n-th row of fates.
     *
     * @throws IOException when no pair is free
     */
    public RelayLine open() throws IOException {
        return loop.add(RelayPorts.bind(address));
    }

    /** All lines, in the order in which they were opened. */
    public List<RelayLine> lines() {
        return loop.lines();
    }

    /**
     * The line with this address, as a client's SDP names it.
     *
     * @throws NoSuchElementException when there is none
     */
    public RelayLine line(InetSocketAddress lineAddress) {
        return loop.lines().stream()
                .filter(line -> line.address().equals(lineAddress))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no line has the address " + lineAddress));
    }

    /** Ends the thread and frees the ports; what still waits is lost. Accounts can still be read. */
    @Override
    public void close() {
        loop.close();
    }
}
