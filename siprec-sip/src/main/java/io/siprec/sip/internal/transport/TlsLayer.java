package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.slf4j.event.Level;

/**
 * TLS on a connection (RFC 8446, RFC 5246). The engine belongs to the loop but for the moments in which the workers do its
 * arithmetic; meanwhile nothing is read and the engine is left alone: it would make the loop wait.
 */
final class TlsLayer implements ByteLayer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final NioNetwork network;
    private final Connection connection;
    private final TlsLayers shared;
    private final SSLEngine engine;
    private final Optional<Handshakes> handshakes; // of peers; our own are not counted
    private ByteBuffer held = NOTHING; // came from the socket, not taken by the engine
    private Optional<Handshakes.Place> place = Optional.empty(); // from start to finish
    private boolean started;
    private boolean established;
    private boolean working;
    private boolean ended;
    private boolean late;

    TlsLayer(
            NioNetwork network,
            Connection connection,
            TlsLayers shared,
            SSLEngine engine,
            Optional<Handshakes> handshakes) {
        this.network = network;
        this.connection = connection;
        this.shared = shared;
        this.engine = engine;
        this.handshakes = handshakes;
    }

    @Override
    public void start() throws IOException {
        started = true;
        place = handshakes.map(table -> table.begin(connection.remote().getAddress()));
        connection.readyWithin(network.limits().handshakeTime(), this::onLate);
        engine.beginHandshake();
        advance(NOTHING);
    }

    private void onLate() {
        late = true;
        connection.close("TLS handshake not finished in time");
    }

    @Override
    public boolean ready() {
        return established && !working && !ended;
    }

    @Override
    public boolean partial() {
        return held.hasRemaining();
    }

    @Override
    public void received(ByteBuffer wire) throws IOException {
        if (!ended) {
            advance(held.hasRemaining() ? joined(wire) : wire);
        }
    }

    private ByteBuffer joined(ByteBuffer wire) {
        int length = wire.remaining();
        if (held.capacity() - held.limit() < length) {
            held = ByteBuffer.allocate(2 * (held.remaining() + length))
                    .put(held)
                    .flip();
        }
        int end = held.limit();
        held.limit(end + length);
        wire.get(held.array(), end, length);
        return held;
    }

    private void hold(ByteBuffer in) {
        if (!in.hasRemaining()) {
            held = NOTHING;
        } else if (in != held) {
            held = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
    }

    /** Goes on until the engine wants more bytes, or the workers. */
    private void advance(ByteBuffer in) throws IOException {
        try {
            boolean going = true;
            while (going && !working && !ended && connection.open()) {
                going = step(in);
            }
        } finally {
            hold(in);
        }
        connection.flush();
    }

    private boolean step(ByteBuffer in) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> work();
            case NEED_WRAP -> wrap(NOTHING);
            default -> {
                return unwrap(in);
            }
        }
        return true;
    }

    private void work() throws IOException {
        working = true;
        connection.reading(false);
        try {
            shared.workers().execute(() -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run(); // a failure is kept by the engine for its next step
                }
                network.loop().execute(this::onWorkDone);
            });
        } catch (RejectedExecutionException e) {
            working = false;
            throw new IOException("too many TLS handshakes at a time", e);
        }
    }

    private void onWorkDone() {
        working = false;
        if (!connection.open()) {
            return;
        }
        try {
            connection.reading(true);
            advance(held);
            if (ready()) {
                connection.onReadyToSend();
            }
        } catch (IOException e) {
            connection.close(Connection.reason(e));
        }
    }

    /** Takes one record, if it is all there. */
    private boolean unwrap(ByteBuffer in) throws IOException {
        ByteBuffer plain = shared.plain();
        SSLEngineResult result = engine.unwrap(in, plain);
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            return false;
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record that is too large");
        }
        if (result.getStatus() == Status.CLOSED) {
            connection.close("closed by the peer");
            return false;
        }
        refuseRenegotiation();
        onProgress(result);
        if (plain.flip().hasRemaining()) {
            connection.onPlain(plain);
        }
        return true;
    }

    /** TLS 1.2 lets either end begin anew, as often as it likes; nobody needs it (RFC 9325 section 3.5). */
    private void refuseRenegotiation() throws SSLException {
        boolean anew = engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
        if (established && anew && engine.getSession().getProtocol().equals("TLSv1.2")) {
            throw new SSLException("renegotiation refused");
        }
    }

    @Override
    public void send(ByteBuffer plain) throws IOException {
        while (plain.hasRemaining()) {
            wrap(plain);
        }
    }

    private void wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer encoded = shared.encoded();
        SSLEngineResult result = engine.wrap(plain, encoded);
        if (result.bytesProduced() == 0 && result.bytesConsumed() == 0) {
            throw new SSLException("TLS takes no more messages");
        }
        encoded.flip();
        connection.toWire(ByteBuffer.allocate(encoded.remaining()).put(encoded).flip());
        onProgress(result);
    }

    private void onProgress(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !established) {
            established = true;
            place.ifPresent(Handshakes.Place::end);
            connection.onReadyToSend();
        }
    }

    /** Sends close_notify, or the alert that says what the engine could not accept. */
    @Override
    public void end() {
        if (ended || working || !started) {
            return;
        }
        ended = true;
        try {
            engine.closeOutbound();
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
            }
        } catch (SSLException e) {
            network.guard()
                    .log()
                    .write(
                            Level.DEBUG,
                            connection.remote().getAddress(),
                            "TLS with {} ends without a word: {}",
                            connection.remote(),
                            e.getMessage());
        }
    }

    @Override
    public void closed(String reason) {
        place.ifPresent(Handshakes.Place::end);
        if (started && !established) {
            network.counters()
                    .count(late ? Counters.Name.DROPPED_HANDSHAKE_TIME : Counters.Name.DROPPED_HANDSHAKE_FAILED);
            network.guard()
                    .log()
                    .write(
                            Level.INFO,
                            connection.remote().getAddress(),
                            "no TLS with {}: {}",
                            connection.remote(),
                            reason);
        }
    }
}
