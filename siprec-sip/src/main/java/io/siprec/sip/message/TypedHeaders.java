package io.siprec.sip.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The headers of a message as typed values, read when asked for. A header that is missing or can't be read gives an empty
 * value, an element of a list that can't be read is left out; {@link #header} tells the two apart, and the {@code parse} of
 * each type says what is wrong.
 */
public sealed interface TypedHeaders permits SipMessage {
    /** The first value of a header line, unfolded and trimmed. */
    Optional<String> header(String name);

    /** The elements of a list header. */
    List<String> values(String name);

    /** The elements of a list of addresses, as in Route, however broken they are. */
    List<NameAddress> addresses(String name);

    /** Reads a value. */
    interface Parser<T> {
        /** The value behind the text, or the fault. */
        T parse(String text) throws SipParseException;
    }

    /** A header of any type, as {@code message.header("RAck", RAck::parse)}; empty when missing or not readable. */
    default <T> Optional<T> header(String name, Parser<T> parser) {
        try {
            Optional<String> text = header(name);
            return text.isEmpty() ? Optional.empty() : Optional.of(parser.parse(text.get()));
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    /** The elements of a list header of any type; those that can't be read are left out. */
    default <T> List<T> values(String name, Parser<T> parser) {
        List<T> read = new ArrayList<>(2);
        for (String text : values(name)) {
            try {
                read.add(parser.parse(text));
            } catch (SipParseException e) {
                continue; // the others count
            }
        }
        return read;
    }

    private OptionalLong number(String name, long max) {
        long value = Tokens.number(header(name).orElse(""), max);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private Optional<Duration> seconds(String name) {
        Field field = Field.of(header(name).orElse(""));
        long value = Tokens.number(field.head(), 0xFFFF_FFFFL);
        return value < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(value));
    }

    /** The first Contact, however broken it is: {@link NameAddress#text()} has what was sent. */
    default Optional<NameAddress> contact() {
        List<NameAddress> contacts = addresses("Contact");
        return contacts.isEmpty() ? Optional.empty() : Optional.of(contacts.get(0));
    }

    /** All Contact values (RFC 3261 section 20.10). */
    default List<NameAddress> contacts() {
        return addresses("Contact");
    }

    /** The Route set that is left to walk (RFC 3261 section 20.34). */
    default List<NameAddress> routes() {
        return addresses("Route");
    }

    /** The proxies that want to stay in the path, the last one first (RFC 3261 section 20.30). */
    default List<NameAddress> recordRoutes() {
        return addresses("Record-Route");
    }

    /** Who the network says is calling (RFC 3325 section 9.1). */
    default List<NameAddress> assertedIdentities() {
        return addresses("P-Asserted-Identity");
    }

    /** Who diverted the call, the last one first (RFC 5806). */
    default List<NameAddress> diversions() {
        return addresses("Diversion");
    }

    /** Whom the request was meant for on its way (RFC 7044). */
    default List<NameAddress> historyInfo() {
        return addresses("History-Info");
    }

    /** How many hops are left (RFC 3261 section 20.22). */
    default OptionalInt maxForwards() {
        OptionalLong value = number("Max-Forwards", Integer.MAX_VALUE);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) value.getAsLong());
    }

    /** The Content-Type header as written. */
    default Optional<String> contentType() {
        return header("Content-Type");
    }

    /** The type of the body (RFC 3261 section 20.15). */
    default Optional<MediaType> mediaType() {
        return header("Content-Type", MediaType::parse);
    }

    /** What the body is for (RFC 3261 section 20.11). */
    default Optional<ContentDisposition> contentDisposition() {
        return header("Content-Disposition", ContentDisposition::parse);
    }

    /** How the body was encoded, in the order of encoding (RFC 3261 section 20.12). */
    default List<String> contentEncodings() {
        return values("Content-Encoding");
    }

    /** The media types that the sender takes (RFC 3261 section 20.1). */
    default List<MediaType> accept() {
        return values("Accept", MediaType::parse);
    }

    /** The methods that the sender takes (RFC 3261 section 20.5). */
    default List<String> allow() {
        return values("Allow");
    }

    /** The option tags of extensions that the sender knows (RFC 3261 section 20.37). */
    default List<String> supported() {
        return values("Supported");
    }

    /** The option tags of extensions that the receiver must know (RFC 3261 section 20.32). */
    default List<String> require() {
        return values("Require");
    }

    /** The option tags of extensions that proxies must know (RFC 3261 section 20.29). */
    default List<String> proxyRequire() {
        return values("Proxy-Require");
    }

    /** The option tags that were refused (RFC 3261 section 20.40). */
    default List<String> unsupported() {
        return values("Unsupported");
    }

    /** The session's interval and who refreshes it (RFC 4028 section 4). */
    default Optional<SessionExpires> sessionExpires() {
        return header("Session-Expires", SessionExpires::parse);
    }

    /** Why the request was sent (RFC 3326). */
    default List<Reason> reasons() {
        return values("Reason", Reason::parse);
    }

    /** The shortest session interval that is taken (RFC 4028 section 5). */
    default Optional<Duration> minSe() {
        return seconds("Min-SE");
    }

    /** The number of a reliable provisional response (RFC 3262 section 7.1). */
    default OptionalLong rseq() {
        return number("RSeq", 0xFFFF_FFFFL);
    }

    /** What a PRACK acknowledges (RFC 3262 section 7.2). */
    default Optional<RAck> rack() {
        return header("RAck", RAck::parse);
    }

    /** When to come again (RFC 3261 section 20.33). */
    default Optional<RetryAfter> retryAfter() {
        return header("Retry-After", RetryAfter::parse);
    }

    /** What else is to be said of a response (RFC 3261 section 20.43). */
    default List<Warning> warnings() {
        return values("Warning", Warning::parse);
    }

    /** When the message was first sent (RFC 3261 section 20.17). */
    default Optional<SipDate> date() {
        return header("Date", SipDate::parse);
    }

    /** The clock of the client when it sent the request (RFC 3261 section 20.38). */
    default Optional<Timestamp> timestamp() {
        return header("Timestamp", Timestamp::parse);
    }

    /** For how long the message or what it asks for is good (RFC 3261 section 20.19). */
    default Optional<Duration> expires() {
        return seconds("Expires");
    }

    /** What the call is about (RFC 3261 section 20.36). */
    default Optional<String> subject() {
        return header("Subject");
    }

    /** The client's software (RFC 3261 section 20.41). */
    default Optional<String> userAgent() {
        return header("User-Agent");
    }

    /** The server's software (RFC 3261 section 20.35). */
    default Optional<String> server() {
        return header("Server");
    }

    /** The ends of the communication session (RFC 7989). */
    default Optional<SessionId> sessionId() {
        return header("Session-ID", SessionId::parse);
    }

    /** What a call centre passes along (RFC 7433). */
    default List<UserToUser> userToUser() {
        return values("User-to-User", UserToUser::parse);
    }

    /** The event that a subscription or a notification is about (RFC 6665). */
    default Optional<EventType> event() {
        return header("Event", EventType::parse);
    }

    /** The dialog that the new one takes the place of (RFC 3891). */
    default Optional<DialogReference> replaces() {
        return header("Replaces", DialogReference::parse);
    }

    /** The dialog that the new one joins (RFC 3911). */
    default Optional<DialogReference> join() {
        return header("Join", DialogReference::parse);
    }
}
