package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;

/** Messages that are almost right: good ones with some mistakes in each. The same seed makes the same ones. */
final class MutatedMessages {
    private static final String NUMBER = "\u0002"; // stands where a message gets what makes it a new one
    private static final String SENT_BY = "\u0003"; // stands for transport and address in the first Via
    private static final String[] TOKENS = {
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "\t",
        "\r\n ",
        ":",
        ";",
        ",",
        "<",
        ">",
        "\"",
        "\\",
        "@",
        "=",
        "%",
        "%00",
        "[",
        "]",
        "?",
        "/",
        "-1",
        "0",
        "2147483648",
        "4294967296",
        "99999999999999999999",
        "\u00ff",
        "\u00c3\u00a9",
        "SIP/2.0",
        "sip:",
        "sips:",
        "tel:+1",
        "tag=",
        ";lr",
        ";tag=x",
        ";rport",
        ";received=",
        "Via: ",
        "\r\nl: 7\r\n",
        "\r\nContent-Length: 999999\r\n",
        "\r\nContent-Length: -1\r\n",
        "\r\nRequire: siprec\r\n",
        "\r\nRoute: <sip:127.9.9.9>",
        "\r\nContact: *",
        "--",
        "\r\n--",
        "boundary=",
        "multipart/mixed",
        "<?xml",
        "</recording>",
        "v=0\r\n",
        "\r\nm=audio",
    };

    private static final int MAX_BYTES = 65_000; // what a datagram holds

    private final Random random;
    private final List<String> samples;

    MutatedMessages(long seed, List<String> samples) {
        this.random = new Random(seed);
        this.samples = samples.stream().map(MutatedMessages::numbered).toList();
    }

    /** Addresses of the documentation become loopback ones of the same length: nothing of the storm leaves the machine. */
    private static String numbered(String message) {
        return message.replace("192.0.2.", "127.9.9.")
                .replace("198.51.100.", "127.51.100.")
                .replaceFirst("branch=z9hG4bK", "branch=z9hG4bK" + NUMBER)
                .replaceFirst("(?im)^(Call-ID|i)([ \t]*:[ \t]*)", "$1$2" + NUMBER)
                .replaceFirst(
                        "(?im)^(Via|v)([ \t]*:\\s*)SIP[ \t]*/[ \t]*2\\.0[ \t]*/[ \t]*\\w+[ \t]+[^;\\s]+",
                        "$1$2" + SENT_BY);
    }

    /** The next message; its Via names this port of the sender, so that answers come back. */
    byte[] next(int number, String transport, String host, int port) {
        String sample = samples.get(random.nextInt(samples.size()))
                .replace(NUMBER, Integer.toString(number, 36))
                .replace(SENT_BY, "SIP/2.0/" + transport + " " + host + ":" + port);
        return mutated(sample);
    }

    /** The message with one to six mistakes, most of them in its head. */
    byte[] mutated(String message) {
        StringBuilder text = new StringBuilder(message);
        for (int mistakes = 1 + random.nextInt(6); mistakes > 0; mistakes--) {
            mistake(text);
        }
        text.setLength(Math.min(text.length(), MAX_BYTES));
        return text.toString().getBytes(ISO_8859_1);
    }

    private void mistake(StringBuilder text) {
        if (text.isEmpty()) {
            text.append(token());
            return;
        }
        int head = text.indexOf("\r\n\r\n");
        int reach = head > 0 && random.nextInt(5) > 0 ? head : text.length();
        int at = random.nextInt(reach);
        int end = Math.min(text.length(), at + 1 + random.nextInt(20));
        switch (random.nextInt(10)) {
            case 0, 1 -> text.setCharAt(at, (char) random.nextInt(256));
            case 2, 3 -> text.insert(at, token());
            case 4 -> text.replace(at, at + 1, token());
            case 5 -> text.delete(at, end);
            case 6 -> text.insert(at, text.substring(at, end));
            case 7 -> repeatLine(text, at);
            case 8 -> deleteLine(text, at);
            default -> rare(text, at);
        }
    }

    private void rare(StringBuilder text, int at) {
        switch (random.nextInt(12)) {
            case 0 -> text.insert(at, token().repeat(random.nextInt(3_000)));
            case 1, 2 -> text.setLength(at);
            case 3, 4 -> {
                String other = samples.get(random.nextInt(samples.size()));
                text.setLength(at);
                text.append(other, Math.min(at, other.length()), other.length());
            }
            case 5 -> text.append(text, 0, at);
            default -> text.setCharAt(at, Character.toUpperCase(text.charAt(at)));
        }
    }

    private String token() {
        return TOKENS[random.nextInt(TOKENS.length)];
    }

    private static void repeatLine(StringBuilder text, int at) {
        int start = text.lastIndexOf("\n", at) + 1;
        int end = text.indexOf("\n", at);
        if (end > start) {
            text.insert(start, text.substring(start, end + 1));
        }
    }

    private static void deleteLine(StringBuilder text, int at) {
        int start = text.lastIndexOf("\n", at) + 1;
        int end = text.indexOf("\n", at);
        if (end > start) {
            text.delete(start, end + 1);
        }
    }
}
