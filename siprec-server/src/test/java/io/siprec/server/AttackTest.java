package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.siprec.sip.SipStatistics;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attack has its answer or its counter, costs no memory that stays, and the calls beside it are whole. */
@Timeout(120)
class AttackTest {
    private static final int MIB = 1_048_576;
    private static final long MAX_GROWTH_BYTES = 6 * MIB;
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(4);

    @TempDir
    Path recordings;

    @TempDir
    static Path keys;

    private static TlsSettings tls;

    private TestServer server;
    private CallsBeside calls;
    private SipStatistics before;
    private long heapBefore;

    @BeforeAll
    static void makeKeys() throws Exception {
        tls = TestTls.server(keys);
    }

    @BeforeEach
    void beginCalls() throws Exception {
        SipLimits limits = SipLimits.builder()
                .slowSenderTime(SLOW)
                .handshakeTime(HANDSHAKE)
                .idleConnectionTime(IDLE)
                .maxLoopDelay(Duration.ofSeconds(20)) // a slow machine is not what is tested
                .build();
        server = TestServer.start(
                recordings,
                1,
                builder -> builder.shutdownTimeout(Duration.ofMillis(200)) // an attacker sends no ACK to wait for
                        .listen(Transport.TLS, "127.0.0.1", 0)
                        .sip(sip -> sip.tls(tls).limits(limits)));
        calls = new CallsBeside(server);
        before = statistics();
        heapBefore = Heap.bytes();
    }

    @AfterEach
    void callsAreWhole() throws Exception {
        try {
            assertThat(Heap.bytes() - heapBefore).as("growth of the heap").isLessThan(MAX_GROWTH_BYTES);
            calls.assertWhole();
            assertThat(statistics().loopErrors()).isZero();
            assertAnswered(Transport.UDP);
        } finally {
            calls.close();
            server.close();
        }
    }

    private SipStatistics statistics() {
        return server.server().statistics().sip();
    }

    private long dropped(String reason) {
        return statistics().dropped().get(reason) - before.dropped().get(reason);
    }

