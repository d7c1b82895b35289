package io.siprec.server;

import io.siprec.sip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and makes SIP messages as text, with regular expressions: independent of the code under test. */
final class RawMessages {
    private RawMessages() {}

    static int status(String response) {
        return response.startsWith("SIP/2.0 ") ? Integer.parseInt(response.substring(8, 11)) : 0;
    }

    /** The value of a header that stands on one line, in its long or compact form; "" when absent. */
    static String header(String message, String name, String compact) {
        String head = message.split("\r?\n\r?\n", 2)[0];
        Matcher matcher = Pattern.compile("(?im)^(?:" + name + "|" + compact + ")[ \t]*:[ \t]*(.*?)\\s*$")
                .matcher(head);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The addresses of the documentation become loopback ones of the same length, so that no length changes. */
    static String onLoopback(String message, Transport transport, int localPort) {
        String local = message.replace("192.0.2.", "127.0.0.").replace("198.51.100.", "127.51.100.");
        return local.replaceFirst(
                "(?im)^(Via|v)([ \t]*:\\s*)SIP[ \t]*/[ \t]*2\\.0[ \t]*/[ \t]*\\w+[ \t]+[^;\\s]+",
                "$1$2SIP/2.0/" + transport + " 127.0.0.1:" + localPort);
    }

    /** An ACK or BYE for the dialog that {@code ok} made. */
    static String inDialog(String method, String invite, String ok, Transport transport, int localPort) {
        long cseq = Long.parseLong(header(invite, "CSeq", "cseq").split("\\s+")[0]);
        return method + " sip:127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " 127.0.0.1:" + localPort + ";rport;branch=z9hG4bK" + System.nanoTime()
                + "\r\nMax-Forwards: 70\r\n"
                + "From: " + header(ok, "From", "f") + "\r\n"
                + "To: " + header(ok, "To", "t") + "\r\n"
                + "Call-ID: " + header(ok, "Call-ID", "i") + "\r\n"
                + "CSeq: " + (method.equals("ACK") ? cseq : cseq + 1) + " " + method + "\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    /** The m-lines of the first session description in a message, each with the attributes below it. */
    static List<MediaLine> mediaLines(String message) {
        int start = message.indexOf("\nv=0");
        Matcher boundary = Pattern.compile("(?i)boundary=\"?([^\";\\s]+)").matcher(message);
        String end = boundary.find() ? "\r?\n--" + Pattern.quote(boundary.group(1)) : "\\z";
        String sdp = start < 0 ? "" : message.substring(start).split(end, 2)[0];
        List<MediaLine> lines = new ArrayList<>();
        for (String section : sdp.split("(?m)^(?=m=)")) {
            if (section.startsWith("m=")) {
                lines.add(MediaLine.of(section));
            }
        }
        return lines;
    }

    /**
     * An m-line.
     *
     * @param label "" when there is none
     * @param direction "" when there is none
     */
    record MediaLine(String type, int port, String protocol, List<String> formats, String label, String direction) {
        static MediaLine of(String section) {
            String[] fields = section.split("\r?\n", 2)[0].substring(2).trim().split("\\s+");
            return new MediaLine(
                    fields[0],
                    Integer.parseInt(fields[1].split("/")[0]),
                    fields[2],
                    List.of(fields).subList(3, fields.length),
                    attribute(section, "label:\\s*(\\S+)"),
                    attribute(section, "(sendonly|recvonly|sendrecv|inactive)"));
        }

        private static String attribute(String section, String pattern) {
            Matcher matcher = Pattern.compile("(?im)^a=" + pattern + "\\s*$").matcher(section);
            return matcher.find() ? matcher.group(1) : "";
        }
    }
}
