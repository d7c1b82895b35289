package io.siprec.sip.internal.transaction;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.Via;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The way of the responses to one request (RFC 3261 section 18.2.2, RFC 3581 section 4): the connection of the request and,
 * when it is gone, a new one to the sent-by port; for datagrams the source port with rport, else the sent-by port. The
 * address is always the one that the request came from.
 */
public final class ResponsePath {
    private final Transactions table;
    private final Peer source;
    private final String sentByHost;
    private final int sentByPort;
    private Peer target;

    ResponsePath(Transactions table, SipRequest request, Peer source) {
        Via via = request.topVia();
        this.table = table;
        this.source = source;
        this.sentByHost = via.host();
        this.sentByPort = via.port() < 0 ? source.transport().defaultPort() : via.port();
        boolean datagram = source.transport() == Transport.UDP;
        boolean elsewhere = datagram
                && via.rport().isEmpty()
                && sentByPort > 0
                && sentByPort != source.remote().getPort();
        this.target = elsewhere ? source.towards(sentBy()) : source;
    }

    /** The address of the sender under the name that it gave itself, which a TLS server must prove. */
    private InetSocketAddress sentBy() {
        return new InetSocketAddress(Peer.named(sentByHost, source.remote().getAddress()), sentByPort);
    }

    /** Where the request came from. */
    public Peer source() {
        return source;
    }

    /** Sends a response, by a new connection if need be. False when there is no way back. */
    public boolean send(byte[] response) {
        if (!target.open() && !reconnected()) {
            return false;
        }
        target.send(response);
        return true;
    }

    private boolean reconnected() {
        if (sentByPort <= 0) {
            return false;
        }
        try {
            target = table.network().peer(source.transport(), sentBy());
            return true;
        } catch (IOException e) {
            table.onNoWay(e);
            return false;
        }
    }
}
