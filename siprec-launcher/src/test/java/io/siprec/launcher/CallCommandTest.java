package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.auth.UserStore;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@Timeout(30)
class CallCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            CallCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    private SipEndpoint recorder;

    @AfterEach
    void stop() {
        if (recorder != null) {
            recorder.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void completedCallIsReportedStreamByStream(Transport transport) throws IOException {
        try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String uri = listen(transport, invite -> accept(invite, rtp.getLocalPort()));
            assertThat(run(uri, transport, "--seconds", "0.2", "--codec", "pcma"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString().lines())
                    .anyMatch(line -> line.equals("Calling " + uri + " over " + transport + ", 2 streams of 0.20 s"))
                    .anyMatch(line -> line.matches("Answered  200 OK after \\d+ ms"))
                    .anyMatch(line -> line.matches("Stream    label 1, PCMA, speech: 10 packets, 0\\.20 s, "
                            + "127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:" + rtp.getLocalPort()))
                    .anyMatch(line ->
                            line.equals("Stream    label 2, PCMA, speech: not wanted by the answer, nothing sent"))
                    .anyMatch(line -> line.equals("Ended     by us, with BYE"));
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void C127_aSipsUriIsCalledOverTls(@TempDir Path folder) throws IOException {
        TestCertificates certificates = TestCertificates.in(folder);
        TestCertificates.Identity srs = certificates.identity("srs", "ip:127.0.0.1");
        TestCertificates.Identity src = certificates.identity("src", "uri:sip:src.example");
        TlsSettings asked = certificates
                .settings(srs)
                .clientCertificates(ClientCertificates.REQUIRED)
                .build();
        String uri = listen(Transport.TLS, invite -> accept(invite, 9), b -> b.tls(asked))
                .replace("sip:", "sips:");
        String ca = certificates.ca().toString();
        String certificate = src.certificate().toString();
        String key = src.key().toString();
        assertThat(command.execute(
                        uri, "--seconds", "0.02", "--tls-ca", ca, "--tls-cert", certificate, "--tls-key", key))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("Calling " + uri + " over TLS, 2 streams");
        assertThat(command.execute(uri, "--seconds", "0.02", "--tls-ca", ca)).isEqualTo(1);
        assertThat(err.toString()).contains(uri + " over TLS: ").doesNotContain("Exception");
        assertThat(command.execute(uri, "--tcp")).isEqualTo(2);
        assertThat(command.execute(uri, "--tls-cert", certificate)).isEqualTo(2);
        assertThat(command.execute(uri, "--tls-ca", key)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--tcp does not go with a sips URI")
                .contains("--tls-cert and --tls-key need each other")
                .contains(key + ": no certificate in it");
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void refusalIsOneLineWithTheWarning(Transport transport) throws IOException {
        Header warning = new Header("Warning", "304 siprec \"Media type not available\"");
        String uri = listen(transport, invite -> invite.reject(488, "Not Acceptable Here", warning));
        assertThat(run(uri, transport)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("call: " + uri + " over " + transport + " refused the call: 488 Not Acceptable Here"
                        + " (Warning: 304 siprec \"Media type not available\")" + System.lineSeparator());
    }

    @Test
    void C155_aRecorderThatAsksGetsUserAndPassword(@TempDir Path folder) throws IOException {
        DigestSettings asked = DigestSettings.builder("srs", UserStore.ofPasswords("srs", Map.of("sbc", "s3cret")))
                .build();
        String uri = listen(Transport.UDP, invite -> accept(invite, 9), b -> b.authentication(asked));
        Path right = Files.writeString(folder.resolve("right"), "s3cret\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "secret");
        assertThat(run(uri, Transport.UDP, "--seconds", "0.02")).isEqualTo(1);
        assertThat(run(uri, Transport.UDP, "--user", "sbc", "--password-file", wrong.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith(" refused the call: 401 Unauthorized"));
        assertThat(run(uri, Transport.UDP, "--seconds", "0.02", "--user", "sbc", "--password-file", right.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).doesNotContain("s3cret");
    }

    @Test
    void refusedConnectionIsOneLineThatSaysWhatWasTried() throws IOException {
        int port = closedPort();
        String uri = "sip:127.0.0.1:" + port;
        assertThat(run(uri, Transport.TCP)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("call: " + uri + " over TCP: ")
                .contains("is a recorder listening at 127.0.0.1:" + port + "/tcp?")
                .doesNotContain("Exception");
    }

    private int run(String uri, Transport transport, String... more) {
        String[] arguments = new String[more.length + (transport == Transport.TCP ? 2 : 1)];
        arguments[0] = uri;
        if (transport == Transport.TCP) {
            arguments[1] = "--tcp";
        }
        System.arraycopy(more, 0, arguments, arguments.length - more.length, more.length);
        return command.execute(arguments);
    }

    private String listen(Transport transport, Consumer<ServerInvite> onCall) throws IOException {
        return listen(transport, onCall, builder -> {});
    }

    private String listen(Transport transport, Consumer<ServerInvite> onCall, Consumer<SipEndpoint.Builder> more)
            throws IOException {
        SipApplication application = onCall::accept;
        SipEndpoint.Builder builder = SipEndpoint.builder(application)
                .listen(transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .supportedOptions(Set.of("siprec"));
        more.accept(builder);
        recorder = builder.build();
        recorder.start();
        return "sip:127.0.0.1:" + recorder.listeningPoints().get(0).address().getPort();
    }

    private static void accept(ServerInvite invite, int rtpPort) {
        String sdp = String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + rtpPort + " RTP/AVP 8",
                "a=recvonly",
                "m=audio 0 RTP/AVP 8",
                "");
        SipBody body = new SipBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
        invite.accept(List.of(), body, new DialogListener() {
            @Override
            public void onEnded(DialogEnd end) {}
        });
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
