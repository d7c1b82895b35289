package io.siprec.testkit.internal;

import io.siprec.testkit.RelayLine;
import io.siprec.testkit.UdpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/**
 * The socket of one stream: named in the SDP, and the source of the packets (symmetric RTP, RFC 4961). Where there is a relay, its
 * line is both.
 */
final class RtpSocket implements PacketSink, AutoCloseable {
    private final DatagramChannel channel;
    private final Optional<RelayLine> relay;
    private final InetSocketAddress local;
    private volatile InetSocketAddress remote;

    private RtpSocket(DatagramChannel channel, Optional<RelayLine> relay) throws IOException {
        this.channel = channel;
        this.relay = relay;
        this.local = relay.isPresent() ? relay.get().address() : (InetSocketAddress) channel.getLocalAddress();
    }

    static RtpSocket bind(InetAddress address, Optional<UdpRelay> relay) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, 0));
            return new RtpSocket(
                    channel, relay.isPresent() ? Optional.of(relay.get().open()) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** As in the SDP. */
    InetSocketAddress local() {
        return local;
    }

    /** Where packets go; null before the answer and where the answer takes none. */
    InetSocketAddress remote() {
        return remote;
    }

    void remote(InetSocketAddress address) {
        remote = address;
        relay.ifPresent(line -> line.forwardTo(address));
    }

    @Override
    public void send(ByteBuffer packet) throws IOException {
        channel.send(packet, relay.isPresent() ? local : remote);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was lost: packets leave at once or never.
        }
    }
}
