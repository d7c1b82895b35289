package io.siprec.rtp.srtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Octets as vectors write them; blanks are for the reader. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    static String of(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    /** What lies between position and limit. */
    static String of(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(buffer.position(), octets);
        return of(octets);
    }

    /** A buffer with room behind its limit, as a sender needs. */
    static ByteBuffer roomy(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length + 200).put(octets).flip();
    }
}