    private void await(String what, Predicate<SipStatistics> reached) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!reached.test(statistics()) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10); // the loop tells nobody
        }
        assertThat(reached.test(statistics())).as("%s: %s", what, statistics()).isTrue();
    }

    /** A stranger's ping is answered. */
    private void assertAnswered(Transport transport) throws IOException {
        try (RawSipClient client = server.client(transport)) {
            client.send(options(client, "ping-" + System.nanoTime(), "", ""));
            assertThat(client.receiveFinal()).startsWith("SIP/2.0 200 ");
        }
    }

    private static String options(RawSipClient client, String id, String headers, String body) {
        return "OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + client.transport() + " 127.0.0.1:"
                + client.localPort() + ";rport;branch=z9hG4bK" + id + "\r\nMax-Forwards: 70\r\n"
                + "From: <sip:x@127.0.0.1>;tag=1\r\nTo: <sip:srs@127.0.0.1>\r\nCall-ID: " + id
                + "\r\nCSeq: 1 OPTIONS\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest(name = "{0}: {1} over TCP, {2} over UDP")
    @CsvSource(delimiter = '|', textBlock = """
        # attack              | TCP       | UDP  | why
        line of 60 KB         | 513       | drop | a datagram over a limit is not worth an answer as large as it
        line of 1 MB          | 513 close |      | more than a message may have
        10,000 headers        | 513       | drop | fits a message, but not the number of headers
        10,000 long headers   | 513 close |      | more than a message may have
        negative length       | 400 close | 400  | nobody knows where the next message starts
        huge length           | 513 close | 400  | more than a message may have
        endless length        | 400 close | 400  | no number
        60 KB body            | 200       | 200  | C125 as large as a datagram
        64 KB and more        | 513 close |      | more than a message may have
        1,000 Route values    | 200       | 200  | nobody needs them here
        4,000 Via values      | 200       | 200  | they all go back
        200 Via lines         | 513       | drop | too many headers
        60 KB of blanks       | 513       | drop | a folded line is one line
        """)
    void C125_largeMessages(String attack, String tcp, String udp, String why) throws Exception {
        assertThat(outcome(Transport.TCP, attack)).as(why).isEqualTo(tcp);
        if (udp != null) {
            assertThat(outcome(Transport.UDP, attack)).as(why).isEqualTo(udp);
        }
    }

    private String outcome(Transport transport, String attack) throws IOException {
        try (RawSipClient client = server.client(transport)) {
            client.send(message(client, attack));
            if (transport == Transport.UDP) {
                client.send(options(client, "behind", "", ""));
                String answer = client.receiveFinal();
                return answer.contains("Call-ID: behind") ? "drop" : Integer.toString(RawMessages.status(answer));
            }
            int status = RawMessages.status(client.receiveFinal());
            return status + (closed(client) ? " close" : "");
        }
    }

    private static boolean closed(RawSipClient client) throws IOException {
        try {
            client.send(options(client, "behind", "", ""));
            return client.receiveFinal().isEmpty();
        } catch (SocketException e) {
            return true; // reset: it has been closed for a while
        }
    }

    private static String message(RawSipClient client, String attack) {
        String plain = options(client, "attack", "", "");
        String length = "Content-Length: 0";
        return switch (attack) {
            case "line of 60 KB" -> options(client, "attack", "X: " + "x".repeat(60_000) + "\r\n", "");
            case "line of 1 MB" -> options(client, "attack", "X: " + "x".repeat(MIB) + "\r\n", "");
            case "10,000 headers" -> options(client, "attack", "X:\r\n".repeat(10_000), "");
            case "10,000 long headers" -> options(client, "attack", "X: 0123456789\r\n".repeat(10_000), "");
            case "negative length" -> plain.replace(length, "Content-Length: -1");
            case "huge length" -> plain.replace(length, "Content-Length: 2000000000");
            case "endless length" -> plain.replace(length, "Content-Length: " + "9".repeat(5_000));
            case "60 KB body" -> options(client, "attack", "Content-Type: text/plain\r\n", "x".repeat(60_000));
            case "64 KB and more" -> options(client, "attack", "Content-Type: text/plain\r\n", "x".repeat(65_536));
            case "1,000 Route values" -> options(client, "attack", lines("Route: ", "<sip:a.b;lr>", 20, 50), "");
            case "4,000 Via values" -> options(client, "attack", lines("Via: ", "SIP/2.0/UDP a", 40, 100), "");
            case "200 Via lines" -> options(client, "attack", lines("Via: ", "SIP/2.0/UDP a", 200, 1), "");
            case "60 KB of blanks" -> options(client, "attack", "X: a" + "\r\n ".repeat(20_000) + "\r\n", "");
            default -> throw new IllegalArgumentException(attack);
        };
    }

    private static String lines(String name, String value, int lines, int values) {
        return (name + String.join(",", java.util.Collections.nCopies(values, value)) + "\r\n").repeat(lines);
    }

    @ParameterizedTest
    @CsvSource({"TCP, 1", "TCP, 0", "TLS, 1"})
    void C126_aSenderOfOneOctetAtATimeIsCut(Transport transport, int headFirst) throws Exception {
        try (RawSipClient client = server.client(transport)) {
            byte[] message = options(client, "slow", "Content-Type: text/plain\r\n", "x".repeat(60_000))
                    .getBytes(ISO_8859_1);
            int at = headFirst * 600; // with the whole head, or from the first octet on
            client.send(java.util.Arrays.copyOf(message, at));
            client.patience(20);
            for (String answer = "more"; !answer.isEmpty(); at++) {
                try {
                    client.send(new byte[] {message[at]});
                    answer = client.receive();
                } catch (SocketTimeoutException e) {
                    answer = "more";
                } catch (SocketException | javax.net.ssl.SSLException e) {
                    answer = "";
                }
            }
        }
        assertThat(dropped("slow-sender")).isEqualTo(1);
    }

    @Test
    void C126_thousandsOfIdleConnectionsAreBoundedAndEnd() throws Exception {
        int wanted = Math.min(10_000, spareDescriptors() - 4_500);
        List<SocketChannel> idle = new ArrayList<>(wanted);
        try {
            for (int i = 0; i < wanted; i++) {
                SocketChannel channel = SocketChannel.open();
                idle.add(channel);
                channel.bind(new InetSocketAddress("127.44.77." + (1 + i % 16), 0));
                channel.connect(server.address(Transport.TCP));
            }
            int limit = SipLimits.withDefaults().maxConnections();
            int opened = wanted;
            await("all are taken or refused", now -> refusedOrIdle() + now.connections() >= opened);
            long refused = dropped("connection-limit");
            assertThat(statistics().connections()).isLessThanOrEqualTo(limit);
            assertThat(refused).isGreaterThanOrEqualTo(wanted - limit);
            assertAnswered(Transport.UDP);
            await("idle ones are closed, that of the call is not", now -> now.connections() == 1);
            assertThat(dropped("idle-connection")).isGreaterThanOrEqualTo(Math.min(wanted, limit) - 1);
            assertAnswered(Transport.TCP);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    private long refusedOrIdle() {
        return dropped("connection-limit") + dropped("idle-connection");
    }

    private static int spareDescriptors() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return (int) Math.min(100_000, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount());
    }

    @Test
    void C126_oneSourceGetsOnlyItsShareOfTheConnections() throws Exception {
        int share = SipLimits.withDefaults().maxConnectionsPerSource();
        List<SocketChannel> idle = new ArrayList<>();
        try {
            for (int i = 0; i < share + 100; i++) {
                SocketChannel channel = SocketChannel.open();
                idle.add(channel);
                channel.bind(new InetSocketAddress("127.44.77.77", 0));
                channel.connect(server.address(Transport.TCP));
            }
            await("the rest is refused", now -> dropped("source-connection-limit") == 100);
            assertThat(statistics().connections()).isLessThanOrEqualTo(share + 1);
            assertAnswered(Transport.TCP);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    @Test
    void halfOpenHandshakesAreBoundedAndEnd() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                SocketChannel channel = SocketChannel.open();
                silent.add(channel);
                channel.bind(new InetSocketAddress("127.44.78." + (1 + i % 6), 0));
                channel.connect(server.address(Transport.TLS));
            }
            await("those over the limit are refused", now -> dropped("handshake-limit") >= 600 - 256);
            assertThat(statistics().value(SipStatistics.Kind.GAUGE, "handshakes"))
                    .isLessThanOrEqualTo(256);
            await("the others have their time", now -> dropped("handshake-time") >= 256);
            assertThat(statistics().value(SipStatistics.Kind.GAUGE, "handshakes"))
                    .isZero();
            assertAnswered(Transport.TLS);
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void C136_binaryJunk(Transport transport) throws Exception {
        Random random = new Random(26);
        for (int i = transport == Transport.TLS ? 400 : 0; i < 500; i++) {
            try (RawSipClient client = server.client(transport)) {
                byte[] junk = new byte[random.nextInt(1, 20_000)];
                random.nextBytes(junk);
                client.send(junk);
                if (transport.reliable()) {
                    client.endOfInput();
                }
            } catch (SocketException e) {
                continue; // cut: that is what junk deserves
            }
        }
        await("only the call's connection is left", now -> now.connections() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "TLS"})
    void halfMessagesAndGoodbye(Transport transport) throws Exception {
        for (int i = 0; i < 300; i++) {
            try (RawSipClient client = server.client(transport)) {
                String whole = options(client, "half-" + i, "Content-Type: text/plain\r\n", "body");
                client.send(whole.substring(0, 1 + i % (whole.length() - 1)));
                client.endOfInput();
            }
        }
        await("only the call's connection is left", now -> now.connections() == 1);
        assertThat(statistics().parseErrors()).isEqualTo(before.parseErrors());
    }

    @Test
    void C124_aFloodOfPingsIsAnsweredAsLongAsSomebodyReads() throws Exception {
        byte[] pings = "\r\n".repeat(32_768).getBytes(ISO_8859_1);
        try (RawSipClient client = server.client(Transport.TCP)) {
            for (int i = 0; i < 16; i++) {
                client.send(pings);
                assertThat(client.read(pings.length / 2)).as("one CRLF for two").matches("(\r\n)+");
            }
        }
        try (RawSipClient deaf = server.client(Transport.TCP)) {
            deaf.sendUntilCut(pings);
        }
        await("who doesn't read is cut", now -> dropped("slow-reader") == 1);
    }

    @Test
    void C123_emptyDatagramsAreCountedOnly() throws Exception {
        try (RawSipClient client = server.client(Transport.UDP)) {
            for (int i = 0; i < 2_000; i++) {
                client.send("\r\n".repeat(i % 3));
            }
            client.send(options(client, "behind", "", ""));
            assertThat(client.receiveFinal()).contains("Call-ID: behind");
        }
        await("each is counted", now -> dropped("keep-alive") == 2_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # flood    | reason
        responses  | stray-response
        ACKs       | stray-ack
        """)
    void C142_floodsOfWhatBelongsToNothingAreCountedOnly(String flood, String reason) throws Exception {
        try (RawSipClient client = server.client(Transport.UDP)) {
            for (int i = 0; i < 10_000; i++) {
                String message = options(client, flood + i, "", "").replace("1 OPTIONS", "1 ACK");
                client.send(
                        flood.equals("ACKs")
                                ? message.replace("OPTIONS sip", "ACK sip")
                                        .replace("To: <sip:srs@127.0.0.1>", "To: <sip:srs@127.0.0.1>;tag=x")
                                : message.replaceFirst("OPTIONS.*\r\n", "SIP/2.0 200 OK\r\n"));
                if (i % 500 == 499) { // no more than the socket holds
                    client.send(options(client, "behind-" + i, "", ""));
                    assertThat(client.receiveFinal())
                            .as("nothing else is answered")
                            .contains("Call-ID: behind-" + i);
                }
            }
        }
        assertThat(dropped(reason)).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "TLS"})
    void aConnectionForEachMessage(Transport transport) throws Exception {
        int count = transport == Transport.TLS ? 100 : 2_000;
        for (int i = 0; i < count; i++) {
            assertAnswered(transport);
        }
        await("only the call's connection is left", now -> now.connections() == 1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # bomb                 | status
        nested 200 deep        | 400
        5,000 parts            | 400
        5,000 empty parts      | 400
        boundary of 5 KB       | 400
        entities in metadata   | 200
        5,000 media lines      | 400
        """)
    void C026_C027_bodiesThatExplode(String bomb, int status) throws Exception {
        try (RawSipClient client = server.client(Transport.TCP)) {
            String body = body(bomb);
            client.send(options(
                            client,
                            "bomb",
                            "Require: siprec\r\nContact: <sip:x@127.0.0.1:" + client.localPort()
                                    + ">;+sip.src\r\nContent-Type: " + type(bomb) + "\r\n",
                            body)
                    .replace("OPTIONS", "INVITE"));
            assertThat(RawMessages.status(client.receiveFinal())).isEqualTo(status);
        }
    }

    private static String type(String bomb) {
        if (bomb.contains("media")) {
            return "application/sdp";
        }
        return "multipart/mixed;boundary=" + (bomb.startsWith("boundary") ? "b".repeat(5_000) : "b0");
    }

    private static String body(String bomb) {
        String sdp = SampleMessages.OFFER.replace("\n", "\r\n");
        return switch (bomb) {
            case "nested 200 deep" -> {
                StringBuilder deep = new StringBuilder();
                for (int i = 0; i < 200; i++) {
                    deep.append("--b" + i + "\r\nContent-Type: multipart/mixed;boundary=b" + (i + 1) + "\r\n\r\n");
                }
                yield deep + "--b200\r\nContent-Type: application/sdp\r\n\r\n" + sdp;
            }
            case "5,000 parts" -> "--b0\r\nA:b\r\n\r\n".repeat(4_000) + "--b0--";
            case "5,000 empty parts" -> "--b0\r\n\r\n".repeat(5_000) + "--b0--";
            case "boundary of 5 KB" -> "--b\r\n\r\nx\r\n".repeat(5_000);
            case "entities in metadata" ->
                "--b0\r\nContent-Type: application/sdp\r\n\r\n" + sdp
                        + "\r\n--b0\r\nContent-Type: application/rs-metadata+xml\r\n\r\n<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">"
                        + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                        + "<recording xmlns=\"urn:ietf:params:xml:ns:recording:1\">&c;</recording>\r\n--b0--\r\n";
            case "5,000 media lines" -> sdp + "m=audio 4 RTP/AVP 0\r\n".repeat(2_500);
            default -> throw new IllegalArgumentException(bomb);
        };
    }
}
