package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A peer without our stack behind it: one datagram socket or one connection, whole messages out and in. */
final class RawPeer implements Closeable {
    private static final int PATIENCE_MS = 20_000;
    private static final SipParser PARSER = new SipParser(SipLimits.withDefaults());

    private final Transport transport;
    private final InetSocketAddress server;
    private final DatagramSocket datagrams;
    private final Socket connection;

    RawPeer(Transport transport, SipEndpoint endpoint) throws IOException {
        this(
                transport,
                endpoint.listeningPoints().stream()
                        .filter(point -> point.transport() == transport)
                        .map(ListeningPoint::address)
                        .findFirst()
                        .orElseThrow());
    }

    RawPeer(Transport transport, InetSocketAddress server) throws IOException {
        this(
                transport,
                server,
                transport == Transport.UDP ? new DatagramSocket(0, loopback(server)) : null,
                transport == Transport.UDP ? null : connect(transport, server));
    }

    private RawPeer(Transport transport, InetSocketAddress server, DatagramSocket datagrams, Socket connection)
            throws IOException {
        this.transport = transport;
        this.server = server;
        this.datagrams = datagrams;
        this.connection = connection;
        if (datagrams != null) {
            datagrams.setSoTimeout(PATIENCE_MS);
        } else {
            connection.setSoTimeout(PATIENCE_MS);
        }
    }

    private static InetAddress loopback(InetSocketAddress server) throws IOException {
        return InetAddress.getByName(server.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1");
    }

    private static Socket connect(Transport transport, InetSocketAddress server) throws IOException {
        if (transport == Transport.TCP) {
            return new Socket(server.getAddress(), server.getPort());
        }
        try {
            return TestKeys.shared().client("").getSocketFactory().createSocket(server.getAddress(), server.getPort());
        } catch (Exception e) {
            throw new IOException("no TLS", e);
        }
    }

    /** The other end of the next TCP connection that is made to this socket. */
    static RawPeer accept(ServerSocket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        Socket connection = socket.accept();
        return new RawPeer(Transport.TCP, (InetSocketAddress) connection.getRemoteSocketAddress(), null, connection);
    }

    int localPort() {
        return transport == Transport.UDP ? datagrams.getLocalPort() : connection.getLocalPort();
    }

    /** The value of a Via of this peer. */
    String via(String branch) {
        return "SIP/2.0/" + transport + " 127.0.0.1:" + localPort() + ";rport;branch=z9hG4bK" + branch;
    }

    /** A request of this peer; {@code toTag} is "" outside of a dialog. */
    SipRequest request(String method, String callId, int cseq, String branch, String toTag) {
        return SipRequest.builder(method, "sip:srs@127.0.0.1")
                .header("Via", via(branch))
                .header("Max-Forwards", "70")
                .header("From", "<sip:src@127.0.0.1>;tag=src")
                .header("To", "<sip:srs@127.0.0.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag))
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method)
                .header("Contact", "<sip:src@127.0.0.1:9;transport=" + transport.parameter() + ">")
                .build();
    }

    void send(SipMessage message) throws IOException {
        send(message.toBytes());
    }

    /** Answers a request of the server with 200. */
    void accept(SipRequest request) throws IOException {
        send(SipResponse.answer(request, server, 200, "OK", "").toBytes());
    }

    void send(byte[] bytes) throws IOException {
        if (transport == Transport.UDP) {
            datagrams.send(new DatagramPacket(bytes, bytes.length, server));
        } else {
            connection.getOutputStream().write(bytes);
        }
    }

    /** The next message. */
    SipMessage receive() throws IOException, SipParseException {
        return PARSER.parse(transport == Transport.UDP ? datagram() : message(connection.getInputStream()));
    }

    /** The next response that is no provisional one. */
    SipResponse receiveFinal() throws IOException, SipParseException {
        SipResponse response = (SipResponse) receive();
        return response.provisional() ? receiveFinal() : response;
    }

    private byte[] datagram() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        datagrams.receive(packet);
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            bytes.write(octet);
            head = octet == '\n' ? bytes.toString(UTF_8) : "";
        }
        int length = Integer.parseInt(head.replaceFirst("(?is).*\r\ncontent-length: *(\\d+).*", "$1"));
        bytes.write(in.readNBytes(length));
        return bytes.toByteArray();
    }

    /** So many bytes of the connection, whatever they are. */
    byte[] readBytes(int count) throws IOException {
        return connection.getInputStream().readNBytes(count);
    }

    /** Whether the server has ended the connection. */
    boolean ended() throws IOException {
        return connection.getInputStream().read() < 0;
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
