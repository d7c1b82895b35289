package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.Via;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Ids that nobody can guess (RFC 3261 sections 8.1.1.4, 8.1.1.7 and 19.3). */
public final class IdSource {
    private static final int MAX_FIRST_CSEQ = 10_000;

    private static final List<String> NAMING = List.of("Via", "From", "Call-ID", "CSeq");
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final SecureRandom random = new SecureRandom();
    private final long salt = random.nextLong();

    /** A source with the platform's own seed. */
    public IdSource() {}

    String tag() {
        return hex(8);
    }

    /** The tag of an answer without a transaction: the same when the same request comes again (section 8.2.7). */
    String tagWithoutState(SipRequest request) {
        long hash = salt;
        for (String name : NAMING) {
            hash = (hash ^ request.header(name).hashCode()) * SPREAD;
            hash ^= hash >>> 29;
        }
        return HexFormat.of().toHexDigits(hash);
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
