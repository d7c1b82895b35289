package io.siprec.sip.message;

/** The one-letter forms of header names (RFC 3261 section 7.3.3 and the registry that later RFCs added to). */
final class CompactForms {
    private static final String[] NAMES = {
        "Via",
        "From",
        "To",
        "Call-ID",
        "Contact",
        "Content-Length",
        "Content-Type",
        "Content-Encoding",
        "Supported",
        "Subject",
        "Session-Expires",
        "Event",
        "Allow-Events",
        "Refer-To",
        "Referred-By",
        "Accept-Contact",
        "Reject-Contact",
        "Request-Disposition",
        "Identity",
        "Identity-Info"
    };
    private static final String LETTERS = "vftimlceksxourbajdyn";

    private CompactForms() {}

    /** The letter for a header, or -1 when it has none. */
    static int of(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length() == name.length() && NAMES[i].equalsIgnoreCase(name)) {
                return LETTERS.charAt(i);
            }
        }
        return -1;
    }
}
