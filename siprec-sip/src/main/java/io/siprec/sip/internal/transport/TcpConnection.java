package io.siprec.sip.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One TCP connection, from its connect or accept to its close. */
final class TcpConnection implements Peer, EventLoop.Handler {
    private static final byte[] PONG = "\r\n".getBytes(US_ASCII);
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Duration LINGER_TIME = Duration.ofSeconds(1);

    private final NioNetwork network;
    private final SocketChannel channel;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final StreamFramer framer;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private SelectionKey key;
    private long unsentBytes;
    private boolean connected;
    private boolean open = true;
    private boolean closeWhenSent;
    private int users;
    private long lastUseNs;
    private Timer idleTimer;
    private Timer messageTimer; // set while a message is incomplete

    /** Starts to connect; the channel is bound already. */
    TcpConnection(NioNetwork network, SocketChannel channel, InetSocketAddress remote) throws IOException {
        this(network, channel, remote, false);
        connected = channel.connect(remote);
        start(connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        if (!connected) {
            messageTimer = network.loop().schedule(CONNECT_TIME, () -> close("no connection within 10 s"));
        }
    }

    /** Takes over a connection that a peer made. */
    static void accepted(NioNetwork network, SocketChannel channel) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        if (remote == null) {
            throw new IOException("closed by the peer");
        }
        new TcpConnection(network, channel, remote, true).start(SelectionKey.OP_READ);
    }

    private TcpConnection(NioNetwork network, SocketChannel channel, InetSocketAddress remote, boolean connected)
            throws IOException {
        this.network = network;
        this.channel = channel;
        this.remote = remote;
        this.connected = connected;
        this.framer = new StreamFramer(network.limits());
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    private void start(int operations) throws IOException {
        key = network.loop().register(channel, operations, this);
        network.opened(this);
        used();
        idleTimer = network.loop().schedule(network.limits().idleConnectionTime(), this::onIdleTimer);
    }

    private void used() {
        lastUseNs = network.loop().nanoTime();
    }

    private void onIdleTimer() {
        Duration limit = network.limits().idleConnectionTime();
        long idleNs = network.loop().nanoTime() - lastUseNs;
        if (users == 0 && idleNs >= limit.toNanos()) {
            network.counters().count(Counters.Name.DROPPED_IDLE_CONNECTION);
            close("idle");
            return;
        }
        long left = limit.toNanos() - idleNs;
        idleTimer = network.loop().schedule(left > 0 ? Duration.ofNanos(left) : limit, this::onIdleTimer);
    }

    @Override
    public void onReady(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                finishConnect();
            }
            if (open && ready.isReadable()) {
                read();
            }
            if (open && ready.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            close(e.getMessage() == null ? "closed" : e.getMessage());
        }
    }

    private void finishConnect() throws IOException {
        if (channel.finishConnect()) {
            connected = true;
            cancelMessageTimer();
            key.interestOps(SelectionKey.OP_READ);
            flush();
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = network.buffer();
        int count = channel.read(buffer);
        if (count < 0) {
            close("closed by the peer");
            return;
        }
        used();
        if (closeWhenSent) {
            return; // what follows a framing error has no meaning
        }
        framer.append(buffer.flip());
        deliver();
    }

    private void deliver() {
        try {
            byte[] message = framer.next();
            while (message != null && open) {
                pong();
                cancelMessageTimer();
                onMessage(message);
                message = framer.next();
            }
            pong();
            watchSlowSender();
        } catch (FramingException e) {
            onFramingError(e);
        }
    }

    private void pong() {
        for (int pings = framer.takePings(); pings > 0; pings--) {
            write(PONG);
        }
    }

    private void onMessage(byte[] bytes) {
        SipMessage message;
        try {
            message = network.parser().parse(bytes);
        } catch (SipParseException e) {
            network.listener().onMalformed(e, this);
            return;
        }
        network.listener().onMessage(message, this);
    }

    /** Answers where that is possible, then closes: nobody knows where the next message starts. */
    private void onFramingError(FramingException fault) {
        network.listener().onMalformed(answerable(fault), this);
        closeWhenSent = true;
        cancelMessageTimer();
        if (open && unsent.isEmpty()) {
            linger();
        }
    }

    /** Closing with bytes unread would reset the connection and destroy the answer on its way. */
    private void linger() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            close("closed after an error");
            return;
        }
        messageTimer = network.loop().schedule(LINGER_TIME, () -> close("closed after an error"));
    }

    private SipParseException answerable(FramingException fault) {
        Optional<SipRequest> request = Optional.empty();
        try {
            if (network.parser().parse(fault.head()) instanceof SipRequest whole) {
                request = Optional.of(whole);
            }
        } catch (SipParseException e) {
            request = e.request();
        }
        return SipParseException.about(fault.status(), fault.getMessage(), request);
    }

    private void watchSlowSender() {
        if (!open || !framer.inMessage()) {
            cancelMessageTimer();
        } else if (messageTimer == null) {
            messageTimer = network.loop().schedule(network.limits().slowSenderTime(), () -> {
                network.counters().count(Counters.Name.DROPPED_SLOW_SENDER);
                close("message not complete in time");
            });
        }
    }

    private void cancelMessageTimer() {
        if (messageTimer != null) {
            messageTimer.cancel();
            messageTimer = null;
        }
    }

    @Override
    public void send(byte[] message) {
        if (!open) {
            network.counters().count(Counters.Name.DROPPED_SEND_FAILED);
            return;
        }
        network.counters().count(Counters.Name.SENT);
        write(message);
    }

    private void write(byte[] bytes) {
        if (!open) {
            return;
        }
        if (unsentBytes + bytes.length > network.limits().maxUnsentBytes()) {
            network.counters().count(Counters.Name.DROPPED_SLOW_READER);
            network.loop().schedule(Duration.ZERO, () -> close("the peer does not read"));
            return;
        }
        used();
        unsent.add(ByteBuffer.wrap(bytes));
        unsentBytes += bytes.length;
        if (!connected) {
            return;
        }
        try {
            flush();
        } catch (IOException e) { // not from within the sender's own code: it may hold half a state
            String reason = String.valueOf(e.getMessage());
            network.loop().schedule(Duration.ZERO, () -> close(reason));
        }
    }

    private void flush() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer first = unsent.peek();
            unsentBytes -= channel.write(first);
            if (first.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (closeWhenSent && messageTimer == null) {
            linger();
        }
    }

    private void close(String reason) {
        if (!open) {
            return;
        }
        open = false;
        cancelMessageTimer();
        idleTimer.cancel();
        unsent.clear();
        try {
            channel.close();
        } catch (IOException e) {
            network.counters().count(Counters.Name.LOOP_ERRORS);
        }
        network.closed(this, reason);
    }

    @Override
    public Transport transport() {
        return Transport.TCP;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public String advertisedHost() {
        return network.advertisedConnectionHost(local.getAddress());
    }

    @Override
    public int advertisedPort() {
        return network.advertisedConnectionPort(local);
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
        users++;
    }

    @Override
    public void release() {
        users--;
        used();
    }
}
