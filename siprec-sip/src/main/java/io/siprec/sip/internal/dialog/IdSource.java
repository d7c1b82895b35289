package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.Via;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** Ids that nobody can guess (RFC 3261 sections 8.1.1.4, 8.1.1.7 and 19.3). */
public final class IdSource {
    private static final int MAX_FIRST_CSEQ = 10_000;

    private final SecureRandom random = new SecureRandom();

    /** A source with the platform's own seed. */
    public IdSource() {}

    String tag() {
        return hex(8);
    }

    String branch() {
        return Via.MAGIC_COOKIE + hex(12);
    }

    /** A Call-ID. Any thread. */
    public String callId() {
        return hex(16);
    }

    long firstCSeq() {
        return 1 + random.nextInt(MAX_FIRST_CSEQ);
    }

    /** 0 to 10: when a request that came too early may come again (section 14.2). */
    int retryAfterSeconds() {
        return random.nextInt(11);
    }

    /** How long to wait after 491, in steps of 10 ms: 2.1 to 4 s for who made the Call-ID, else 0 to 2 s (section 14.1). */
    Duration glareDelay(boolean ourCallId) {
        return Duration.ofMillis(10L * (ourCallId ? 210 + random.nextInt(191) : random.nextInt(201)));
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
