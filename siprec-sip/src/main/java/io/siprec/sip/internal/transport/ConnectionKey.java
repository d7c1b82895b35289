package io.siprec.sip.internal.transport;

import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;

/**
 * By what a connection is found again.
 *
 * @param server the name that a TLS server has proved to have; empty for TCP and for connections that a peer made
 */
record ConnectionKey(Transport transport, InetSocketAddress remote, String server) {
    /** The name of a connection that proves nothing. */
    static ConnectionKey unproved(Transport transport, InetSocketAddress remote) {
        return new ConnectionKey(transport, remote, "");
    }
}
