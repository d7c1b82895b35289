package io.siprec.sip.message;

/**
 * The headers that have a number in the index, so that they are found without comparing names: with their compact forms
 * (RFC 3261 section 7.3.3 and the registry that later RFCs added to) and whether the grammar makes them lists.
 */
enum KnownHeader {
    VIA("Via", 'v', true),
    FROM("From", 'f', false),
    TO("To", 't', false),
    CALL_ID("Call-ID", 'i', false),
    CSEQ("CSeq", false),
    MAX_FORWARDS("Max-Forwards", false),
    CONTACT("Contact", 'm', true),
    CONTENT_LENGTH("Content-Length", 'l', false),
    CONTENT_TYPE("Content-Type", 'c', false),
    CONTENT_ENCODING("Content-Encoding", 'e', true),
    CONTENT_DISPOSITION("Content-Disposition", false),
    CONTENT_LANGUAGE("Content-Language", true),
    SUPPORTED("Supported", 'k', true),
    REQUIRE("Require", true),
    PROXY_REQUIRE("Proxy-Require", true),
    UNSUPPORTED("Unsupported", true),
    ALLOW("Allow", true),
    ALLOW_EVENTS("Allow-Events", 'u', true),
    ACCEPT("Accept", true),
    ACCEPT_ENCODING("Accept-Encoding", true),
    ACCEPT_LANGUAGE("Accept-Language", true),
    ROUTE("Route", true),
    RECORD_ROUTE("Record-Route", true),
    SESSION_EXPIRES("Session-Expires", 'x', false),
    MIN_SE("Min-SE", false),
    RSEQ("RSeq", false),
    RACK("RAck", false),
    REASON("Reason", true),
    RETRY_AFTER("Retry-After", false),
    WARNING("Warning", true),
    DATE("Date", false),
    TIMESTAMP("Timestamp", false),
    EXPIRES("Expires", false),
    MIN_EXPIRES("Min-Expires", false),
    SUBJECT("Subject", 's', false),
    USER_AGENT("User-Agent", false),
    SERVER("Server", false),
    P_ASSERTED_IDENTITY("P-Asserted-Identity", true),
    P_PREFERRED_IDENTITY("P-Preferred-Identity", true),
    DIVERSION("Diversion", true),
    HISTORY_INFO("History-Info", true),
    SESSION_ID("Session-ID", false),
    USER_TO_USER("User-to-User", true),
    EVENT("Event", 'o', false),
    REPLACES("Replaces", false),
    JOIN("Join", false),
    REFER_TO("Refer-To", 'r', false),
    REFERRED_BY("Referred-By", 'b', false),
    AUTHORIZATION("Authorization", false),
    PROXY_AUTHORIZATION("Proxy-Authorization", false),
    WWW_AUTHENTICATE("WWW-Authenticate", false),
    PROXY_AUTHENTICATE("Proxy-Authenticate", false),
    AUTHENTICATION_INFO("Authentication-Info", false),
    ACCEPT_CONTACT("Accept-Contact", 'a', true),
    REJECT_CONTACT("Reject-Contact", 'j', true),
    REQUEST_DISPOSITION("Request-Disposition", 'd', true),
    IDENTITY("Identity", 'y', false),
    IDENTITY_INFO("Identity-Info", 'n', false),
    CALL_INFO("Call-Info", true),
    ORGANIZATION("Organization", false),
    SUBSCRIPTION_STATE("Subscription-State", false);

    private static final int SLOTS = 256; // four times as many as headers: few share a slot
    private static final KnownHeader[] BY_NAME = new KnownHeader[SLOTS];
    private static final KnownHeader[] BY_LETTER = new KnownHeader[26];
    private static final KnownHeader[] BY_NUMBER = values();

    static {
        for (KnownHeader header : BY_NUMBER) {
            int slot = slot(header.label.length(), header.label.charAt(0), header.label.charAt(header.middle()));
            while (BY_NAME[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            BY_NAME[slot] = header;
            if (header.letter != 0) {
                BY_LETTER[header.letter - 'a'] = header;
            }
        }
    }

    private final String label;
    private final char letter;
    private final boolean list;

    KnownHeader(String label, boolean list) {
        this(label, (char) 0, list);
    }

    KnownHeader(String label, char letter, boolean list) {
        this.label = label;
        this.letter = letter;
        this.list = list;
    }

    private int middle() {
        return label.length() / 2;
    }

    private static int slot(int length, int first, int middle) {
        return ((first | 0x20) * 7 + (middle | 0x20) * 31 + length * 101) % SLOTS;
    }

    /** The name as it is written. */
    String label() {
        return label;
    }

    /** Whether a value may be a comma-separated list, the same as repeated lines (RFC 3261 section 7.3.1). */
    boolean list() {
        return list;
    }

    static KnownHeader byNumber(int number) {
        return BY_NUMBER[number];
    }

    /** The header with the name that stands in the bytes, long or compact, or null. */
    static KnownHeader of(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 1) {
            return byLetter(bytes[start]);
        }
        int slot = slot(length, bytes[start], bytes[start + length / 2]);
        for (KnownHeader header = BY_NAME[slot]; header != null; header = BY_NAME[slot]) {
            if (Octets.equalsIgnoreCase(bytes, start, end, header.label)) {
                return header;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    /** The header with this name, long or compact, or null. */
    static KnownHeader of(String name) {
        int length = name.length();
        if (length < 2) {
            return length == 0 ? null : byLetter(name.charAt(0));
        }
        int slot = slot(length, name.charAt(0), name.charAt(length / 2));
        for (KnownHeader header = BY_NAME[slot]; header != null; header = BY_NAME[slot]) {
            if (header.label.equalsIgnoreCase(name)) {
                return header;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private static KnownHeader byLetter(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' ? BY_LETTER[lower - 'a'] : null;
    }
}
