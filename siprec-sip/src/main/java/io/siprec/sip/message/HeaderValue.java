package io.siprec.sip.message;

/** A typed header value; {@code toString()} gives it as it stands in a message. */
public interface HeaderValue {}
