package io.siprec.sip.message;

import java.net.InetSocketAddress;
import java.util.Locale;

/** Writes into a top Via where the request came from: received and rport (RFC 3261 section 18.2.1, RFC 3581 section 4). */
final class ViaSource {
    private ViaSource() {}

    static String annotate(String line, InetSocketAddress source) {
        int comma = TextScanner.indexOf(line, ',', 0);
        String top = comma < 0 ? line : line.substring(0, comma);
        String rest = comma < 0 ? "" : line.substring(comma);
        Via via;
        try {
            via = Via.lenient(top);
        } catch (SipParseException e) {
            return line;
        }
        String address = address(source);
        StringBuilder annotated = new StringBuilder(top.stripTrailing());
        if (via.rport().filter(String::isEmpty).isPresent()) {
            fillRport(annotated, source.getPort());
        }
        boolean wanted = via.rport().isPresent() || !via.host().equalsIgnoreCase(address);
        if (wanted && via.received().isEmpty()) {
            annotated.append(";received=").append(address);
        }
        return annotated.append(rest).toString();
    }

    private static String address(InetSocketAddress source) {
        String text = source.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static void fillRport(StringBuilder via, int port) {
        String lower = via.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf(';');
        while (at >= 0) {
            int next = lower.indexOf(';', at + 1);
            int end = next < 0 ? lower.length() : next;
            String parameter = lower.substring(at + 1, end).strip();
            if (parameter.equals("rport") || parameter.equals("rport=")) {
                via.replace(at, end, ";rport=" + port);
                return;
            }
            at = next;
        }
    }
}
