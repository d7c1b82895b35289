package io.siprec.benchmarks.guard;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;

/** A peer whose answers go nowhere: the last one is kept so that its making can't be left out. */
final class Stranger implements Peer {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 5060);

    private final InetSocketAddress remote;
    byte[] answer;

    Stranger(InetSocketAddress remote) {
        this.remote = remote;
    }

    @Override
    public Transport transport() {
        return Transport.UDP;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return LOCAL;
    }

    @Override
    public String advertisedHost() {
        return "127.0.0.1";
    }

    @Override
    public int advertisedPort() {
        return LOCAL.getPort();
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void send(byte[] message) {
        answer = message;
    }

    @Override
    public Peer towards(InetSocketAddress address) {
        return this;
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
