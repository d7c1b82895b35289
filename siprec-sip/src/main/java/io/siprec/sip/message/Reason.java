package io.siprec.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One value of the Reason header (RFC 3326): why a BYE or CANCEL was sent.
 *
 * @param protocol whose causes these are, as {@code SIP} or {@code Q.850}
 * @param cause a status code of SIP or a cause value of Q.850
 * @param text for a person; empty when absent
 */
public record Reason(String protocol, OptionalInt cause, String text) implements HeaderValue {
    private static final String NAME = "Reason";
    private static final int MAX_CAUSE = 999;

    /** The call is over because one side wanted so: cause 16 of Q.850. */
    public static final Reason NORMAL_CLEARING = q850(16, "Normal call clearing");

    /** The protocol is a token. */
    public Reason {
        if (!Tokens.isToken(protocol)) {
            throw new IllegalArgumentException("protocol is no token");
        }
        if (cause.isPresent() && (cause.getAsInt() < 0 || cause.getAsInt() > MAX_CAUSE)) {
            throw new IllegalArgumentException("cause must be 0 to 999, was " + cause.getAsInt());
        }
        Objects.requireNonNull(text, "text");
    }

    /** A reason in terms of a SIP status. */
    public static Reason sip(int status, String text) {
        return new Reason("SIP", OptionalInt.of(status), text);
    }

    /** A reason in terms of a Q.850 cause value. */
    public static Reason q850(int cause, String text) {
        return new Reason("Q.850", OptionalInt.of(cause), text);
    }

    /** Reads one value. */
    public static Reason parse(String text) throws SipParseException {
        Slice value = Slice.of(text);
        int semicolon = Octets.indexOf(value.bytes(), value.start(), value.end(), ';');
        String protocol = Octets.trimmed(value.bytes(), value.start(), semicolon);
        if (!Tokens.isToken(protocol)) {
            throw new SipParseException(400, "Bad Reason header");
        }
        Parameters parameters = Parameters.after(value, semicolon);
        long cause = Tokens.number(parameters.value("cause").orElse(""), MAX_CAUSE);
        return new Reason(
                protocol,
                cause < 0 ? OptionalInt.empty() : OptionalInt.of((int) cause),
                parameters.value("text").orElse(""));
    }

    /** All reasons of a message in order; one that can't be read is left out. */
    public static List<Reason> of(SipMessage message) {
        List<Reason> reasons = new ArrayList<>(1);
        for (String value : message.values(NAME)) {
            try {
                reasons.add(parse(value));
            } catch (SipParseException e) {
                continue; // it tells a person something: nothing depends on it
            }
        }
        return reasons;
    }

    /** Whether headers that are to be sent hold a reason. */
    public static boolean in(List<Header> headers) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(NAME));
    }

    /** The header with this one value. */
    public Header header() {
        return new Header(NAME, toString());
    }

    @Override
    public String toString() {
        return protocol
                + (cause.isPresent() ? ";cause=" + cause.getAsInt() : "")
                + (text.isEmpty() ? "" : ";text=" + NameAddress.quoted(text));
    }
}
