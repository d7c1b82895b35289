package io.siprec.testkit.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the packets of one stream. */
@FunctionalInterface
interface PacketSink {
    /** Sends everything that remains in the buffer as one packet. */
    void send(ByteBuffer packet) throws IOException;
}
