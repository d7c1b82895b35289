package io.siprec.core.metadata;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something in a document that RFC 7865 does not define, kept where it stood: an element with all that is in it, or an
 * attribute, which has a name with {@code @} in front and its value as text.
 *
 * @param namespace its namespace, "" for none
 * @param name its local name
 * @param attributes by local name, or by {@code {namespace}name} where they have one
 * @param text of the element itself, without blanks around it
 * @param children in order
 */
public record Extension(
        String namespace, String name, Map<String, String> attributes, String text, List<Extension> children) {
    /** Copies the collections. */
    public Extension {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        attributes = Map.copyOf(attributes);
        Objects.requireNonNull(text, "text");
        children = List.copyOf(children);
    }

    static Extension ofAttribute(String namespace, String name, String value) {
        return new Extension(namespace, '@' + name, Map.of(), value, List.of());
    }

    /** True when this stands for an attribute. */
    public boolean isAttribute() {
        return name.startsWith("@");
    }

    /** The first child of that local name. */
    public Optional<Extension> child(String localName) {
        return children.stream().filter(child -> child.name.equals(localName)).findFirst();
    }
}
