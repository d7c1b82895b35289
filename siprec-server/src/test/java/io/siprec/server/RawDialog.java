package io.siprec.server;

import io.siprec.sip.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One dialog of an SRC that speaks text, so that a test sees and says exactly what is on the wire. */
final class RawDialog implements Closeable {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE";
    static final String SDP_HEAD = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final TestServer server;
    private final String callId;
    private final String tag;
    private RawSipClient client;
    private String headers = "Allow: " + ALLOW + "\r\n";
    private String signs = ";+sip.src\r\nRequire: siprec\r\n";
    private String from = "<sip:src@127.0.0.1>";
    private String requestUri = "sip:srs@127.0.0.1";
    private String to = "<sip:srs@127.0.0.1>";
    private String lastInvite;
    private int cseq;

    RawDialog(TestServer server, Transport transport) throws IOException {
        this(server, transport, "dialog-" + NUMBERS.incrementAndGet() + "-" + System.nanoTime(), "1");
    }

    private RawDialog(TestServer server, Transport transport, String callId, String tag) throws IOException {
        this.server = server;
        this.client = server.client(transport);
        this.callId = callId;
        this.tag = tag;
    }

    /** Another dialog, of another socket, that differs from this one by its tags only. */
    RawDialog ofSameCallId(String otherTag) throws IOException {
        return new RawDialog(server, client.transport(), callId, otherTag);
    }

    /** A media line. */
    static String line(int port, String label, String direction) {
        return line(port, "0", label, direction);
    }

    static String line(int port, String format, String label, String direction) {
        return "m=audio " + port + " RTP/AVP " + format + "\r\na=label:" + label + "\r\na=" + direction + "\r\n";
    }

    /** A description of these media lines. */
    static String sdp(String... lines) {
        return SDP_HEAD + String.join("", lines);
    }

    /** The parts of a body with a session description and metadata. */
    static String multipart(String sdp, String metadata) {
        return "--b\r\nContent-Type: application/sdp\r\n\r\n" + sdp + "\r\n--b\r\n"
                + "Content-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n"
                + metadata
                + "\r\n--b--\r\n";
    }

    /** A document of a participant each; the mode is complete or partial. */
    static String metadata(String mode, String... participants) {
        StringBuilder text = new StringBuilder(
                "<?xml version='1.0' encoding='UTF-8'?><recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode>"
                        + mode + "</datamode><session session_id='cs1'/>");
        for (String id : participants) {
            text.append("<participant participant_id='").append(id).append("'><nameID aor='sip:");
            text.append(id).append("@example.com'><name>").append(id).append("</name></nameID></participant>");
        }
        return text + "</recording>";
    }

    /** What each request of this side has beside the necessary. */
    RawDialog headers(String lines) {
        headers = lines;
        return this;
    }

    /** Neither option tag nor feature tag: no SRC. */
    RawDialog withoutSigns() {
        return signs("", "");
    }

    /**
     * The signs of an SRC, if not both as they should be.
     *
     * @param featureTag behind the Contact's bracket: ";+sip.src"
     * @param require a line: "Require: siprec\r\n"
     */
    RawDialog signs(String featureTag, String require) {
        signs = featureTag + "\r\n" + require;
        return this;
    }

    /** The From header, without its tag. */
    RawDialog from(String value) {
        from = value;
        return this;
    }

    /** Where the requests of this side are for. */
    RawDialog requestUri(String uri) {
        requestUri = uri;
        return this;
    }

    RawSipClient client() {
        return client;
    }

    String callId() {
        return callId;
    }

    /** Goes on from another socket, over the same transport. */
    void reconnect() throws IOException {
        client.close();
        client = server.client(client.transport());
    }

    /** An INVITE and its final answer; no ACK yet. */
    String invite(String type, String body) throws IOException {
        sendInvite(type, body);
        return answered(client.receiveFinal());
    }

    /** An INVITE whose answers the test reads itself. */
    void sendInvite(String sdp) throws IOException {
        sendInvite("application/sdp", sdp);
    }

    private void sendInvite(String type, String body) throws IOException {
        lastInvite = request("INVITE", type, body);
        client.send(lastInvite);
    }

    /** The 200 to such an INVITE, and its ACK. */
    void accepted(String answer) throws IOException {
        if (RawMessages.status(answer) != 200) {
            throw new IOException("200 to INVITE expected, was " + answer);
        }
        acknowledged(answered(answer));
    }

