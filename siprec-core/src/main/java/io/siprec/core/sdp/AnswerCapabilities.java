package io.siprec.core.sdp;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this recorder can decode; decides the answer.
 *
 * @param decodable encodings as {@code PCMU/8000}, with the channels where there is more than one
 *     ({@code opus/48000/2}); compared without case
 * @param maxStreams the most m-lines that one recording takes; the surplus is refused
 * @param families the address families that this recorder has
 * @param secure what it can do about SRTP
 */
public record AnswerCapabilities(
        Set<String> decodable, int maxStreams, Set<AddressFamily> families, SecureMedia secure) {
    /** Copies the sets. */
    public AnswerCapabilities {
        decodable =
                decodable.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        families = Set.copyOf(families);
        Objects.requireNonNull(secure, "secure");
        if (maxStreams < 1) throw new IllegalArgumentException("maxStreams must be >= 1, was " + maxStreams);
    }

    /** A recorder without SRTP. */
    public AnswerCapabilities(Set<String> decodable, int maxStreams, Set<AddressFamily> families) {
        this(decodable, maxStreams, families, SecureMedia.none());
    }

    boolean decodes(PayloadFormat format) {
        return decodable.contains(format.key());
    }
}
