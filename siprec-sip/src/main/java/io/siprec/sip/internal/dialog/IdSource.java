package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.Via;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Ids that nobody can guess (RFC 3261 sections 8.1.1.4, 8.1.1.7 and 19.3). One for each loop thread, except where said. */
public final class IdSource {
    private static final int MAX_FIRST_CSEQ = 10_000;
    private static final int TAG_BYTES = 8;
    private static final int BRANCH_BYTES = 12;
    private static final int CALL_ID_BYTES = 16;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final byte[] NO_PREFIX = {};
    private static final byte[] COOKIE = Via.MAGIC_COOKIE.getBytes(ISO_8859_1);

    private static final List<String> NAMING = List.of("Via", "From", "Call-ID", "CSeq");
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int MAX_RETRY_SECONDS = 10;

    private final SecureRandom random = new SecureRandom();
    private final long salt = random.nextLong();
    private final byte[] block = new byte[1_024]; // random octets are cheaper by the block
    private int used = block.length;

    /** A source with the platform's own seed. */
    public IdSource() {}

    /** 64 random bits. */
    String tag() {
        return hex(NO_PREFIX, block, take(TAG_BYTES), TAG_BYTES);
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
        return hex(COOKIE, block, take(BRANCH_BYTES), BRANCH_BYTES);
    }

    /** A Call-ID. Any thread. */
    public String callId() {
        byte[] id = new byte[CALL_ID_BYTES];
        random.nextBytes(id);
        return hex(NO_PREFIX, id, 0, CALL_ID_BYTES);
    }

    long firstCSeq() {
        int start = take(2);
        return 1 + ((block[start] & 0xFF) << 8 | block[start + 1] & 0xFF) % MAX_FIRST_CSEQ;
    }

    /** 0 to 10 s: when a request that came too early may come again (section 14.2). */
    Header retryAfter() {
        return new Header("Retry-After", Integer.toString(random.nextInt(MAX_RETRY_SECONDS + 1)));
    }

    /** 1 to 2^31 - 1 (RFC 3262 section 3). */
    long firstRSeq() {
        return 1 + random.nextInt(Integer.MAX_VALUE);
    }

    /** How long to wait after 491, in steps of 10 ms: 2.1 to 4 s for who made the Call-ID, else 0 to 2 s (section 14.1). */
    Duration glareDelay(boolean ourCallId) {
        return Duration.ofMillis(10L * (ourCallId ? 210 + random.nextInt(191) : random.nextInt(201)));
    }

    /** Where the next octets of the block are; no octet is used twice. */
    private int take(int bytes) {
        if (used + bytes > block.length) {
            random.nextBytes(block);
            used = 0;
        }
        int start = used;
        used += bytes;
        return start;
    }

    private static String hex(byte[] prefix, byte[] from, int start, int bytes) {
        byte[] text = new byte[prefix.length + 2 * bytes];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        int at = prefix.length;
        for (int i = start; i < start + bytes; i++) {
            text[at++] = DIGITS[from[i] >> 4 & 0xF];
            text[at++] = DIGITS[from[i] & 0xF];
        }
        return new String(text, ISO_8859_1);
    }
}