    private String answered(String answer) {
        if (RawMessages.status(answer) == 200) {
            to = RawMessages.header(answer, "To", "t");
        }
        return answer;
    }

    String invite(String sdp) throws IOException {
        return invite("application/sdp", sdp);
    }

    /** An INVITE that must be accepted, and its ACK. */
    String establish(String sdp) throws IOException {
        return acknowledged(invite(sdp));
    }

    /** A re-INVITE and its final answer, acknowledged. */
    String reinvite(String type, String body) throws IOException {
        return acknowledged(invite(type, body));
    }

    String reinvite(String sdp) throws IOException {
        return reinvite("application/sdp", sdp);
    }

    private String acknowledged(String answer) throws IOException {
        acknowledge(answer, "", "");
        return answer;
    }

    /** The ACK of the last INVITE's final answer. */
    void acknowledge(String answer, String type, String body) throws IOException {
        String ack = text("ACK", type, body, number(lastInvite));
        boolean refused = RawMessages.status(answer) >= 300;
        client.send(
                refused
                        ? ack.replaceFirst("branch=[^;\r]+", "branch=" + branch(lastInvite))
                                .replaceFirst("To: [^\r]*", "To: " + RawMessages.header(answer, "To", "t"))
                        : ack);
    }

    /** Another request of this side and its final answer. */
    String exchange(String method, String type, String body) throws IOException {
        client.send(request(method, type, body));
        return client.receiveFinal();
    }

    /** The next request of this side. */
    String request(String method, String type, String body) {
        return text(method, type, body, ++cseq);
    }

    /** Receives requests of the server up to one of this method; repeated ones of other methods are passed over. */
    String await(String method) throws IOException {
        String message = client.receive();
        while (!message.startsWith(method + " ")) {
            message = client.receive();
        }
        return message;
    }

    /** Answers a request of the server. */
    void answer(String request, String status) throws IOException {
        answer(request, status, "", "");
    }

    void answer(String request, String status, String type, String body) throws IOException {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\r\n");
        request.split("\r\n\r\n", 2)[0]
                .lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                .forEach(line -> response.append(line).append("\r\n"));
        response.append("Contact: <sip:src@127.0.0.1:")
                .append(client.localPort())
                .append(";transport=");
        response.append(client.transport().parameter()).append(">;+sip.src\r\n").append(headers);
        client.send(response.append(content(type, body)).toString());
    }

    /** Takes an INVITE of the server: 200 with this description, and its ACK. */
    String accept(String invite, String sdp) throws IOException {
        answer(invite, "200 OK", "application/sdp", sdp);
        return await("ACK");
    }

    /** Ends the dialog from this side. */
    void bye() throws IOException {
        String answer = exchange("BYE", "", "");
        if (RawMessages.status(answer) != 200) {
            throw new IOException("200 to BYE expected, was " + answer);
        }
    }

    /** The RTP ports that an answer or offer of the server names. */
    static List<Integer> ports(String message) {
        return RawMessages.mediaLines(message).stream()
                .map(RawMessages.MediaLine::port)
                .toList();
    }

    /** The directions of its lines. */
    static List<String> directions(String message) {
        return RawMessages.mediaLines(message).stream()
                .map(RawMessages.MediaLine::direction)
                .toList();
    }

    static String body(String message) {
        return message.split("\r\n\r\n", 2)[1];
    }

    private String text(String method, String type, String body, int number) {
        Transport transport = client.transport();
        return method + " " + requestUri + " SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:" + client.localPort()
                + ";rport;branch=z9hG4bK-" + callId + "-" + tag + "-" + method.toLowerCase(Locale.ROOT) + number
                + "\r\nMax-Forwards: 70\r\n"
                + "From: " + from + ";tag=" + tag + "\r\nTo: " + to + "\r\nCall-ID: " + callId + "\r\nCSeq: "
                + number
                + " " + method + "\r\nContact: <sip:src@127.0.0.1:" + client.localPort() + ";transport="
                + transport.parameter() + ">" + signs + headers + content(type, body);
    }

    private static String content(String type, String body) {
        return (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static int number(String request) {
        return Integer.parseInt(RawMessages.header(request, "CSeq", "cseq").split(" ")[0]);
    }

    static String branch(String request) {
        return RawMessages.header(request, "Via", "v").replaceFirst(".*branch=", "");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
