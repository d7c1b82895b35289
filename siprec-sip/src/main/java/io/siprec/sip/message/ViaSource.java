package io.siprec.sip.message;

import java.net.InetSocketAddress;

/** Writes into a top Via where the request came from: received and rport (RFC 3261 section 18.2.1, RFC 3581 section 4). */
final class ViaSource {
    private ViaSource() {}

    /** The line with the source noted in its first value; as it is when that can't be read. */
    static Slice annotate(Slice line, InetSocketAddress source) {
        int comma = Octets.indexOf(line.bytes(), line.start(), line.end(), ',');
        int topEnd = Octets.skipBlanksBack(line.bytes(), line.start(), comma);
        Via via;
        try {
            via = Via.read(new Slice(line.bytes(), line.start(), topEnd), false);
        } catch (SipParseException e) {
            return line;
        }
        String address = address(source);
        boolean received = via.received().isEmpty()
                && (via.rport().isPresent() || !via.host().equalsIgnoreCase(address));
        Slice annotated =
                received ? line.replaced(topEnd, comma, separator(line, topEnd) + "received=" + address) : line;
        return via.rport().filter(String::isEmpty).isPresent() ? fillRport(annotated, source.getPort()) : annotated;
    }

    /** A Via may end in a semicolon that no parameter follows. */
    private static String separator(Slice line, int topEnd) {
        return topEnd > line.start() && line.bytes()[topEnd - 1] == ';' ? "" : ";";
    }

    private static String address(InetSocketAddress source) {
        String text = source.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static Slice fillRport(Slice line, int port) {
        byte[] bytes = line.bytes();
        int at = Octets.indexOf(bytes, line.start(), line.end(), ';');
        while (at < line.end()) {
            int next = Octets.indexOf(bytes, at + 1, line.end(), ';');
            int end = Math.min(next, Octets.indexOf(bytes, at + 1, line.end(), ','));
            String parameter = Octets.trimmed(bytes, at + 1, end);
            if (parameter.equalsIgnoreCase("rport") || parameter.equalsIgnoreCase("rport=")) {
                return line.replaced(at, Octets.skipBlanksBack(bytes, at, end), ";rport=" + port);
            }
            at = next;
        }
        return line;
    }
}
