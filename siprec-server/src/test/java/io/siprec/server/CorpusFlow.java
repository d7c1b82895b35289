package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.RtpPacketWriter;
import io.siprec.server.RawMessages.MediaLine;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;

/** Plays messages of SRCs in their order as one dialog, with RTP on the lines that the recorder takes. */
final class CorpusFlow implements AutoCloseable {
    static final int PACKETS = 10;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final TestServer server;
    private final RawSipClient client;
    private final DatagramSocket rtp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    private final String unique = "flow" + NUMBERS.incrementAndGet() + "x" + Long.toString(System.nanoTime(), 36);
    private final List<String> requests = new ArrayList<>(); // of the recorder
    private final List<Integer> sent = new ArrayList<>(); // packets by m-line
    private String first = ""; // the message that began the dialog
    private String ok = "";
    private long cseq;

    CorpusFlow(TestServer server, Transport transport) throws IOException {
        this.server = server;
        this.client = server.client(transport);
    }

    static String read(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1);
    }

    /** Sends the message, as the next one of the dialog if there is one; the final response, "" where none came. */
    String send(String message) throws IOException {
        String own = inDialog(RawMessages.onLoopback(message, client.transport(), client.localPort()));
        client.send(own);
        String response = receiveFinal();
        boolean invite = own.startsWith("INVITE ");
        boolean accepted = response.startsWith("SIP/2.0 2");
        if (invite && accepted) {
            acknowledge(own, response);
            if (first.isEmpty()) {
                first = own;
                cseq = Long.parseLong(RawMessages.header(own, "CSeq", "cseq").split("\\s+")[0]);
            }
            ok = response;
        }
        return response;
    }

    private String inDialog(String message) {
        String own = message.replaceFirst("(?i)branch=z9hG4bK[^;\\s,]*", "branch=z9hG4bK" + unique + "-" + cseq)
                .replaceFirst(
                        "(?im)^((?:Contact|m)[ \t]*:.*?)127\\.0\\.0\\.\\d+(?::\\d+)?",
                        "$1127.0.0.1:" + client.localPort());
        if (first.isEmpty()) {
            return own.replaceFirst("(?im)^(Call-ID|i)([ \t]*:[ \t]*)", "$1$2" + unique);
        }
        cseq++;
        String renumbered = own.replaceFirst("(?im)^(CSeq[ \t]*:\\s*)\\d+", "$1" + cseq);
        String called = header(renumbered, "Call-ID|i", RawMessages.header(ok, "Call-ID", "i"));
        return header(
                header(called, "From|f", RawMessages.header(ok, "From", "f")),
                "To|t",
                RawMessages.header(ok, "To", "t"));
    }

    private static String header(String message, String name, String value) {
        return message.replaceFirst(
                "(?im)^(" + name + ")[ \t]*:[^\r\n]*(\r?\n[ \t]+[^\r\n]*)*", "$1: " + Matcher.quoteReplacement(value));
    }

    /** Where the recorder made the offer, the ACK holds the answer (RFC 3261 §13.2.1). */
    private void acknowledge(String invite, String response) throws IOException {
        String ack = RawMessages.inDialog("ACK", invite, response, client.transport(), client.localPort());
        boolean offered = !invite.contains("v=0") && response.contains("v=0");
        client.send(offered ? withBody(ack, answer(response)) : ack);
    }

    private static String withBody(String request, String sdp) {
        return request.replaceFirst(
                        "Content-Length: 0", "Content-Type: application/sdp\r\nContent-Length: " + sdp.length())
                + sdp;
    }

    private String answer(String offer) {
        StringBuilder sdp =
                new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n");
        for (MediaLine line : RawMessages.mediaLines(offer)) {
            sdp.append("m=audio " + rtp.getLocalPort() + " " + line.protocol() + " "
                    + line.formats().get(0) + "\r\na=sendonly\r\n");
        }
        return sdp.toString();
    }

    /** What the recorder asks in between gets 200, and is kept. */
    private String receiveFinal() throws IOException {
        String message = client.receiveFinal();
        while (!message.isEmpty() && !message.startsWith("SIP/2.0 ")) {
            requests.add(message);
            client.send(RawCall.response(message, "200 OK"));
            message = client.receiveFinal();
        }
        return message;
    }

    /** Ten packets on each line that the last answer takes. */
    void sendAudio() throws IOException {
        List<MediaLine> lines = RawMessages.mediaLines(ok);
        for (int i = 0; i < lines.size(); i++) {
            if (sent.size() <= i) {
                sent.add(0);
            }
            MediaLine line = lines.get(i);
            if (line.port() != 0 && line.direction().equals("recvonly")) {
                for (int packet = 0; packet < PACKETS; packet++) {
                    send(line, i, sent.get(i) + packet);
                }
                sent.set(i, sent.get(i) + PACKETS);
            }
        }
    }

    /** How many packets were sent on this m-line. */
    int sent(int line) {
        return line < sent.size() ? sent.get(line) : 0;
    }

    /** The octets of a packet: any codec takes them, G.711 gives them back as samples of its own. */
    static byte[] payload(int line, int number) {
        byte[] payload = new byte[160];
        new Random(31L * line + number).nextBytes(payload);
        return payload;
    }

    private void send(MediaLine line, int index, int number) throws IOException {
        ByteBuffer packet = new RtpPacketWriter()
                .payloadType(Integer.parseInt(line.formats().get(0)))
                .ssrc(1000L + index)
                .sequence(number)
                .timestamp(number * 160L)
                .packet(payload(index, number));
        rtp.send(new DatagramPacket(packet.array(), packet.limit(), InetAddress.getByName("127.0.0.1"), line.port()));
    }

    /** The first format of each line of the last answer. */
    String codec(int line) {
        return RawMessages.mediaLines(ok).get(line).formats().get(0);
    }

    /** The Call-ID of the dialog. */
    String callId() {
        return RawMessages.header(ok, "Call-ID", "i");
    }

    String answer() {
        return ok;
    }

    List<String> requests() {
        return requests;
    }

    boolean established() {
        return !first.isEmpty();
    }

    /** Ends the dialog. */
    String bye() throws IOException {
        client.send(RawMessages.inDialog("BYE", first, ok, client.transport(), client.localPort())
                .replaceFirst("CSeq: \\d+", "CSeq: " + ++cseq));
        return receiveFinal();
    }

    /** The files of the dialog that was ended. */
    RecordedCall recording() throws Exception {
        return server.recorded(server.await(
                callId(), session -> assertThat(session.state().id()).isEqualTo("ended")));
    }

    @Override
    public void close() throws IOException {
        client.close();
        rtp.close();
    }
}
