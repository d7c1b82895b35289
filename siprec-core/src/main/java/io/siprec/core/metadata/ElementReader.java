package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads single elements with all that is in them, within the limits; elements count over the whole document. */
final class ElementReader {
    private final XMLStreamReader xml;
    private final MetadataLimits limits;
    private final Findings findings;
    private int elementsLeft;

    ElementReader(XMLStreamReader xml, MetadataLimits limits, Findings findings) {
        this.xml = xml;
        this.limits = limits;
        this.findings = findings;
        this.elementsLeft = limits.maxElements();
    }

    /** The element that the reader stands on; behind it, the reader stands on its end. */
    Extension element(int depth) throws XMLStreamException {
        if (--elementsLeft < 0) throw new TooManyElementsException();
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        String name = xml.getLocalName();
        Map<String, String> attributes = attributes();
        List<Extension> children = List.of();
        TextBuffer text = new TextBuffer(limits.maxValueChars());
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (children.isEmpty()) children = new ArrayList<>();
                    if (depth < limits.maxDepth()) children.add(element(depth + 1));
                    else skip();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.add(xml.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    findings.once(FindingCode.METADATA_ENTITY, "a reference to an entity that is not known");
                    text.add('&' + xml.getLocalName() + ';');
                }
                default -> {} // comments and processing instructions say nothing
            }
        }
        if (text.cut()) reportCut();
        return new Extension(namespace, name, attributes, text.toString(), children);
    }

    /** The attributes of the element that the reader stands on, namespace declarations apart. */
    Map<String, String> attributes() {
        int count = Math.min(xml.getAttributeCount(), limits.maxAttributes());
        if (count == 0) return Map.of();
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String namespace = xml.getAttributeNamespace(i);
            String name = xml.getAttributeLocalName(i);
            boolean plain = namespace == null || namespace.isEmpty();
            attributes.put(plain ? name : '{' + namespace + '}' + name, bounded(xml.getAttributeValue(i)));
        }
        return attributes;
    }

    private String bounded(String value) {
        if (value.length() <= limits.maxValueChars()) return value;
        reportCut();
        return value.substring(0, limits.maxValueChars());
    }

    private void reportCut() {
        findings.once(FindingCode.METADATA_VALUE_CUT, "a value of over " + limits.maxValueChars() + " chars");
    }

    private void skip() throws XMLStreamException {
        findings.once(FindingCode.METADATA_TOO_DEEP, "elements deeper than " + limits.maxDepth());
        int open = 1;
        while (open > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
                if (--elementsLeft < 0) throw new TooManyElementsException();
            } else if (event == XMLStreamConstants.END_ELEMENT) open--;
        }
    }

    /** The document has more elements than it may have. */
    static final class TooManyElementsException extends XMLStreamException {
        private static final long serialVersionUID = 1L;
    }

    /** The text of one element: mostly one piece, so that mostly nothing is copied. */
    private static final class TextBuffer {
        private final int limit;
        private String only = "";
        private StringBuilder more;
        private boolean cut;

        TextBuffer(int limit) {
            this.limit = limit;
        }

        void add(String piece) {
            if (more == null && only.isBlank()) {
                only = piece.length() <= limit ? piece : piece.substring(0, limit);
                cut |= piece.length() > limit;
                return;
            }
            if (more == null) more = new StringBuilder(only);
            int room = limit - more.length();
            more.append(piece, 0, Math.min(room, piece.length()));
            cut |= piece.length() > room;
        }

        boolean cut() {
            return cut;
        }

        @Override
        public String toString() {
            return (more == null ? only : more.toString()).strip();
        }
    }
}
