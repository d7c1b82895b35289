package io.siprec.sip.internal.transport;

import io.siprec.sip.transport.MessageSource;
import io.siprec.sip.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The way to one address: a remote address over one of our datagram sockets, or a connection. */
public interface Peer {
    /** The transport. */
    Transport transport();

    /** The other end. */
    InetSocketAddress remote();

    /** Our end. */
    InetSocketAddress local();

    /** The host, as it stands in a URI, at which this peer reaches us. */
    String advertisedHost();

    /** The port at which this peer reaches us. */
    int advertisedPort();

    /** False when the connection is gone. */
    boolean open();

    /** Sends now or as soon as the connection takes it. A failure closes the connection and is told to the listener. */
    void send(byte[] message);

    /** The same datagram socket towards another address; a connection has only one. */
    Peer towards(InetSocketAddress address);

    /** A dialog uses the connection: it is not closed for being idle. */
    void retain();

    /** The dialog uses it no more. */
    void release();

    /** The address with a name of its peer's choice; nothing is looked up. */
    static InetAddress named(String name, InetAddress address) {
        try {
            return InetAddress.getByAddress(name, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length of an address is right", e);
        }
    }

    /** Both ends as the API shows them. */
    default MessageSource source() {
        return new MessageSource(transport(), remote(), local());
    }
}
