package io.siprec.core.metadata;

import io.siprec.core.internal.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One element, asked field by field; what nobody asked for is its extension data. */
final class Fields {
    private final Extension element;
    private final String root;
    private final Findings findings;
    private final Set<String> used = new HashSet<>();

    /** @param root the namespace of the document's root */
    Fields(Extension element, String root, Findings findings) {
        this.element = element;
        this.root = root;
        this.findings = findings;
    }

    /** The first of these attributes that is there, without blanks. */
    Optional<String> attribute(String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            String value = element.attributes().get(name);
            if (value == null) continue;
            used.add('@' + name);
            if (found.isEmpty()) found = Optional.of(value.strip());
        }
        return found;
    }

    /** The children of that name that belong to the model. */
    List<Extension> elements(String name) {
        used.add(name);
        List<Extension> found = List.of();
        for (Extension child : element.children()) {
            if (!child.name().equals(name) || !isModel(child)) continue;
            if (found.isEmpty()) found = new ArrayList<>(2);
            found.add(child);
        }
        return found;
    }

    /** The text of the first child of that name. */
    Optional<String> text(String name) {
        List<Extension> found = elements(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0).text());
    }

    /** The ids in the children of that name; one dialect wraps each into an {@code id} element. */
    List<String> ids(String name) {
        List<String> ids = new ArrayList<>(2);
        for (Extension found : elements(name)) {
            if (!found.text().isEmpty()) ids.add(withoutBlanks(found.text()));
            for (Extension child : found.children()) {
                if (child.name().equals("id")) ids.add(withoutBlanks(child.text()));
            }
        }
        return ids;
    }

    /** The first time that can be read in the children of that name. */
    Optional<Instant> time(String name) {
        for (Extension found : elements(name)) {
            Optional<Instant> time = MetadataTimes.read(found.text(), findings);
            if (time.isPresent()) return time;
        }
        return Optional.empty();
    }

    /** All that nobody asked for. */
    List<Extension> rest() {
        List<Extension> rest = new ArrayList<>(0);
        element.attributes().forEach((name, value) -> {
            if (!used.contains('@' + name)) rest.add(extensionOf(name, value));
        });
        for (Extension child : element.children()) {
            if (!used.contains(child.name()) || !isModel(child)) rest.add(child);
        }
        return rest;
    }

    static Extension extensionOf(String name, String value) {
        int end = name.startsWith("{") ? name.indexOf('}') : -1;
        return end < 0
                ? Extension.ofAttribute("", name, value)
                : Extension.ofAttribute(name.substring(1, end), name.substring(end + 1), value);
    }

    static String withoutBlanks(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) return text.replaceAll("\\s+", "");
        }
        return text;
    }

    private boolean isModel(Extension child) {
        return Namespaces.isModel(child.namespace(), root);
    }
}
