package io.siprec.sip.message;

import java.util.Optional;

/** A display name, a URI and header parameters: From, To, Contact, Route (RFC 3261 section 20.10). */
public final class NameAddress {
    private final String text;
    private final String displayName;
    private final SipUri uri;
    private final Parameters parameters;

    private NameAddress(String text, String displayName, SipUri uri, Parameters parameters) {
        this.text = text;
        this.displayName = displayName;
        this.uri = uri;
        this.parameters = parameters;
    }

    /** Reads a value; a quoted string or a bracket that does not end is a fault. The URI may be anything. */
    public static NameAddress parse(String text) throws SipParseException {
        return read(text.trim(), true);
    }

    /** Reads what there is to read of a value; {@link #text()} keeps it as it came. */
    public static NameAddress lenient(String text) {
        try {
            return read(text.trim(), false);
        } catch (SipParseException e) {
            return new NameAddress(text, "", SipUri.lenient(text), Parameters.NONE);
        }
    }

    private static NameAddress read(String text, boolean strict) throws SipParseException {
        int nameEnd = 0;
        if (text.startsWith("\"")) {
            nameEnd = TextScanner.afterQuoted(text, 0);
            if (nameEnd < 0) {
                throw new SipParseException(400, "Quoted string without its end");
            }
        }
        int open = text.indexOf('<', nameEnd);
        int semicolon = text.indexOf(';', nameEnd);
        boolean bracketed = open >= 0 && (semicolon < 0 || open < semicolon || nameEnd > 0);
        return bracketed ? bracketed(text, open, strict) : bare(text, semicolon);
    }

    private static NameAddress bracketed(String text, int open, boolean strict) throws SipParseException {
        String displayName = TextScanner.unquote(text.substring(0, open).trim());
        int close = text.indexOf('>', open);
        if (close < 0) {
            if (strict) {
                throw new SipParseException(400, "Angle bracket without its end");
            }
            return new NameAddress(text, displayName, SipUri.lenient(text.substring(open + 1)), Parameters.NONE);
        }
        int semicolon = text.indexOf(';', close);
        Parameters parameters =
                semicolon < 0 ? Parameters.NONE : Parameters.parse(text.substring(semicolon + 1), false);
        return new NameAddress(text, displayName, SipUri.lenient(text.substring(open + 1, close)), parameters);
    }

    private static NameAddress bare(String text, int semicolon) throws SipParseException {
        String uri = semicolon < 0 ? text : text.substring(0, semicolon);
        if (uri.isBlank() || uri.indexOf('"') >= 0) {
            throw new SipParseException(400, "Address without a URI");
        }
        Parameters parameters =
                semicolon < 0 ? Parameters.NONE : Parameters.parse(text.substring(semicolon + 1), false);
        return new NameAddress(text, "", SipUri.lenient(uri), parameters);
    }

    /** The display name without its quotes; empty when absent. */
    public String displayName() {
        return displayName;
    }

    /** The URI; one with an empty scheme when what stands there is none. */
    public SipUri uri() {
        return uri;
    }

    /** The value as it was written. */
    public String text() {
        return text;
    }

    /** The tag parameter (RFC 3261 section 19.3). */
    public Optional<String> tag() {
        return parameters.value("tag").filter(tag -> !tag.isEmpty());
    }

    /** The value of a header parameter, empty text for one without a value; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameters.value(name);
    }

    /** Whether a header parameter is there, with or without a value. */
    public boolean hasParameter(String name) {
        return parameters.has(name);
    }

    @Override
    public String toString() {
        return text;
    }
}
