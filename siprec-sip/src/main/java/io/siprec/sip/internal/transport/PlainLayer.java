package io.siprec.sip.internal.transport;

import java.nio.ByteBuffer;

/** TCP: a message is its own bytes. */
final class PlainLayer implements ByteLayer {
    private final Connection connection;

    PlainLayer(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void start() {
        connection.onReadyToSend();
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void received(ByteBuffer wire) {
        connection.onPlain(wire);
    }

    @Override
    public void send(ByteBuffer plain) {
        connection.toWire(plain);
    }

    @Override
    public void end() {}

    @Override
    public boolean partial() {
        return false;
    }

    @Override
    public void closed(String reason) {}
}
