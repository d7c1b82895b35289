package io.siprec.core.metadata;

/** Writes XML text; values are escaped, characters that XML 1.0 does not have are left out. */
final class XmlText {
    private final StringBuilder out = new StringBuilder(2_048);

    void declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** A start tag with attributes as name and value in turn. */
    void open(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) attribute(attributes[i], attributes[i + 1]);
        out.append('>');
    }

    void close(String name) {
        out.append("</").append(name).append(">\n");
    }

    void element(String name, String text, String... attributes) {
        open(name, attributes);
        escaped(text, false);
        close(name);
    }

    /** A foreign element with all that is in it; {@code around} is the default namespace where it stands. */
    void extension(Extension extension, String around) {
        out.append('<').append(name(extension.name()));
        if (!extension.namespace().equals(around)) attribute("xmlns", extension.namespace());
        int prefix = 0;
        for (var attribute : extension.attributes().entrySet()) {
            String name = attribute.getKey();
            int end = name.startsWith("{") ? name.indexOf('}') : -1;
            if (end < 0) {
                attribute(name(name), attribute.getValue());
            } else if (name.startsWith("{http://www.w3.org/XML/1998/namespace}")) {
                attribute("xml:" + name(name.substring(end + 1)), attribute.getValue());
            } else {
                String own = "a" + prefix++;
                attribute("xmlns:" + own, name.substring(1, end));
                attribute(own + ':' + name(name.substring(end + 1)), attribute.getValue());
            }
        }
        out.append('>');
        escaped(extension.text(), false);
        for (Extension child : extension.children()) extension(child, extension.namespace());
        close(extension.name());
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** An XML name without a colon (Namespaces in XML 1.0 §4); {@code xmlns} declares and is no name of an attribute. */
    private static String name(String name) {
        boolean valid = !name.isEmpty() && isNameStart(name.codePointAt(0)) && !name.equals("xmlns");
        if (!valid || !name.codePoints().allMatch(XmlText::isNamePart)) {
            throw new IllegalArgumentException("an extension's name is no XML name");
        }
        return name;
    }

    private static boolean isNameStart(int c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(int c) {
        return isNameStart(c) || Character.isDigit(c) || c == '-' || c == '.' || c == 0xB7 || c >= 0x300 && c <= 0x36F;
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escaped(value, true);
        out.append('"');
    }

    private void escaped(String text, boolean inAttribute) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#13;");
                case '\n' -> out.append(inAttribute ? "&#10;" : "\n");
                case '\t' -> out.append(inAttribute ? "&#9;" : "\t");
                default -> {
                    if (isXml(c)) out.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isXml(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
