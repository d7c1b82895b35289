package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The packet at hand as it was received: it is decrypted in its place. Loop thread only. */
final class SealedPacket {
    private ByteBuffer bytes = ByteBuffer.allocate(256);

    /** Keeps a copy; the packet isn't changed. */
    void keep(ByteBuffer packet) {
        int length = packet.remaining();
        if (bytes.capacity() < length) {
            bytes = ByteBuffer.allocate(length);
        }
        bytes.clear().put(0, packet, packet.position(), length).limit(length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }

    /** The whole packet. */
    ByteBuffer packet() {
        return bytes.position(0);
    }
}
