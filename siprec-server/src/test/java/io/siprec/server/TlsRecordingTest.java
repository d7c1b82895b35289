package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import io.siprec.testkit.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls over mutual TLS. */
@WithOneAndFourLoops
class TlsRecordingTest {
    @TempDir
    private static Path keys;

    private static TestCertificates certificates;
    private static TlsSettings srs;
    private static TlsSettings src;

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    @BeforeAll
    static void makeKeys() throws Exception {
        certificates = TestCertificates.in(keys);
        srs = certificates
                .settings(certificates.identity("srs", "dns:srs.example,ip:127.0.0.1"))
                .clientCertificates(ClientCertificates.REQUIRED)
                .peerNames(Set.of("src.example"))
                .build();
        src = certificates
                .settings(certificates.identity("src", "uri:sip:src.example"))
                .build();
    }

    private TestServer start() throws Exception {
        return TestServer.start(
                recordings,
                loops,
                builder -> builder.listen(Transport.TLS, "127.0.0.1", 0).sip(sip -> sip.tls(srs)));
    }

    private static SrcCallSettings call(String uri, Duration duration) {
        return SrcCallSettings.builder(uri).duration(duration).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sips:127.0.0.1:PORT", "sip:127.0.0.1:PORT;transport=tls"})
    void C114_C127_C128_C209_aCallOverTlsIsRecorded(String uri) throws Exception {
        try (TestServer server = start();
                SyntheticSrc client = SyntheticSrc.builder().tls(src).start()) {
            int port = server.address(Transport.TLS).getPort();
            SrcCall call = client.call(call(uri.replace("PORT", Integer.toString(port)), Duration.ofSeconds(1)));
            SrcCallResult result = call.result().get(30, TimeUnit.SECONDS);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
            String contact = result.response().orElseThrow().header("Contact").orElseThrow();
            assertThat(contact)
                    .startsWith(
                            uri.startsWith("sips")
                                    ? "<sips:127.0.0.1:" + port + ">"
                                    : "<sip:127.0.0.1:" + port + ";transport=tls>");
            RecordedCall recorded = server.awaitRecording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
        }
    }

    @Test
    void C118_theServersByeComesOverTheConnectionOfTheCall() throws Exception {
        try (TestServer server = start();
                SyntheticSrc client = SyntheticSrc.builder().tls(src).start()) {
            String uri = "sips:127.0.0.1:" + server.address(Transport.TLS).getPort();
            SrcCall call = client.call(call(uri, Duration.ofSeconds(60)));
            RecordingSession session = server.await("started");
            assertThat(server.server().statistics().sip().connections()).isEqualTo(1);
            server.server().terminate(session.id(), "by a test");
            SrcCallResult result = call.result().get(30, TimeUnit.SECONDS);
            assertThat(result.response()).isPresent();
            server.await("ended");
            assertThat(server.server().statistics().sip().connections()).isEqualTo(1);
        }
    }

    @Test
    void C209_whoHasNoCertificateIsNotRecorded() throws Exception {
        TlsSettings nobody = TlsSettings.builder().trustedCas(certificates.ca()).build();
        try (TestServer server = start();
                SyntheticSrc client = SyntheticSrc.builder().tls(nobody).start()) {
            String uri = "sips:127.0.0.1:" + server.address(Transport.TLS).getPort();
            SrcCallResult result =
                    client.call(call(uri, Duration.ofSeconds(1))).result().get(30, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(SrcCallResult.Outcome.FAILED);
            assertThat(result.response()).isEmpty();
            assertThat(server.server().sessions()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotTheOneCalledGetsNoCall() throws Exception {
        TlsSettings other = certificates
                .settings(certificates.identity("other-" + loops, "dns:other.example"))
                .build();
        try (TestServer server = TestServer.start(
                        recordings,
                        loops,
                        builder -> builder.listen(Transport.TLS, "127.0.0.1", 0).sip(sip -> sip.tls(other)));
                SyntheticSrc client = SyntheticSrc.builder().tls(src).start()) {
            String uri = "sips:127.0.0.1:" + server.address(Transport.TLS).getPort();
            SrcCallResult result =
                    client.call(call(uri, Duration.ofSeconds(1))).result().get(30, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(SrcCallResult.Outcome.FAILED);
            assertThat(result.detail()).contains("a certificate of other.example, not of 127.0.0.1");
        }
    }
}
