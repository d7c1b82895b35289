package io.siprec.sip.message;

import java.util.Map;
import java.util.Optional;

/**
 * A display name, a URI and header parameters: From, To, Contact, Route and others (RFC 3261 section 20.10). It does not
 * change.
 */
public final class NameAddress implements HeaderValue {
    private final Slice value;
    private final int nameEnd;
    private final int uriStart;
    private final int uriEnd;
    private final int parametersStart;

    private String text;
    private SipUri uri;

    private NameAddress(Slice value, int nameEnd, int uriStart, int uriEnd, int semicolon) {
        this.value = value;
        this.nameEnd = nameEnd;
        this.uriStart = uriStart;
        this.uriEnd = uriEnd;
        this.parametersStart = Math.min(semicolon + 1, value.end());
    }

    /** Reads a value; a quoted string or a bracket that does not end is a fault. The URI may be anything. */
    public static NameAddress parse(String text) throws SipParseException {
        return read(Slice.of(text).trim(), true);
    }

    /** Reads what there is to read of a value; {@link #text()} keeps it as it came. */
    public static NameAddress lenient(String text) {
        return lenient(Slice.of(text).trim());
    }

    static NameAddress lenient(Slice value) {
        try {
            return read(value, false);
        } catch (SipParseException e) {
            return new NameAddress(value, value.start(), value.start(), value.end(), value.end());
        }
    }

    /** An address of a URI alone. */
    public static NameAddress of(SipUri uri) {
        return written("<" + uri + ">");
    }

    /** An address with a display name, which may be any text without a line end. */
    public static NameAddress of(String displayName, SipUri uri) {
        return written(quoted(displayName) + " <" + uri + ">");
    }

    private static NameAddress written(String text) {
        try {
            return parse(new Header("address", text).value());
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static String quoted(String plain) {
        return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A copy with one more header parameter, quoted where it must be; an empty value writes the name alone. */
    public NameAddress withParameter(String name, String parameterValue) {
        Header checked = new Header(name, parameterValue);
        String written = Tokens.isToken(parameterValue) ? parameterValue : quoted(parameterValue);
        return lenient(value.plus(";" + checked.name() + (parameterValue.isEmpty() ? "" : "=" + written)));
    }

    /** A copy with a tag (RFC 3261 section 19.3). */
    public NameAddress withTag(String tag) {
        return withParameter("tag", tag);
    }

    static NameAddress read(Slice value, boolean strict) throws SipParseException {
        byte[] bytes = value.bytes();
        int nameEnd = value.start();
        if (value.length() > 0 && bytes[nameEnd] == '"') {
            nameEnd = Octets.afterQuoted(bytes, nameEnd, value.end());
            if (nameEnd < 0) {
                throw new SipParseException(400, "quoted string without its end");
            }
        }
        int open = Octets.find(bytes, nameEnd, value.end(), '<');
        int semicolon = Octets.find(bytes, nameEnd, value.end(), ';');
        boolean bracketed = open >= 0 && (semicolon < 0 || open < semicolon || nameEnd > value.start());
        return bracketed
                ? bracketed(value, open, strict)
                : bare(value, nameEnd, semicolon < 0 ? value.end() : semicolon);
    }

    private static NameAddress bracketed(Slice value, int open, boolean strict) throws SipParseException {
        byte[] bytes = value.bytes();
        int close = Octets.find(bytes, open, value.end(), '>');
        if (close < 0) {
            if (strict) {
                throw new SipParseException(400, "angle bracket without its end");
            }
            return new NameAddress(value, open, open + 1, value.end(), value.end());
        }
        int semicolon = Octets.find(bytes, close, value.end(), ';');
        return new NameAddress(value, open, open + 1, close, semicolon < 0 ? value.end() : semicolon);
    }

    private static NameAddress bare(Slice value, int start, int end) throws SipParseException {
        byte[] bytes = value.bytes();
        if (start > value.start()
                || Octets.skipBlanks(bytes, start, end) == end
                || Octets.find(bytes, start, end, '"') >= 0) {
            throw new SipParseException(400, "address without a URI");
        }
        return new NameAddress(value, start, start, end, end);
    }

    /** The display name without its quotes; empty when absent. */
    public String displayName() {
        return Octets.unquoted(value.bytes(), value.start(), nameEnd);
    }

    /** The URI; one with an empty scheme when what stands there is none. */
    public SipUri uri() {
        if (uri == null) {
            uri = SipUri.lenient(new Slice(value.bytes(), uriStart, uriEnd).trim());
        }
        return uri;
    }

    /** The value as it was written. */
    public String text() {
        if (text == null) {
            text = value.text();
        }
        return text;
    }

    /** The tag parameter (RFC 3261 section 19.3). */
    public Optional<String> tag() {
        return parameter("tag").filter(tag -> !tag.isEmpty());
    }

    /** The value of a header parameter, empty text for one without a value; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameterList().value(name);
    }

    /** Whether a header parameter is there, with or without a value. */
    public boolean hasParameter(String name) {
        return parameterList().has(name);
    }

    /** All header parameters in order. */
    public Map<String, String> parameters() {
        return parameterList().toMap();
    }

    private Parameters parameterList() {
        return new Parameters(value.bytes(), parametersStart, value.end(), false);
    }

    Slice value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameAddress address && address.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
