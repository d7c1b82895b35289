package io.siprec.core.sdp;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What this recorder can decode; decides the answer.
 *
 * @param decodable encodings as {@code PCMU/8000}, with the channels where there is more than one
 *     ({@code opus/48000/2}), each with what the answer says in its fmtp, "" for nothing; compared without case
 * @param maxStreams the most m-lines that one recording takes; the surplus is refused
 * @param families the address families that this recorder has
 * @param secure what it can do about SRTP
 */
public record AnswerCapabilities(
        Map<String, String> decodable, int maxStreams, Set<AddressFamily> families, SecureMedia secure) {
    /** Copies the map and the set. */
    public AnswerCapabilities {
        Map<String, String> keys = new TreeMap<>();
        decodable.forEach((name, parameters) -> keys.put(name.toUpperCase(Locale.ROOT), parameters));
        decodable = Map.copyOf(keys);
        families = Set.copyOf(families);
        Objects.requireNonNull(secure, "secure");
        if (maxStreams < 1) throw new IllegalArgumentException("maxStreams must be >= 1, was " + maxStreams);
    }

    /** Nothing is said in any fmtp. */
    public AnswerCapabilities(Set<String> decodable, int maxStreams, Set<AddressFamily> families, SecureMedia secure) {
        this(decodable.stream().collect(Collectors.toMap(name -> name, name -> "")), maxStreams, families, secure);
    }

    /** A recorder without SRTP. */
    public AnswerCapabilities(Set<String> decodable, int maxStreams, Set<AddressFamily> families) {
        this(decodable, maxStreams, families, SecureMedia.none());
    }

    /** True when any format of the line can be decoded. */
    public boolean decodesAnyOf(PlannedLine line) {
        return line.formats().stream().anyMatch(this::decodes);
    }

    boolean decodes(PayloadFormat format) {
        return decodable.containsKey(format.key());
    }

    /** As the answer names it: with our parameters where we decode it, else with those of the offer (RFC 4867 §8.3.1, for one). */
    PayloadFormat answered(PayloadFormat offered) {
        String ours = decodable.get(offered.key());
        return ours == null ? offered : offered.withParameters(ours);
    }
}
