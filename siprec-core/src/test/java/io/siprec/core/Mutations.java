package io.siprec.core;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages octets in ways that parsers trip over; the same seed damages the same way. */
public final class Mutations {
    private static final byte[] TELLING =
            "\0\r\n\t =:;/\"'<>&#-!\\0189azAZ\u007f".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private final SplittableRandom random;

    /** Damage that follows {@code seed}. */
    public Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A damaged copy of {@code octets}. */
    public byte[] of(byte[] octets) {
        byte[] damaged = octets.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && damaged.length > 2; i++) damaged = once(damaged);
        return damaged;
    }

    private byte[] once(byte[] octets) {
        int at = random.nextInt(octets.length);
        int to = Math.min(octets.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(octets, at);
            case 1 -> join(Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, to, octets.length));
            case 2 -> join(Arrays.copyOf(octets, to), Arrays.copyOfRange(octets, at, octets.length));
            case 3 -> with(octets, at, (byte) random.nextInt(256));
            default -> with(octets, at, TELLING[random.nextInt(TELLING.length)]);
        };
    }

    private static byte[] with(byte[] octets, int at, byte octet) {
        byte[] changed = octets.clone();
        changed[at] = octet;
        return changed;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
