package io.siprec.sip.message;

import java.util.List;
import java.util.Optional;

/**
 * The headers of a message as typed values, read when asked for. A header that is missing or can't be read gives an empty
 * value; {@link #header} tells the two apart, and the {@code parse} of each type says what is wrong.
 */
public sealed interface TypedHeaders permits SipMessage {
    /** The first value of a header line, unfolded and trimmed. */
    Optional<String> header(String name);

    /** The value of every line of a header in order, not split at commas. */
    List<String> headers(String name);

    /** The elements of a list header. */
    List<String> values(String name);

    /** The first Contact, however broken it is: {@link NameAddress#text()} has what was sent. */
    default Optional<NameAddress> contact() {
        List<String> contacts = values("Contact");
        return contacts.isEmpty() ? Optional.empty() : Optional.of(NameAddress.lenient(contacts.get(0)));
    }

    /** The Content-Type header as written. */
    default Optional<String> contentType() {
        return header("Content-Type");
    }
}
