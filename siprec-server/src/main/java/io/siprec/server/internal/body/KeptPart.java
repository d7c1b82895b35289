package io.siprec.server.internal.body;

/**
 * A body part that is neither a session description nor metadata.
 *
 * @param type its media type, without parameters
 * @param content without its transfer encoding; shared, not to be changed
 */
public record KeptPart(String type, byte[] content) {}
