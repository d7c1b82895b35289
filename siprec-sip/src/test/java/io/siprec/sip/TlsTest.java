package io.siprec.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@WithOneAndFourLoops
class TlsTest {
    @Parameter
    private int loops;

    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static TestKeys keys;

    private final List<SipEndpoint> endpoints = new ArrayList<>();
    private final AtomicLong nowNs = new AtomicLong();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.shared()
                .make("second", "-ext", "san=dns:second.example", "-keyalg", "EC")
                .make("rsa", "-ext", "san=dns:rsa.example", "-keyalg", "RSA", "-keysize", "2048")
                .make("src", "-ext", "san=uri:sip:src.example,dns:other.example", "-keyalg", "EC")
                .make("src-dns", "-ext", "san=dns:src.example", "-keyalg", "EC")
                .make("src-user", "-ext", "san=uri:sip:rec@src.example", "-keyalg", "EC")
                .make("wildcard", "-ext", "san=dns:*.example", "-keyalg", "EC")
                .make("nameless", "-keyalg", "EC", "-dname", "CN=src.example")
                .make("expired", "-ext", "san=dns:src.example", "-keyalg", "EC", "-startdate", "-3d", "-validity", "1")
                .make("stranger", "-ext", "san=dns:src.example", "-keyalg", "EC", "-selfsigned");
    }

    @AfterEach
    void closeAll() {
        endpoints.forEach(SipEndpoint::close);
    }

    private static TlsSettings.Builder srs() throws Exception {
        return TlsSettings.builder()
                .identity(keys.chain("srs"), keys.key("srs"))
                .trustedCas(keys.caFile());
    }

    private SipEndpoint start(TlsSettings tls, SipLimits limits) throws SipBindException {
        SipEndpoint endpoint = SipEndpoint.builder(invite -> invite.reject(486, "Busy Here"))
                .listen(Transport.TLS, ANY)
                .tls(tls)
                .limits(limits)
                .loops(loops)
                .clock(() -> System.nanoTime() + nowNs.get())
                .build();
        endpoints.add(endpoint);
        endpoint.start();
        return endpoint;
    }

    private SipEndpoint start(TlsSettings tls) throws SipBindException {
        return start(tls, SipLimits.withDefaults());
    }

    private static InetSocketAddress address(SipEndpoint endpoint) {
        return endpoint.listeningPoints().stream()
                .map(ListeningPoint::address)
                .findFirst()
                .orElseThrow();
    }

    /** Connected, the handshake not begun. */
    private static SSLSocket connect(SipEndpoint endpoint, String alias, String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) keys.client(alias).getSocketFactory().createSocket();
        socket.connect(address(endpoint));
        socket.setSoTimeout(20_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static String options(int number) {
        return "OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5999;rport;branch=z9hG4bK-o" + number
                + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: o" + number
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }

    private static String exchange(Socket socket, int number) throws IOException {
        socket.getOutputStream().write(options(number).getBytes(UTF_8));
        return read(socket.getInputStream());
    }

    /** One response; {@code <end>} at the end of the connection. */
    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return text + "<end>";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static String peerName(SSLSocket socket) throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void C114_C121_C124_C208_messagesOverEitherVersionInAnySegments(String protocol) throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket socket = connect(server, "", protocol)) {
            for (byte b : ("\r\n\r\n" + options(1) + options(2)).getBytes(UTF_8)) {
                socket.getOutputStream().write(b); // each a record of its own
            }
            assertThat(read(socket.getInputStream())).startsWith("\r\nSIP/2.0 200 OK");
            assertThat(read(socket.getInputStream())).contains("branch=z9hG4bK-o2");
            socket.getOutputStream().write((options(3) + options(4)).getBytes(UTF_8));
            assertThat(read(socket.getInputStream())).contains("branch=z9hG4bK-o3");
            assertThat(read(socket.getInputStream())).contains("branch=z9hG4bK-o4");
            assertThat(socket.getSession().getCipherSuite())
                    .matches("TLS_(ECDHE_.*|)AES_256_GCM_SHA384|TLS_ECDHE.*GCM.*");
        }
        Loops.await(server, () -> server.statistics().connections() == 0);
        assertThat(server.statistics().loopErrors()).isZero();
    }

    /** A ClientHello of an old version, made by hand: the JDK makes none any more. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({"0301, TLS 1.0", "0302, TLS 1.1"})
    void C208_olderVersionsAreRefused(String version, String name) throws Exception {
        SipEndpoint server = start(srs().build());
        String body = version + "00".repeat(32) + "00" + "0004c013c014" + "0100" + "000e" + "000a00040002001d"
                + "000b00020100";
        String handshake = "01" + HexFormat.of().toHexDigits(body.length() / 2, 6) + body;
        String record = "16" + "0301" + HexFormat.of().toHexDigits((long) handshake.length() / 2, 4) + handshake;
        try (Socket socket = new Socket()) {
            socket.connect(address(server));
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(record));
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        Loops.await(server, () -> server.statistics().connections() == 0);
        assertThat(server.statistics().dropped()).containsEntry("handshake-failed", 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"})
    void C208_oldSuitesAreRefused(String suite) throws Exception {
        SipEndpoint server = start(TlsSettings.builder()
                .identity(keys.chain("rsa"), keys.key("rsa"))
                .build());
        try (SSLSocket socket = connect(server, "", "TLSv1.2")) {
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
        }
    }

    @ParameterizedTest(name = "{0}, {1}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
            # asked for | shown     | allowed peers | taken | why
            REQUIRED    | src       |               | yes   | signed by our CA
            REQUIRED    | ''        |               | no    | none shown
            REQUIRED    | stranger  |               | no    | signed by nobody we know
            REQUIRED    | expired   |               | no    | no longer valid
            OPTIONAL    | ''        |               | yes   | none is needed
            OPTIONAL    | src       |               | yes   | a good one
            OPTIONAL    | stranger  |               | no    | a wrong one is not as good as none
            NONE        | stranger  |               | yes   | nobody asked for it
            REQUIRED    | src       | src.example   | yes   | SAN URI sip:src.example
            REQUIRED    | src       | SRC.Example   | yes   | domains compare without case
            REQUIRED    | src       | other.example | no    | with a SAN URI the DNS names count for nothing
            REQUIRED    | src-dns   | src.example   | yes   | without a SAN URI they count
            REQUIRED    | src-user  | src.example   | no    | a URI with a user is no domain
            REQUIRED    | wildcard  | src.example   | no    | no wildcards in SIP domains
            REQUIRED    | nameless  | src.example   | no    | the common name counts for nothing
            OPTIONAL    | src-dns   | src.test      | no    | not on the list
            """)
    void C209_clientCertificates(ClientCertificates asked, String shown, String allowed, String taken, String why)
            throws Exception {
        TlsSettings.Builder settings = srs().clientCertificates(asked);
        if (allowed != null) {
            settings.peerNames(Set.of(allowed));
        }
        SipEndpoint server = start(settings.build());
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            String answer;
            try (SSLSocket socket = connect(server, shown, protocol)) {
                answer = exchange(socket, 1);
            } catch (IOException e) {
                answer = "refused";
            }
            assertThat(answer.startsWith("SIP/2.0 200") ? "yes" : "no")
                    .as("%s over %s: %s", why, protocol, answer)
                    .isEqualTo(taken);
        }
        Loops.await(server, () -> server.statistics().connections() == 0);
        assertThat(server.statistics().dropped().get("handshake-failed")).isEqualTo(taken.equals("yes") ? 0L : 2L);
    }

    @ParameterizedTest
    @CsvSource({
        "srs.example, CN=srs",
        "second.example, CN=second",
        "SECOND.example, CN=second",
        "who.example, CN=srs",
        ", CN=srs"
    })
    void theNameThatAClientAsksForChoosesTheCertificate(String asked, String shown) throws Exception {
        SipEndpoint server =
                start(srs().identity(keys.chain("second"), keys.key("second")).build());
        try (SSLSocket socket = connect(server, "")) {
            if (asked != null) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(asked)));
                socket.setSSLParameters(parameters);
            }
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            assertThat(peerName(socket)).isEqualTo(shown);
        }
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket socket = connect(server, "", "TLSv1.2")) {
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        exchange(socket, 2);
                    })
                    .isInstanceOf(IOException.class);
        }
        Loops.await(server, () -> server.statistics().connections() == 0);
        assertThat(server.statistics().loopErrors()).isZero();
    }

    @Test
    void newKeysInsideAConnectionAreTaken() throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket socket = connect(server, "", "TLSv1.3")) {
            for (int i = 1; i < 4; i++) {
                assertThat(exchange(socket, i)).startsWith("SIP/2.0 200");
                socket.startHandshake(); // TLS 1.3 has no renegotiation: this sends KeyUpdate
            }
            assertThat(exchange(socket, 4)).startsWith("SIP/2.0 200");
        }
        assertThat(server.statistics().loopErrors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void C125_aMessageOfManyRecordsIsWhole(String protocol) throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket socket = connect(server, "", protocol)) {
            String large = options(1).replace("Content-Length: 0", "Content-Type: text/plain\r\nContent-Length: 60000");
            socket.getOutputStream().write((large + "x".repeat(60_000) + options(2)).getBytes(UTF_8));
            assertThat(read(socket.getInputStream())).startsWith("SIP/2.0 200").contains("z9hG4bK-o1");
            assertThat(read(socket.getInputStream())).startsWith("SIP/2.0 200").contains("z9hG4bK-o2");
            socket.getOutputStream()
                    .write(large.replace("60000", "66000")
                            .replace("z9hG4bK-o1", "z9hG4bK-o3")
                            .getBytes(UTF_8));
            assertThat(read(socket.getInputStream())).startsWith("SIP/2.0 513");
            assertThat(socket.getInputStream().read()).as("close_notify").isEqualTo(-1);
        }
    }

    @Test
    void closeNotifyGoesBothWays() throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket socket = connect(server, "", "TLSv1.3")) {
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            socket.shutdownOutput(); // sends close_notify
            assertThat(socket.getInputStream().read())
                    .as("close_notify, no reset")
                    .isEqualTo(-1);
        }
        Loops.await(server, () -> server.statistics().connections() == 0);
        SipEndpoint other = start(
                srs().build(),
                SipLimits.builder().idleConnectionTime(Duration.ofMinutes(1)).build());
        try (SSLSocket socket = connect(other, "")) {
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            nowNs.addAndGet(Duration.ofMinutes(2).toNanos());
            Loops.await(other, () -> other.statistics().connections() == 0);
            assertThat(socket.getInputStream().read())
                    .as("close_notify, no truncation")
                    .isEqualTo(-1);
        }
    }

    @Test
    void handshakesAreBoundedInNumberAndTime() throws Exception {
        SipEndpoint server = start(
                srs().build(),
                SipLimits.builder().maxHandshakes(3).maxHandshakesPerSource(2).build());
        try (Socket one = new Socket("127.0.0.1", address(server).getPort());
                Socket two = new Socket("127.0.0.1", address(server).getPort())) {
            Loops.await(server, () -> server.statistics().value(SipStatistics.Kind.GAUGE, "handshakes") == 2);
            try (Socket three = new Socket("127.0.0.1", address(server).getPort())) {
                assertThat(three.getInputStream().read())
                        .as("over the limit of a source")
                        .isEqualTo(-1);
            }
            assertThat(server.statistics().dropped()).containsEntry("handshake-limit", 1L);
            one.getOutputStream().write(new byte[] {22, 3, 1, 2, 0}); // a record that never ends
            nowNs.addAndGet(Duration.ofSeconds(6).toNanos());
            Loops.await(server, () -> server.statistics().connections() == 0);
            assertThat(server.statistics().dropped()).containsEntry("handshake-time", 2L);
            assertThat(two.getInputStream().read())
                    .as("closed, perhaps after an alert")
                    .isIn(-1, 21);
        }
        try (SSLSocket next = connect(server, "")) {
            assertThat(exchange(next, 1)).startsWith("SIP/2.0 200");
        }
        assertThat(server.statistics().value(SipStatistics.Kind.GAUGE, "handshakes"))
                .isZero();
    }

    @Test
    void C126_aSlowSenderIsCutInsideARecordToo() throws Exception {
        SipEndpoint server = start(
                srs().build(),
                SipLimits.builder().slowSenderTime(Duration.ofSeconds(30)).build());
        try (Socket wire = new Socket("127.0.0.1", address(server).getPort());
                Socket socket = keys.client("").getSocketFactory().createSocket(wire, "srs.example", 5061, true)) {
            wire.setSoTimeout(20_000);
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            Loops.await(server, () -> server.statistics().timers() == 1); // the idle one
            wire.getOutputStream().write(new byte[] {23, 3, 3, 64, 0, 1}); // application data, one octet of 16,384
            Loops.await(server, () -> server.statistics().timers() == 2);
            nowNs.addAndGet(Duration.ofSeconds(20).toNanos());
            wire.getOutputStream().write(1);
            nowNs.addAndGet(Duration.ofSeconds(11).toNanos());
            Loops.await(server, () -> server.statistics().connections() == 0);
        }
        assertThat(server.statistics().dropped()).containsEntry("slow-sender", 1L);
    }

    @Test
    void plainTextOnTheTlsPortAndGarbageDisturbNobody() throws Exception {
        SipEndpoint server = start(srs().build());
        try (SSLSocket good = connect(server, "")) {
            assertThat(exchange(good, 1)).startsWith("SIP/2.0 200");
            for (String junk : List.of(
                    options(1),
                    "\0\0\0\0\0\0\0",
                    "\r\n\r\n\r\n",
                    "\u0016\u0003\u0001\u00ff\u00ff" + "x".repeat(70_000))) {
                try (Socket socket = new Socket("127.0.0.1", address(server).getPort())) {
                    socket.getOutputStream().write(junk.getBytes(ISO_8859_1));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe.*");
                }
            }
            Loops.await(server, () -> server.statistics().connections() == 1);
            assertThat(exchange(good, 2)).startsWith("SIP/2.0 200");
        }
        assertThat(server.statistics().dropped()).containsEntry("handshake-failed", 4L);
        assertThat(server.statistics().loopErrors()).isZero();
    }

    @Test
    void newKeysAreForNewConnections(@TempDir Path directory) throws Exception {
        Path chain = Files.copy(keys.chain("srs"), directory.resolve("chain.pem"));
        Path key = Files.copy(keys.key("srs"), directory.resolve("key.pem"));
        SipEndpoint server = start(TlsSettings.builder().identity(chain, key).build());
        try (SSLSocket before = connect(server, "")) {
            assertThat(exchange(before, 1)).startsWith("SIP/2.0 200");
            Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
            assertThatThrownBy(server::reloadTls)
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining(key.toString());
            try (SSLSocket still = connect(server, "")) {
                assertThat(exchange(still, 2)).startsWith("SIP/2.0 200");
                assertThat(peerName(still)).isEqualTo("CN=srs");
            }
            Files.copy(keys.chain("second"), chain, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(keys.key("second"), key, StandardCopyOption.REPLACE_EXISTING);
            server.reloadTls();
            try (SSLSocket after = connect(server, "")) {
                assertThat(exchange(after, 3)).startsWith("SIP/2.0 200");
                assertThat(peerName(after)).isEqualTo("CN=second");
            }
            assertThat(exchange(before, 4)).as("an open connection stays").startsWith("SIP/2.0 200");
        }
    }

    @Test
    void aKeyStoreServesAsWell() throws Exception {
        SipEndpoint server = start(
                TlsSettings.builder().keyStore(keys.store(), TestKeys.PASSWORD).build());
        try (SSLSocket socket = connect(server, "")) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("rsa.example")));
            socket.setSSLParameters(parameters);
            assertThat(exchange(socket, 1)).startsWith("SIP/2.0 200");
            assertThat(peerName(socket)).isEqualTo("CN=rsa");
        }
    }

    @Test
    void anEndpointWithoutACertificateCantListenOverTls() {
        SipEndpoint endpoint =
                SipEndpoint.builder(invite -> {}).listen(Transport.TLS, ANY).build();
        assertThatThrownBy(endpoint::start)
                .isInstanceOf(SipBindException.class)
                .hasMessageContaining("no TLS certificate");
    }
}
