package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.guard.CidrBlock;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.SipGuard.UnknownSource;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists and rates over real sockets, from different addresses of the loopback network. */
@Timeout(60)
@WithOneAndFourLoops
class GuardedEndpointTest implements SipApplication {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final int TIMEOUT_MS = 10_000;

    @Parameter
    private int loops;

    private final AtomicLong nowNs = new AtomicLong(1);
    private SipEndpoint server;

    @Override
    public void onInvite(ServerInvite invite) {
        invite.accept(List.of(), SipBody.none(), end -> {});
    }

    private void start(SipGuard.Builder guard) throws SipBindException {
        server = SipEndpoint.builder(this)
                .listen(Transport.UDP, ANY)
                .listen(Transport.TCP, ANY)
                .loops(loops)
                .clock(nowNs::get)
                .guard(guard.build())
                .build();
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private InetSocketAddress address(Transport transport) {
        return server.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .findFirst()
                .orElseThrow()
                .address();
    }

    private long dropped(String reason) {
        return server.statistics().dropped().get(reason);
    }

    private static byte[] request(String method, String id) {
        return (method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5999;rport;branch=z9hG4bK" + id
                        + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nContact: <sip:a@127.0.0.1>\r\nCall-ID: " + id
                        + "\r\nCSeq: 1 " + method + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(UTF_8);
    }

    private static DatagramSocket from(String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private void send(DatagramSocket socket, byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, address(Transport.UDP)));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # allow        | deny        | stranger  | allowed   | why
            ''             | 127.0.0.3   | 127.0.0.3 | 127.0.0.2 | denied
            127.0.0.2/32   | ''          | 127.0.0.3 | 127.0.0.2 | not in the list
            127.0.0.0/8    | 127.0.0.3   | 127.0.0.3 | 127.0.0.2 | denied within an allowed block
            """)
    void C212_aStrangerIsDroppedUnreadAndItsConnectionClosed(
            String allow, String deny, String stranger, String allowed, String why) throws Exception {
        start(SipGuard.builder().allow(blocks(allow)).deny(blocks(deny)));
        try (DatagramSocket outside = from(stranger);
                DatagramSocket inside = from(allowed)) {
            send(outside, request("OPTIONS", "1"));
            send(outside, "no SIP at all".getBytes(UTF_8));
            Loops.await(server, () -> dropped("unwelcome-source") == 2);
            send(inside, request("OPTIONS", "2"));
            assertThat(receive(inside)).startsWith("SIP/2.0 200 ");
            outside.setSoTimeout(1);
            assertThatThrownBy(() -> receive(outside)).isInstanceOf(SocketTimeoutException.class);
        }
        try (Socket connection = connect(stranger)) {
            assertThat(connection.getInputStream().read()).as("closed").isEqualTo(-1);
        }
        try (Socket connection = connect(allowed)) {
            connection.getOutputStream().write(request("OPTIONS", "3"));
            assertThat(new String(connection.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("SIP/2.0 200 ");
        }
        SipStatistics statistics = server.statistics();
        assertThat(statistics.messagesReceived())
                .as("only what was allowed was read")
                .isEqualTo(2);
        assertThat(statistics.parseErrors()).isZero();
        assertThat(statistics.loopErrors()).isZero();
    }

    private Socket connect(String from) throws IOException {
        InetSocketAddress to = address(Transport.TCP);
        Socket socket = new Socket(to.getAddress(), to.getPort(), InetAddress.getByName(from), 0);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static List<CidrBlock> blocks(String block) {
        return block.isEmpty() ? List.of() : List.of(CidrBlock.parse(block));
    }

    @Test
    void C212_C213_aStrangerGetsA403AboutAsLargeAsItsRequestWhereThatIsWanted() throws Exception {
        start(SipGuard.builder().allow(blocks("127.0.0.2")).unknownSource(UnknownSource.FORBID));
        try (DatagramSocket outside = from("127.0.0.3");
                Socket connection = connect("127.0.0.3")) {
            byte[] invite = request("INVITE", "1");
            send(outside, invite);
            String refused = receive(outside);
            assertThat(refused).startsWith("SIP/2.0 403 Forbidden\r\n");
            assertThat(refused.length()).isLessThan(invite.length + 60);
            connection.getOutputStream().write(request("OPTIONS", "2"));
            assertThat(new String(connection.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("SIP/2.0 403 ");
        }
        assertThat(server.statistics().serverTransactions()).as("no state").isZero();
        assertThat(dropped("unwelcome-source")).isEqualTo(2);
    }

    @Test
    void C212_aResponseMayComeFromAnywhereForItMayBeToUs() throws Exception {
        start(SipGuard.builder().allow(blocks("127.0.0.2")));
        try (DatagramSocket outside = from("127.0.0.3")) {
            send(
                    outside,
                    new String(request("OPTIONS", "1"), UTF_8)
                            .replaceFirst("OPTIONS \\S+ SIP/2.0", "SIP/2.0 200 OK")
                            .getBytes(UTF_8));
            Loops.await(server, () -> dropped("stray-response") == 1);
        }
        assertThat(dropped("unwelcome-source")).isZero();
    }

    @Test
    void C212_whatIsOverTheRateOfASourceIsDroppedAndOthersAreServed() throws Exception {
        start(SipGuard.builder().messagesPerSource(3));
        try (DatagramSocket flood = from("127.0.0.2");
                DatagramSocket sameHost = from("127.0.0.2");
                DatagramSocket other = from("127.0.0.3")) {
            for (int i = 0; i < 5; i++) {
                send(i % 2 == 0 ? flood : sameHost, request("OPTIONS", "f" + i));
            }
            Loops.await(server, () -> dropped("rate-limit") == 2);
            send(other, request("OPTIONS", "o"));
            assertThat(receive(other)).startsWith("SIP/2.0 200 ");

            nowNs.addAndGet(1_000_000_000L);
            int before = (int) dropped("rate-limit");
            for (int i = 0; i < 3; i++) {
                send(flood, request("OPTIONS", "later" + i));
            }
            Loops.await(server, () -> server.statistics().messagesReceived() == 7);
            assertThat(dropped("rate-limit")).isEqualTo(before);
        }
        Loops.await(server, () -> server.statistics().value(SipStatistics.Kind.HIGHEST, "sources") == 2);
    }

    @Test
    void C212_theRateOfAllTogetherHoldsForAllLoops() throws Exception {
        start(SipGuard.builder().messagesInTotal(4).invitesInTotal(1));
        try (DatagramSocket one = from("127.0.0.2");
                DatagramSocket two = from("127.0.0.3")) {
            send(one, request("INVITE", "i1"));
            assertThat(receive(one)).startsWith("SIP/2.0 100 ");
            send(two, request("INVITE", "i2"));
            String refused = receive(two);
            assertThat(refused).startsWith("SIP/2.0 503 Too Many INVITEs\r\n").contains("\r\nRetry-After: ");
            for (int i = 0; i < 4; i++) {
                send(i % 2 == 0 ? one : two, request("OPTIONS", "o" + i));
            }
            Loops.await(server, () -> dropped("rate-limit") == 2);
        }
        assertThat(dropped("invite-rate-limit")).isEqualTo(1);
    }
}
