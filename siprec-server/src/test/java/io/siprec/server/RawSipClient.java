package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.siprec.sip.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are and reads whole SIP messages: nothing of our own stack stands between test and server. */
final class RawSipClient implements Closeable {
    private static final int TIMEOUT_MS = 10_000;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^(?:content-length|l)\\s*:\\s*(\\d+)");

    private final Transport transport;
    private final InetSocketAddress server;
    private final DatagramSocket datagrams;
    private final Socket connection;

    RawSipClient(Transport transport, InetSocketAddress server) throws IOException {
        this(transport, server, new InetSocketAddress("127.0.0.1", 0));
    }

    /** A client at an address of its own: answers without rport go to the port that the Via names. */
    RawSipClient(Transport transport, InetSocketAddress server, InetSocketAddress local) throws IOException {
        this.transport = transport;
        this.server = server;
        boolean udp = transport == Transport.UDP;
        datagrams = udp ? new DatagramSocket(local) : null;
        connection = udp ? null : connect(transport, server, local);
        if (udp) {
            datagrams.setSoTimeout(TIMEOUT_MS);
        } else {
            connection.setSoTimeout(TIMEOUT_MS);
        }
    }

    private static Socket connect(Transport transport, InetSocketAddress server, InetSocketAddress local)
            throws IOException {
        Socket socket = transport == Transport.TLS ? TestTls.client().createSocket() : new Socket();
        socket.bind(local);
        socket.connect(server);
        return socket;
    }

    int localPort() {
        return transport == Transport.UDP ? datagrams.getLocalPort() : connection.getLocalPort();
    }

    Transport transport() {
        return transport;
    }

    /** How long a receive waits. */
    void patience(int millis) throws IOException {
        if (datagrams != null) {
            datagrams.setSoTimeout(millis);
        } else {
            connection.setSoTimeout(millis);
        }
    }

    /** Sends nothing more, and reads on until the server has closed its side too. */
    void endOfInput() throws IOException {
        connection.shutdownOutput();
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Cuts the connection off as a crash or a firewall does: RST, not FIN. */
    void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    /** So many octets of a stream. */
    String read(int octets) throws IOException {
        return new String(connection.getInputStream().readNBytes(octets), ISO_8859_1);
    }

    /** Sends these bytes over and over and reads nothing, until the server has had enough. */
    void sendUntilCut(byte[] bytes) {
        try {
            while (true) {
                connection.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            return; // reset by the server
        }
    }

    void send(byte[] message) throws IOException {
        if (transport == Transport.UDP) {
            datagrams.send(new DatagramPacket(message, message.length, server));
        } else {
            connection.getOutputStream().write(message);
        }
    }

    void send(String message) throws IOException {
        send(message.getBytes(ISO_8859_1));
    }

    /** The next message, octet for character; "" when the server closed the connection. */
    String receive() throws IOException {
        if (transport == Transport.UDP) {
            byte[] buffer = new byte[65_536];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            datagrams.receive(packet);
            return new String(buffer, 0, packet.getLength(), ISO_8859_1);
        }
        return receiveFromStream();
    }

    /** The next message that is a final response. */
    String receiveFinal() throws IOException {
        String response = receive();
        while (response.startsWith("SIP/2.0 1")) {
            response = receive();
        }
        return response;
    }

    private String receiveFromStream() throws IOException {
        InputStream in = connection.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsWithEmptyLine(head)) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.write(octet);
        }
        String text = head.toString(ISO_8859_1);
        Matcher length = CONTENT_LENGTH.matcher(text);
        if (!length.find()) {
            throw new IOException("a message on a stream without Content-Length: " + text);
        }
        return text + new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1);
    }

    private static boolean endsWithEmptyLine(ByteArrayOutputStream head) {
        byte[] bytes = head.toByteArray();
        int n = bytes.length;
        return n >= 4 && Arrays.equals(bytes, n - 4, n, new byte[] {'\r', '\n', '\r', '\n'}, 0, 4);
    }

    @Override
    public void close() throws IOException {
        if (datagrams != null) {
            datagrams.close();
        } else {
            connection.close();
        }
    }
}
