package io.siprec.core.attributes;

import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.CallAttribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes of one call, in the order in which they were first told: each value of each name once, whatever the number
 * of messages that repeat it. Bounded. Not thread-safe.
 */
public final class CallAttributes {
    /** The most attributes that are kept of a call. */
    public static final int MOST = 200;

    /** The most characters that an attribute's value has; the rest is cut off. */
    public static final int MAX_VALUE_CHARS = 512;

    private final HeaderPatterns patterns;
    private final Map<List<String>, CallAttribute> attributes = new LinkedHashMap<>();

    /** @param patterns which header fields are kept as they are, beside those that have a meaning here */
    public CallAttributes(HeaderPatterns patterns) {
        this.patterns = patterns;
    }

    /** Takes what the header of a request tells. */
    public void addHeaders(List<HeaderField> fields) {
        HeaderAttributes reader = new HeaderAttributes(patterns, this::add);
        fields.forEach(field -> reader.read(field, "header " + field.name()));
    }

    /** Takes what the extension data of a metadata document tells. */
    public void addMetadata(RecordingMetadata metadata) {
        new ExtensionAttributes(new HeaderAttributes(patterns, this::add), this::add).read(metadata);
    }

    /** What was told so far. */
    public List<CallAttribute> list() {
        return List.copyOf(attributes.values());
    }

    private void add(String name, String value, String source) {
        String trimmed = value.strip();
        if (trimmed.isEmpty() || attributes.size() >= MOST) {
            return;
        }
        String bounded = trimmed.length() <= MAX_VALUE_CHARS ? trimmed : trimmed.substring(0, MAX_VALUE_CHARS);
        attributes.putIfAbsent(List.of(name, bounded), new CallAttribute(name, bounded, source));
    }

    /** Takes one attribute. */
    interface Sink {
        void add(String name, String value, String source);
    }
}
