package io.siprec.core.sdp;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the lines of one session description, in whatever order they come. */
final class SdpReader {
    private static final int BAD_REQUEST = 400;
    private static final Origin NO_ORIGIN = new Origin("-", "0", "0", "IN", "IP4", "0.0.0.0");

    private final SdpLimits limits;
    private final Findings findings;
    private final List<MediaBuilder> media = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private boolean version;
    private boolean strayLine;
    private boolean strayReturn;
    private Optional<Origin> origin = Optional.empty();
    private Optional<String> sessionName = Optional.empty();
    private Optional<String> timing = Optional.empty();
    private Optional<Connection> connection = Optional.empty();
    private RtcpBandwidth rtcpBandwidth = RtcpBandwidth.UNSAID;

    SdpReader(SdpLimits limits, Findings findings) {
        this.limits = limits;
        this.findings = findings;
    }

    SessionDescription read(String text) throws SdpException {
        int lines = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            if (end < 0) end = text.length();
            if (++lines > limits.maxLines()) throw tooMuch("lines", limits.maxLines());
            line(text.substring(at, end));
            at = end + 1;
        }
        if (!version && origin.isEmpty() && media.isEmpty()) throw bad("not a session description");
        report();
        return new SessionDescription(
                origin.orElse(NO_ORIGIN),
                sessionName.orElse(""),
                connection,
                attributes,
                media.stream().map(line -> line.build(rtcpBandwidth)).toList(),
                timing.orElse("0 0"));
    }

    private void line(String raw) throws SdpException {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (line.isBlank()) return;
        if (line.length() < 2 || line.charAt(1) != '=') {
            strayLine = true;
            return;
        }
        String value = withoutReturns(line.substring(2)).trim();
        switch (line.charAt(0)) {
            case 'v' -> version(value);
            case 'o' -> origin = origin.or(() -> Optional.of(OriginReader.read(value, findings)));
            case 's' -> sessionName = sessionName.or(() -> Optional.of(value));
            case 't' -> timing = timing.or(() -> timing(value));
            case 'c' -> connection(value);
            case 'm' -> media(value);
            case 'a' -> attribute(value);
            case 'b' -> bandwidth(value);
            case 'i', 'u', 'e', 'p', 'r', 'z', 'k' -> {}
            default -> strayLine = true;
        }
    }

    /** No value holds a line end, so that an answer can repeat it. */
    private String withoutReturns(String value) {
        if (value.indexOf('\r') < 0) return value;
        strayReturn = true;
        return value.replace('\r', ' ');
    }

    private void version(String value) throws SdpException {
        if (version) {
            findings.add(FindingCode.SDP_SECOND_VERSION, "a second description inside the first one");
        } else if (!value.equals("0")) {
            throw bad("session description of an unknown version");
        }
        version = true;
    }

    private Optional<String> timing(String value) {
        List<String> times = Words.of(value);
        boolean valid = times.size() == 2 && times.stream().allMatch(SdpReader::isDigits);
        if (valid) return Optional.of(value);
        findings.add(FindingCode.SDP_TIMING_UNREADABLE, "t= line that is not two numbers");
        return Optional.empty();
    }

    private void connection(String value) {
        List<String> fields = Words.of(value);
        String address = fields.size() < 3 ? "" : fields.get(2);
        int slash = address.indexOf('/');
        if (address.isEmpty() || slash == 0) {
            findings.add(FindingCode.SDP_CONNECTION_UNREADABLE, "c= line without an address");
            return;
        }
        Connection read = new Connection(fields.get(1), slash < 0 ? address : address.substring(0, slash));
        if (media.isEmpty()) connection = connection.or(() -> Optional.of(read));
        else current().connection(read);
    }

    private void bandwidth(String value) {
        if (media.isEmpty()) rtcpBandwidth = rtcpBandwidth.and(value);
        else current().rtcpBandwidth = current().rtcpBandwidth.and(value);
    }

    private void media(String value) throws SdpException {
        if (media.size() >= limits.maxMedia()) throw tooMuch("m-lines", limits.maxMedia());
        List<String> fields = Words.of(value);
        int line = media.size() + 1;
        if (fields.size() < 3) throw bad("m-line " + line + " is incomplete");
        String ports = fields.get(1);
        int slash = ports.indexOf('/');
        int port = Numbers.parse(slash < 0 ? ports : ports.substring(0, slash), 65_535);
        int count = slash < 0 ? 1 : Numbers.parse(ports.substring(slash + 1), 65_535);
        if (port < 0 || count < 0) throw bad("m-line " + line + " has no valid port");
        List<String> formats = fields.subList(3, fields.size());
        if (formats.isEmpty()) {
            findings.add(FindingCode.SDP_NO_FORMATS, "m-line " + line + " without formats");
        } else if (formats.size() > limits.maxFormats()) {
            findings.add(FindingCode.SDP_MANY_FORMATS, "m-line " + line + " has " + formats.size() + " formats");
            formats = formats.subList(0, limits.maxFormats());
        }
        media.add(new MediaBuilder(fields.get(0), port, Math.max(count, 1), fields.get(2), formats));
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        String name = (colon < 0 ? value : value.substring(0, colon)).trim();
        if (name.isEmpty()) {
            strayLine = true;
            return;
        }
        Attribute read =
                new Attribute(name, colon < 0 ? "" : value.substring(colon + 1).trim());
        if (media.isEmpty()) attributes.add(read);
        else current().attributes.add(read);
    }

    private MediaBuilder current() {
        return media.get(media.size() - 1);
    }

    private void report() {
        if (strayLine) findings.add(FindingCode.SDP_STRAY_LINE, "lines that mean nothing");
        if (strayReturn) findings.add(FindingCode.SDP_STRAY_RETURN, "carriage return inside a line");
        if (!version) findings.add(FindingCode.SDP_MISSING_VERSION, "no v= line");
        if (origin.isEmpty()) findings.add(FindingCode.SDP_MISSING_ORIGIN, "no o= line");
        if (sessionName.isEmpty()) findings.add(FindingCode.SDP_MISSING_NAME, "no s= line");
        if (timing.isEmpty()) findings.add(FindingCode.SDP_MISSING_TIMING, "no usable t= line");
        MediaChecks.report(
                media.stream().map(line -> line.build(rtcpBandwidth)).toList(), connection.isPresent(), findings);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static SdpException bad(String message) {
        return new SdpException(BAD_REQUEST, message);
    }

    private static SdpException tooMuch(String what, int limit) {
        return bad("session description with more than " + limit + ' ' + what);
    }

    /** An m-line while its lines come in. */
    private static final class MediaBuilder {
        private final MediaDescription start;
        private final List<Attribute> attributes = new ArrayList<>();
        private Optional<Connection> connection = Optional.empty();
        private RtcpBandwidth rtcpBandwidth = RtcpBandwidth.UNSAID;

        MediaBuilder(String type, int port, int portCount, String protocol, List<String> formats) {
            start = new MediaDescription(type, port, portCount, protocol, formats, Optional.empty(), List.of());
        }

        void connection(Connection read) {
            connection = connection.or(() -> Optional.of(read));
        }

        MediaDescription build(RtcpBandwidth ofSession) {
            return new MediaDescription(
                    start.type(),
                    start.port(),
                    start.portCount(),
                    start.protocol(),
                    start.formats(),
                    connection,
                    attributes,
                    rtcpBandwidth.or(ofSession));
        }
    }
}
