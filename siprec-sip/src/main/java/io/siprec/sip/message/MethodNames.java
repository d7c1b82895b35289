package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;

/** Gives the methods that there are without making text of them each time. */
final class MethodNames {
    private static final List<String> NAMES = List.of(
            "INVITE",
            "ACK",
            "BYE",
            "CANCEL",
            "OPTIONS",
            "UPDATE",
            "PRACK",
            "INFO",
            "REGISTER",
            "MESSAGE",
            "SUBSCRIBE",
            "NOTIFY",
            "REFER",
            "PUBLISH");
    private static final byte[][] OCTETS =
            NAMES.stream().map(name -> name.getBytes(ISO_8859_1)).toArray(byte[][]::new);

    private MethodNames() {}

    static String of(byte[] bytes, int start, int end) {
        for (int i = 0; i < OCTETS.length; i++) {
            if (Arrays.equals(OCTETS[i], 0, OCTETS[i].length, bytes, start, end)) {
                return NAMES.get(i);
            }
        }
        return Octets.text(bytes, start, end);
    }
}
