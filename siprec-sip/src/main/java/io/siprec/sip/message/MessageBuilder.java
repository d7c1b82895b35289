package io.siprec.sip.message;

import java.util.List;
import java.util.Objects;

/**
 * Collects the headers of a message in the order in which they shall stand. Values are text, or typed values that write
 * themselves; no value holds a line end, so that nothing can be smuggled in with it.
 */
public abstract sealed class MessageBuilder<B extends MessageBuilder<B>>
        permits SipRequest.Builder, SipResponse.Builder {
    private final MessageWriter writer;

    MessageBuilder(String startLine) {
        writer = new MessageWriter(startLine);
    }

    MessageWriter writer() {
        return writer;
    }

    abstract B self();

    /** Adds a header line. */
    public B header(String name, String value) {
        writer.header(Header.checkedName(name), value);
        return self();
    }

    /** Adds a header line; an address or a Via that came in a message is written octet by octet as it came. */
    public B header(String name, HeaderValue value) {
        writer.header(Header.checkedName(name), value);
        return self();
    }

    /** Adds a header line. */
    public B header(Header header) {
        writer.header(header.name(), header.value());
        return self();
    }

    /** Adds header lines. */
    public B headers(List<Header> headers) {
        headers.forEach(this::header);
        return self();
    }

    /** Puts a header in the place of all lines with this name; without one it is added. */
    public B set(String name, String value) {
        writer.set(Header.checkedName(name), value);
        return self();
    }

    /** Puts a header in the place of all lines with this name; without one it is added. */
    public B set(String name, HeaderValue value) {
        writer.set(Header.checkedName(name), value);
        return self();
    }

    /** Takes out all lines with this name, in its long or compact form. */
    public B remove(String name) {
        writer.remove(name);
        return self();
    }

    /** Adds all lines of a header as they stand in another message, octet by octet. */
    public B copy(SipMessage message, String name) {
        writer.copy(message, name);
        return self();
    }

    /** The message as it goes out, not looked at again. */
    public byte[] toBytes() {
        return writer.bytes();
    }

    /** Sets the body and its Content-Type. */
    public B body(SipBody body) {
        writer.body(Objects.requireNonNull(body, "body"));
        return self();
    }
}
