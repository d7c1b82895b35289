package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.TestCertificates;
import io.siprec.testkit.TestCertificates.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher jar behind TLS, called by its own test call and by sipp through stunnel. */
class TlsCallIT {
    @TempDir
    Path work;

    private final Map<String, String> settings = new HashMap<>();
    private TestCertificates certificates;
    private Identity src;
    private int tlsPort;

    @BeforeEach
    void keysAndPorts() throws IOException {
        certificates = TestCertificates.in(Files.createDirectory(work.resolve("keys")));
        Identity srs = certificates.identity("srs", "dns:srs.example,ip:127.0.0.1");
        src = certificates.identity("src", "uri:sip:src.example");
        tlsPort = FreePorts.udpAndTcp();
        settings.put("PORTS", "0");
        settings.put("RTP_PORT_MIN", "0");
        settings.put("RTP_PORT_MAX", "0");
        settings.put("SIP_TLS_PORTS", Integer.toString(tlsPort));
        settings.put("SIP_TLS_CERT", srs.certificate().toString());
        settings.put("SIP_TLS_KEY", srs.key().toString());
    }

    private void askForCertificates() throws IOException {
        settings.put("SIP_TLS_CA", certificates.ca().toString());
        settings.put("SIP_TLS_CLIENT_AUTH", "required");
        settings.put("SIP_TLS_PEERS", "src.example");
    }

    private static String run(int status, String... arguments) throws Exception {
        Process process = LauncherProcess.command(Map.of(), arguments).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }

    private static JsonNode manifestOf(Path recordings) throws IOException {
        List<Path> sessions = LauncherProcess.sessions(recordings);
        assertThat(sessions).hasSize(1);
        return LauncherProcess.manifest(sessions.get(0));
    }

    @Test
    void C114_C127_C209_C215_theTestCallIsRecordedOverTls() throws Exception {
        askForCertificates();
        Path recordings = work.resolve("recordings");
        String uri = "sips:127.0.0.1:" + tlsPort;
        String ca = certificates.ca().toString();
        try (LauncherProcess launcher = LauncherProcess.serve(recordings, settings)) {
            assertThat(launcher.output()).anyMatch(line -> line.contains("tls:127.0.0.1:" + tlsPort));
            String withoutCertificate = run(1, "call", uri, "--seconds", "0.2", "--tls-ca", ca);
            assertThat(withoutCertificate).contains(uri + " over TLS: ").doesNotContain("Exception");
            run(
                    0,
                    "call",
                    uri,
                    "--seconds",
                    "0.5",
                    "--tls-ca",
                    ca,
                    "--tls-cert",
                    src.certificate().toString(),
                    "--tls-key",
                    src.key().toString());
            launcher.awaitCounts(c -> c.get("sessions").asInt() == 0, Duration.ofSeconds(10));
            JsonNode manifest = manifestOf(recordings);
            assertThat(manifest.at("/src/transport").asText()).isEqualTo("TLS");
            assertThat(manifest.at("/streams/0/packets/received").asInt()).isEqualTo(25);
        }
    }

    @Test
    void C114_C121_C209_sippCallsThroughStunnel() throws Exception {
        Tools.require("sipp", "sip-tester");
        Tools.require("stunnel4", "stunnel4");
        askForCertificates();
        Path recordings = work.resolve("recordings");
        try (LauncherProcess launcher = LauncherProcess.serve(recordings, settings);
                Stunnel stunnel = Stunnel.to(tlsPort, certificates, src, work)) {
            String scenario = Sipp.scenario("hold-resume");
            Sipp.start(work, scenario, "127.0.0.1:" + stunnel.port(), "-t", "t1", "-m", "3")
                    .awaitSuccess();
            launcher.awaitCounts(c -> c.get("sessions").asInt() == 0, Duration.ofSeconds(10));
            List<Path> sessions = LauncherProcess.sessions(recordings);
            assertThat(sessions).hasSize(3);
            for (Path session : sessions) {
                assertThat(LauncherProcess.manifest(session)
                                .at("/src/transport")
                                .asText())
                        .isEqualTo("TLS");
            }
        }
    }

    @Test
    void aWrongKeyEndsTheStartWithOneLine() throws Exception {
        Path wrong = Files.writeString(
                work.resolve("traditional.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        settings.put("SIP_TLS_KEY", wrong.toString());
        settings.put("RECORDING_DIR", work.resolve("recordings").toString());
        Process process = LauncherProcess.command(settings).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said.lines())
                .singleElement()
                .asString()
                .isEqualTo(
                        "siprec: SIP_TLS_KEY=" + wrong + ": a key of the kind 'BEGIN RSA PRIVATE KEY'; convert it with:"
                                + " openssl pkcs8 -topk8 -nocrypt -in " + wrong + " -out key.pem");
    }
}
