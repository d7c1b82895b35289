package io.siprec.sip.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What lies between the messages of a connection and its socket: nothing for TCP, an engine for TLS. Loop thread only. */
interface ByteLayer {
    /** The socket is connected. */
    void start() throws IOException;

    /** Whether messages can be sent yet. */
    boolean ready();

    /** Takes what came from the socket and gives the connection what it carries. The buffer is the caller's again. */
    void received(ByteBuffer wire) throws IOException;

    /** Gives the connection the bytes that carry a message. Only when {@link #ready()}. */
    void send(ByteBuffer plain) throws IOException;

    /** Nothing will be sent any more: the last bytes, if the protocol has a word for it. */
    void end();

    /** Whether bytes are held back because what they belong to is not complete. */
    boolean partial();

    /** The socket is closed. */
    void closed(String reason);

    /** Makes the layer of a connection. */
    interface Factory {
        /** The layer of this connection, which uses none of it yet. */
        ByteLayer of(Connection connection);
    }
}
