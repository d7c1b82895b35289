package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One connection, from its connect or accept to its close. What TLS adds to TCP is in its {@link ByteLayer}. */
final class Connection implements Peer, EventLoop.Handler {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Duration LINGER_TIME = Duration.ofSeconds(1);

    private final NioNetwork network;
    private final SocketChannel channel;
    private final ConnectionKey key;
    private final InetSocketAddress local;
    private final ByteLayer layer;
    private final MessageReader reader;
    private final ConnectionTimers timers;
    private final SendQueue queue;
    private SelectionKey selection;
    private boolean connected;
    private boolean open = true;
    private boolean reading = true;
    private boolean closeWhenSent;
    private boolean lingering;
    private boolean givenUp; // the peer does not read: nothing more is kept for it

    /** Starts to connect; the channel is bound already. */
    static Connection connect(NioNetwork network, SocketChannel channel, ConnectionKey key, ByteLayer.Factory layers)
            throws IOException {
        Connection connection = new Connection(network, channel, key, layers);
        connection.connected = channel.connect(key.remote());
        connection.register(connection.connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        if (connection.connected) {
            connection.begin();
        } else {
            connection.timers.deadline(CONNECT_TIME, () -> connection.close("no connection within 10 s"));
        }
        return connection;
    }

    /** Takes over a connection that a peer made. */
    static void accepted(NioNetwork network, SocketChannel channel, ConnectionKey key, ByteLayer.Factory layers)
            throws IOException {
        Connection connection = new Connection(network, channel, key, layers);
        connection.connected = true;
        connection.register(SelectionKey.OP_READ);
        connection.begin();
    }

    private Connection(NioNetwork network, SocketChannel channel, ConnectionKey key, ByteLayer.Factory layers)
            throws IOException {
        this.network = network;
        this.queue = new SendQueue(network.counters());
        this.channel = channel;
        this.key = key;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.reader = new MessageReader(network, this);
        this.timers = new ConnectionTimers(network.loop(), network.limits().idleConnectionTime(), this::onIdle);
        this.layer = layers.of(this);
    }

    private void register(int operations) throws IOException {
        selection = network.loop().register(channel, operations, this);
        network.connections().opened(this);
        timers.start();
    }

    private void onIdle() {
        network.counters().count(Counters.Name.DROPPED_IDLE_CONNECTION);
        close("idle");
    }

    private void begin() {
        try {
            layer.start();
        } catch (IOException e) {
            closeSoon(reason(e));
        }
    }

    @Override
    public void onReady(SelectionKey ready) {
        try {
            if (ready.isConnectable() && channel.finishConnect()) {
                connected = true;
                timers.met();
                interest();
                layer.start();
            }
            if (open && ready.isReadable()) {
                read();
            }
            if (open && ready.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            close(reason(e));
        }
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? "closed" : e.getMessage();
    }

    private void read() throws IOException {
        ByteBuffer buffer = network.buffer();
        int count = channel.read(buffer);
        if (count < 0) {
            close("closed by the peer");
            return;
        }
        timers.used();
        layer.received(buffer.flip());
        if (open && !closeWhenSent && layer.ready()) {
            watchSlowSender();
        }
    }

    /** What the peer sent, without what the layer wrapped around it. */
    void onPlain(ByteBuffer plain) {
        if (open && !closeWhenSent) { // what follows a framing error has no meaning
            reader.take(plain);
        }
    }

    void onMessageComplete() {
        timers.met();
    }

    private void watchSlowSender() {
        if (!reader.inMessage() && !layer.partial()) {
            timers.met();
        } else if (!timers.deadlineSet()) {
            timers.deadline(network.limits().slowSenderTime(), () -> {
                network.counters().count(Counters.Name.DROPPED_SLOW_SENDER);
                close("message not complete in time");
            });
        }
    }

    /** The layer waits for work that is done elsewhere, or goes on. */
    void reading(boolean wanted) {
        reading = wanted;
        interest();
    }

    /** The layer must be ready to send by then. */
    void readyWithin(Duration time, Runnable onMissed) {
        timers.deadline(time, onMissed);
    }

    /** The layer takes messages from now on. */
    void onReadyToSend() {
        timers.met();
        sendWaiting();
    }

    private void sendWaiting() {
        try {
            for (ByteBuffer next = queue.takeMessage(); next != null; next = queue.takeMessage()) {
                layer.send(next);
            }
            flush();
        } catch (IOException e) {
            closeSoon(reason(e));
        }
    }

    /** Bytes of the layer for the socket; {@link #flush()} sends them. */
    void toWire(ByteBuffer encoded) {
        if (hasRoom(encoded.remaining())) { // what a layer says of its own accord counts, too
            queue.addWire(encoded);
        }
    }

    private boolean hasRoom(int bytes) {
        if (!givenUp && queue.bytes() + bytes > network.limits().maxUnsentBytes()) {
            network.counters().count(Counters.Name.DROPPED_SLOW_READER);
            givenUp = true;
            closeSoon("the peer does not read");
        }
        return !givenUp;
    }

    void flush() throws IOException {
        if (!open || !connected) {
            return;
        }
        queue.writeTo(channel);
        interest();
        if (closeWhenSent && queue.wireEmpty()) {
            linger();
        }
    }

    private void interest() {
        if (open && connected) {
            selection.interestOps(
                    (reading ? SelectionKey.OP_READ : 0) | (queue.wireEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    @Override
    public void send(byte[] message) {
        if (!open) {
            network.counters().count(Counters.Name.DROPPED_SEND_FAILED);
            return;
        }
        network.counters().count(Counters.Name.SENT);
        network.tracer().sent(message, this);
        write(message);
    }

    void write(byte[] bytes) {
        if (!open || !hasRoom(bytes.length)) {
            return;
        }
        timers.used();
        queue.addMessage(ByteBuffer.wrap(bytes));
        if (connected && layer.ready()) {
            sendWaiting();
        }
    }

    /** The peer gets what there is for it, then the connection ends. */
    void closeWhenSent() {
        if (!open || closeWhenSent) {
            return;
        }
        closeWhenSent = true;
        timers.met();
        timers.deadline(network.limits().slowSenderTime(), () -> close("the peer does not read"));
        layer.end();
        try {
            flush();
        } catch (IOException e) {
            closeSoon(reason(e));
        }
    }

    /** Closing with bytes unread would reset the connection and destroy the answer on its way. */
    private void linger() throws IOException {
        if (!lingering) {
            lingering = true;
            channel.shutdownOutput();
            timers.met();
            timers.deadline(LINGER_TIME, () -> close("closed after an error"));
        }
    }

    /** Not from within the sender's own code: it may hold half a state. */
    private void closeSoon(String reason) {
        network.loop().schedule(Duration.ZERO, () -> close(reason));
    }

    void close(String reason) {
        if (!open) {
            return;
        }
        layer.end();
        open = false;
        timers.stop();
        try {
            if (connected && channel.isConnected()) {
                queue.writeTo(channel); // the layer's last word, if the socket takes it
            }
            channel.close();
        } catch (IOException e) { // there is nobody left to tell
            closeChannel();
        }
        queue.clear();
        layer.closed(reason);
        network.connections().closed(this);
        network.listener().onClosed(this, reason);
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            network.counters().count(Counters.Name.LOOP_ERRORS);
        }
    }

    ConnectionKey key() {
        return key;
    }

    @Override
    public Transport transport() {
        return key.transport();
    }

    @Override
    public InetSocketAddress remote() {
        return key.remote();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public String advertisedHost() {
        return network.advertised().host(transport(), local);
    }

    @Override
    public int advertisedPort() {
        return network.advertised().port(transport(), local);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Peer towards(InetSocketAddress address) {
        return this;
    }

    @Override
    public void retain() {
        timers.retain();
    }

    @Override
    public void release() {
        timers.release();
    }
}
