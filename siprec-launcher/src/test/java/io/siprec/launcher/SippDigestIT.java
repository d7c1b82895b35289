package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.testkit.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** sipp with credentials against the launcher jar with users from an htdigest file. sipp knows MD5 only. */
class SippDigestIT {
    @TempDir
    static Path work;

    private static LauncherProcess launcher;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("sipp", "sip-tester");
        Path users = Files.writeString(
                work.resolve("users"), "sbc:siprec:" + DigestAlgorithm.MD5.ha1("sbc", "siprec", "s3cret") + "\n");
        launcher = LauncherProcess.serve(
                work.resolve("recordings"),
                Map.of(
                        "PORTS",
                        Integer.toString(FreePorts.udpAndTcp()),
                        "RTP_PORT_MIN",
                        "0",
                        "RTP_PORT_MAX",
                        "0",
                        "SIP_AUTH_USERS_FILE",
                        users.toString()));
    }

    @AfterAll
    static void stop() {
        if (launcher != null) {
            launcher.close();
        }
    }

    private static Sipp sipp(String scenario, String password, String... options) throws Exception {
        return Sipp.start(work, Sipp.scenario(scenario, "sbc", password), "127.0.0.1:" + launcher.sipPort(), options);
    }

    private static List<Path> recordings() throws Exception {
        JsonNode counts = launcher.awaitCounts(c -> c.get("sessions").asInt() == 0, Duration.ofSeconds(10));
        assertThat(counts.get("sessions").asInt()).isZero();
        return LauncherProcess.sessions(work.resolve("recordings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "t1"})
    void C210_C211_aCallWithCredentialsIsRecorded(String transport) throws Exception {
        int before = recordings().size();
        sipp("digest", "s3cret", "-t", transport, "-m", "10", "-r", "20").awaitSuccess();
        assertThat(recordings()).hasSize(before + 10);
    }

    @Test
    void C210_C211_aWrongPasswordIsNotAndNobodyReadsIt() throws Exception {
        int before = recordings().size();
        sipp("digest-refused", "gu3ss", "-m", "1").awaitSuccess();
        assertThat(recordings()).hasSize(before);
        assertThat(launcher.output())
                .anyMatch(line -> line.contains("INVITE from /127.0.0.1") && line.endsWith("wrong user or password"))
                .noneMatch(line -> line.contains("response=") || line.contains("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "gu3ss"})
    void C155_C210_ourOwnTestCallSaysWhoItIs(String password) throws Exception {
        Path file = Files.writeString(work.resolve("password"), password);
        Process call = LauncherProcess.command(
                        Map.of(),
                        "call",
                        "sip:127.0.0.1:" + launcher.sipPort(),
                        "--seconds",
                        "0.2",
                        "--user",
                        "sbc",
                        "--password-file",
                        file.toString())
                .start();
        int status = call.waitFor();
        String output = new String(call.getInputStream().readAllBytes(), UTF_8);
        assertThat(status).as(output).isEqualTo(password.equals("s3cret") ? 0 : 1);
        if (status == 1) {
            assertThat(output).contains("refused the call: 401 Unauthorized");
        }
    }
}
