package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.tls.Engines;
import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Makes the TLS layers of a loop's connections, and holds what these share. Loop thread only. */
final class TlsLayers {
    private static final int RECORD_BYTES = 34_816; // room for the largest record that an engine reads or writes

    private final NioNetwork network;
    private final Optional<Engines> engines;
    private final Executor workers;
    private final Handshakes handshakes;
    private final ByteBuffer plain = ByteBuffer.allocate(RECORD_BYTES);
    private final ByteBuffer encoded = ByteBuffer.allocate(RECORD_BYTES);

    TlsLayers(NioNetwork network, NetworkShare shared, SipLimits limits) {
        this.network = network;
        this.engines = shared.engines();
        this.workers = shared.workers();
        this.handshakes = new Handshakes(limits, network.counters(), shared.handshakesPerSource());
    }

    /** Whether there is a certificate to show. */
    boolean canAccept() {
        return engines.filter(Engines::canAccept).isPresent();
    }

    /** The layer for a peer's connection; empty over the limit of handshakes. */
    Optional<ByteLayer.Factory> accepting(InetSocketAddress peer) {
        if (!handshakes.admits(peer.getAddress())) {
            return Optional.empty();
        }
        return Optional.of(connection ->
                new TlsLayer(network, connection, this, engines.orElseThrow().accepting(), Optional.of(handshakes)));
    }

    /** The layer for a connection of ours to a server, which must prove its name. */
    ByteLayer.Factory connecting(String server, int port) throws IOException {
        if (engines.isEmpty()) {
            throw new IOException("no TLS settings");
        }
        return connection ->
                new TlsLayer(network, connection, this, engines.get().connecting(server, port), Optional.empty());
    }

    /** A buffer for what an engine has decrypted, until the next call. */
    ByteBuffer plain() {
        return plain.clear();
    }

    /** A buffer for what an engine has encrypted, until the next call. */
    ByteBuffer encoded() {
        return encoded.clear();
    }

    Executor workers() {
        return workers;
    }
}
