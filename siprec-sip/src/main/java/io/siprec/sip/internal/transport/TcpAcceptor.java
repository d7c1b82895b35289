package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.event.Level;

/** Takes new connections on one listening point, for TCP or for TLS. */
final class TcpAcceptor implements EventLoop.Handler {
    private static final int ACCEPTED_A_TURN = 64;
    private static final int BACKLOG = 1_024;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final NioNetwork network;
    private final Transport transport;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;

    TcpAcceptor(NioNetwork network, Transport transport, InetSocketAddress wanted, PortUse use) throws IOException {
        this.network = network;
        this.transport = transport;
        this.channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // past connections don't hold the port
            use.prepare(channel);
            channel.bind(wanted, BACKLOG);
            use.opened(channel);
            channel.configureBlocking(false);
            address = (InetSocketAddress) channel.getLocalAddress();
            network.loop().register(channel, SelectionKey.OP_ACCEPT, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void onReady(SelectionKey key) {
        try {
            for (int i = 0; i < ACCEPTED_A_TURN; i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                take(accepted);
            }
        } catch (IOException e) {
            pause(key, e);
        }
    }

    private void take(SocketChannel accepted) throws IOException {
        try {
            if (!network.accept(transport, accepted)) {
                accepted.close();
            }
        } catch (IOException e) { // reset before we got to it: no reason to stop accepting
            accepted.close();
        } catch (RuntimeException e) {
            accepted.close();
            throw e;
        }
    }

    /** Without a free file descriptor the key would stay ready and the loop would turn without end. */
    private void pause(SelectionKey key, IOException cause) {
        network.log().write(Level.WARN, "accepting on {}: {}", address, cause.getMessage());
        key.interestOps(0);
        network.loop().schedule(PAUSE, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }
}
