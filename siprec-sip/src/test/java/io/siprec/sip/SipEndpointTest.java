package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
@WithOneAndFourLoops
class SipEndpointTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Parameter
    private int loops;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicLong nowNs = new AtomicLong();
    private final List<SipEndpoint> endpoints = new ArrayList<>();

    private final class Recorder implements SipApplication, DialogListener {
        @Override
        public void onInvite(ServerInvite invite) {
            invite.accept(List.of(), SDP, this);
        }

        @Override
        public void onAck(io.siprec.sip.message.SipRequest ack) {
            events.add("server ack");
        }

        @Override
        public void onEnded(DialogEnd end) {
            events.add("server " + end.cause());
        }
    }

    private final class Caller implements ClientCallListener, DialogListener {
        @Override
        public void onAccepted(SipResponse response, SipDialog dialog) {
            events.add("client accepted");
            dialog.bye(List.of());
        }

        @Override
        public void onRejected(SipResponse response) {
            events.add("client rejected " + response.status());
        }

        @Override
        public void onFailed(String reason) {
            events.add("client failed " + reason);
        }

        @Override
        public DialogListener dialogListener() {
            return this;
        }

        @Override
        public void onEnded(DialogEnd end) {
            events.add("client " + end.cause());
        }
    }

    private SipEndpoint start(SipEndpoint.Builder builder) throws SipBindException {
        SipEndpoint endpoint = builder.loops(loops).build();
        endpoints.add(endpoint);
        endpoint.start();
        return endpoint;
    }

    private SipEndpoint recorder(SipLimits limits) throws SipBindException {
        return start(SipEndpoint.builder(new Recorder())
                .listen(Transport.UDP, ANY)
                .listen(Transport.TCP, ANY)
                .limits(limits)
                .contactParameters("+sip.srs"));
    }

    private static InetSocketAddress address(SipEndpoint endpoint, Transport transport) {
        return endpoint.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .map(ListeningPoint::address)
                .findFirst()
                .orElseThrow();
    }

    private String event() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    private static ClientInvite invite(Transport transport, InetSocketAddress to) {
        return new ClientInvite(
                "sip:srs@127.0.0.1", "<sip:src@127.0.0.1>", "<sip:srs@127.0.0.1>", transport, to, List.of(), SDP);
    }

    private static String options(String transport, int number) {
        return "OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + transport
                + " 127.0.0.1:5999;rport;branch=z9hG4bK-o" + number
                + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: o" + number
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }

    /** Reads until the text is there or the connection ends. */
    private static String readUntil(InputStream in, String expected) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(expected) < 0) {
            int next = in.read();
            if (next < 0) {
                return text + "<end>";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static Socket connect(SipEndpoint endpoint) throws IOException {
        Socket socket = new Socket();
        socket.connect(address(endpoint, Transport.TCP));
        socket.setSoTimeout(10_000);
        return socket;
    }

    @AfterEach
    void closeAll() {
        endpoints.forEach(SipEndpoint::close);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "TLS")
    void C114_twoEndpointsCallEachOther(Transport transport) throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        SipEndpoint client = start(SipEndpoint.builder(new Recorder()).listen(Transport.UDP, ANY));
        client.invite(invite(transport, address(server, transport)), new Caller());

        assertThat(List.of(event(), event(), event(), event()))
                .containsExactlyInAnyOrder("client accepted", "server ack", "server REMOTE_BYE", "client LOCAL_BYE");
        assertThat(server.statistics().loopErrors()).isZero();
        assertThat(client.statistics().loopErrors()).isZero();
    }

    @Test
    void aRefusedConnectionIsSaid() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        SipEndpoint client = start(SipEndpoint.builder(new Recorder()));
        client.invite(invite(Transport.TCP, new InetSocketAddress("127.0.0.1", port)), new Caller());
        assertThat(event()).isEqualTo("client failed Connection refused");
        client.invite(invite(Transport.UDP, new InetSocketAddress("127.0.0.1", port)), new Caller());
        assertThat(event()).isEqualTo("client failed no UDP listening point");
    }

    @Test
    void C121_C124_splitMessagesAndPingsOnAConnection() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        try (Socket socket = connect(server)) {
            byte[] bytes = ("\r\n\r\n" + options("TCP", 1) + options("TCP", 2)).getBytes(UTF_8);
            for (byte b : bytes) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
            String first = readUntil(socket.getInputStream(), "\r\n\r\n");
            assertThat(first).startsWith("\r\nSIP/2.0 200 OK").contains("branch=z9hG4bK-o1");
            assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).contains("branch=z9hG4bK-o2");
        }
    }

    @Test
    void C122_withoutContentLengthTheConnectionIsAnsweredAndClosed() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        try (Socket socket = connect(server)) {
            socket.getOutputStream()
                    .write(options("TCP", 1)
                            .replace("Content-Length: 0\r\n", "")
                            .getBytes(UTF_8));
            assertThat(readUntil(socket.getInputStream(), "<never>"))
                    .startsWith("SIP/2.0 400 Missing Content-Length header")
                    .endsWith("<end>");
        }
    }

    @Test
    void C125_aMessageOverTheLimitGets513AndTheConnectionIsClosed() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        try (Socket socket = connect(server)) {
            socket.getOutputStream()
                    .write(options("TCP", 1)
                            .replace("Length: 0", "Length: 100000")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(new byte[90_000]);
            assertThat(readUntil(socket.getInputStream(), "<never>"))
                    .startsWith("SIP/2.0 513 ")
                    .endsWith("<end>");
        }
    }

    @Test
    void C125_aLargeMessageIsWholeOverEitherTransport() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        String large = options("UDP", 1).replace("Content-Length: 0\r\n\r\n", "Content-Length: 50000\r\n\r\n")
                + "x".repeat(50_000);
        try (Socket socket = connect(server);
                DatagramSocket datagrams = new DatagramSocket(ANY)) {
            socket.getOutputStream()
                    .write(large.replace("z9hG4bK-o1", "z9hG4bK-o2")
                            .replace("Call-ID: o1", "Call-ID: o2")
                            .getBytes(UTF_8));
            assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).startsWith("SIP/2.0 200");
            assertThat(exchange(datagrams, server, large.getBytes(UTF_8))).startsWith("SIP/2.0 200");
        }
    }

    private static String exchange(DatagramSocket socket, SipEndpoint server, byte[] bytes) throws IOException {
        socket.setSoTimeout(10_000);
        socket.send(new DatagramPacket(bytes, bytes.length, address(server, Transport.UDP)));
        DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }

    @Test
    void C123_C136_garbageDisturbsNobody() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        try (Socket reset = connect(server)) {
            reset.getOutputStream().write("INVITE sip:a@b SIP/2.0\r\nVia: ".getBytes(UTF_8));
            reset.setSoLinger(true, 0);
        }
        try (DatagramSocket datagrams = new DatagramSocket(ANY)) {
            for (byte[] junk :
                    new byte[][] {{}, {13, 10, 13, 10}, {0, 0, 0, 0}, {1, 2, 3}, "SIP/2.0\r\n\r\n".getBytes(UTF_8)}) {
                datagrams.send(new DatagramPacket(junk, junk.length, address(server, Transport.UDP)));
            }
            assertThat(exchange(datagrams, server, options("UDP", 1).getBytes(UTF_8)))
                    .startsWith("SIP/2.0 200")
                    .contains(";rport=" + datagrams.getLocalPort());
        }
        SipStatistics statistics = server.statistics();
        assertThat(statistics.dropped()).containsEntry("keep-alive", 3L).containsEntry("garbage", 2L);
        assertThat(statistics.loopErrors()).isZero();
    }

    @Test
    void C126_slowSendersAndIdleConnectionsAreCut() throws Exception {
        SipLimits limits = SipLimits.builder()
                .idleConnectionTime(Duration.ofMinutes(10))
                .slowSenderTime(Duration.ofSeconds(30))
                .build();
        SipEndpoint server = start(SipEndpoint.builder(new Recorder())
                .listen(Transport.TCP, ANY)
                .limits(limits)
                .clock(nowNs::get));
        try (Socket slow = connect(server);
                Socket idle = connect(server)) {
            slow.getOutputStream().write("INVITE".getBytes(UTF_8));
            idle.getOutputStream().write("\r\n\r\n".getBytes(UTF_8));
            readUntil(idle.getInputStream(), "\r\n");
            awaitLoop(server, () -> server.statistics().connections() == 2);
            awaitTimers(server, 3);
            moveClock(server, Duration.ofSeconds(31));
            assertThat(readUntil(slow.getInputStream(), "<never>")).isEqualTo("<end>");
            moveClock(server, Duration.ofMinutes(10));
            assertThat(readUntil(idle.getInputStream(), "<never>")).isEqualTo("<end>");
        }
        assertThat(server.statistics().dropped())
                .containsEntry("slow-sender", 1L)
                .containsEntry("idle-connection", 1L);
    }

    private static void awaitTimers(SipEndpoint endpoint, long timers) throws InterruptedException {
        awaitLoop(endpoint, () -> endpoint.statistics().timers() == timers);
    }

    /** Lets the loop turn until it has seen what the test did. */
    private static void awaitLoop(SipEndpoint endpoint, java.util.function.BooleanSupplier done)
            throws InterruptedException {
        for (int i = 0; i < 5_000 && !done.getAsBoolean(); i++) {
            turn(endpoint);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    private void moveClock(SipEndpoint endpoint, Duration by) throws InterruptedException {
        nowNs.addAndGet(by.toNanos());
        turn(endpoint);
    }

    private static void turn(SipEndpoint endpoint) throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(endpoint.loops().size());
        endpoint.loops().forEach(loop -> loop.execute(turned::countDown));
        assertThat(turned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void moreConnectionsThanAllowedAreClosedAtOnce() throws Exception {
        SipEndpoint server = recorder(SipLimits.builder().maxConnections(1).build());
        try (Socket first = connect(server)) {
            first.getOutputStream().write(options("TCP", 1).getBytes(UTF_8));
            assertThat(readUntil(first.getInputStream(), "\r\n\r\n")).startsWith("SIP/2.0 200");
            try (Socket second = connect(server)) {
                assertThat(readUntil(second.getInputStream(), "<never>")).isEqualTo("<end>");
            }
        }
        assertThat(server.statistics().dropped()).containsEntry("connection-limit", 1L);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "TLS")
    void aPortInUseIsNamedAndNothingStaysOpen(Transport transport) throws Exception {
        SipEndpoint first = recorder(SipLimits.withDefaults());
        InetSocketAddress taken = address(first, transport);
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = probe.getLocalPort();
        }
        InetSocketAddress other = new InetSocketAddress("127.0.0.1", free);
        SipEndpoint second = SipEndpoint.builder(new Recorder())
                .listen(Transport.TCP, other)
                .listen(transport, taken)
                .loops(loops)
                .build();
        assertThatThrownBy(second::start)
                .isInstanceOfSatisfying(
                        SipBindException.class,
                        e -> assertThat(e.listeningPoint()).isEqualTo(new ListeningPoint(transport, taken)))
                .hasMessageContaining(taken.getPort() + "/" + transport.parameter());
        try (ServerSocket again = new ServerSocket()) {
            again.bind(other);
        }
        second.close();
    }

    @Test
    void closingFreesThePortsAtOnceAndEndsTheDialogs() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        InetSocketAddress udp = address(server, Transport.UDP);
        InetSocketAddress tcp = address(server, Transport.TCP);
        try (Socket open = connect(server)) {
            open.getOutputStream().write(options("TCP", 1).getBytes(UTF_8));
            readUntil(open.getInputStream(), "\r\n\r\n");
            server.close();
            server.close();
            assertThat(open.getInputStream().read()).isEqualTo(-1);
        }
        SipEndpoint next = start(
                SipEndpoint.builder(new Recorder()).listen(Transport.UDP, udp).listen(Transport.TCP, tcp));
        assertThat(next.listeningPoints()).hasSize(2);
        assertThat(server.loops()).noneMatch(loop -> loop.execute(() -> {}));
        server.invite(invite(Transport.UDP, udp), new Caller());
        assertThat(event()).isEqualTo("client failed endpoint closed or overloaded");
    }

    @Test
    void C128_onAWildcardTheContactNamesAnAddressThatThePeerCanReach() throws Exception {
        SipEndpoint server =
                start(SipEndpoint.builder(new Recorder()).listen(Transport.UDP, new InetSocketAddress("0.0.0.0", 0)));
        int port = address(server, Transport.UDP).getPort();
        byte[] bytes = options("UDP", 1).getBytes(UTF_8);
        try (DatagramSocket socket = new DatagramSocket(ANY)) {
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
            DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
            socket.receive(answer);
            assertThat(new String(answer.getData(), 0, answer.getLength(), UTF_8))
                    .contains("Contact: <sip:127.0.0.1:" + port + ";transport=udp>");
        }
    }

    @Test
    void aFailingTaskDoesNotStopTheLoop() throws Exception {
        SipEndpoint server = recorder(SipLimits.withDefaults());
        SipLoop loop = server.loops().get(0);
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> loop.schedule(Duration.ofMillis(1), () -> events.add("timer")));
        assertThat(event()).isEqualTo("timer");
        assertThat(server.statistics().loopErrors()).isEqualTo(1);
    }
}
