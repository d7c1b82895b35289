package io.siprec.testkit.internal;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.SplittableRandom;

/** Identifiers of metadata elements: the base64 of a random UUID (RFC 7865 §6.10), the same for the same seed. */
final class MetadataIds {
    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

    private final SplittableRandom random;

    MetadataIds(long seed) {
        random = new SplittableRandom(seed);
    }

    String next() {
        long high = random.nextLong() & ~VERSION_MASK | VERSION_4;
        long low = random.nextLong() & VARIANT_MASK | VARIANT_RFC;
        byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return Base64.getEncoder().encodeToString(octets);
    }
}
