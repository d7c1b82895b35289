package io.siprec.sip.internal.transport;

import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Finds a way to an address. Loop thread only. */
public interface Network {
    /**
     * An open connection to the address, or one that is being opened; for datagrams a socket that listens.
     *
     * @throws IOException when there is no way, as without a datagram socket or over the limit of connections
     */
    Peer peer(Transport transport, InetSocketAddress remote) throws IOException;
}
