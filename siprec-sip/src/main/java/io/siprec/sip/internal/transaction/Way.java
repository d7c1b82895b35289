package io.siprec.sip.internal.transaction;

import io.siprec.sip.internal.transport.Network;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.util.Optional;

/** A request of ours as it is written for one way, and that way. */
public record Way(SipRequest request, Peer peer) {
    /**
     * The same request by TCP, if it is too large for the datagram that it would go in and that might be cut on its way: to
     * the same address, with the same branch. Empty when it is not, or when there is no such way.
     */
    Optional<Way> byTcp(Network network, int maxDatagramBytes) {
        if (peer.transport() != Transport.UDP || request.toBytes().length <= maxDatagramBytes) {
            return Optional.empty();
        }
        try {
            Peer tcp = network.peer(Transport.TCP, peer.remote());
            String branch = request.topVia().branch().orElseThrow();
            String via = "SIP/2.0/TCP " + tcp.advertisedHost() + ":" + tcp.advertisedPort() + ";rport;branch=" + branch;
            return Optional.of(new Way(request.toBuilder().set("Via", via).build(), tcp));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
