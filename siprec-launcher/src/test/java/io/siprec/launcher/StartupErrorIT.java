package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.testkit.FreePorts;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that can't be used ends the program with one line: the setting, its value, the remedy. */
class StartupErrorIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path work;

    @Test
    void aSipPortInUse() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            String port = Integer.toString(taken.getLocalPort());
            assertOneLine(Map.of("PORTS", port), "PORTS", "127.0.0.1:" + port, "set PORTS to free ports");
        }
    }

    @Test
    void anHttpPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String port = Integer.toString(taken.getLocalPort());
            assertOneLine(Map.of("HTTP_PORT", port), "HTTP_PORT=" + port, "set HTTP_PORT to a free port");
        }
    }

    @Test
    void aRecordingDirectoryThatCannotBe() throws Exception {
        Path file = Files.createFile(work.resolve("file"));
        assertOneLine(
                Map.of("RECORDING_DIR", file.resolve("recordings").toString()),
                "RECORDING_DIR=" + file.resolve("recordings"),
                "name another directory");
    }

    @Test
    void anAddressThatIsNotOurs() throws Exception {
        assertOneLine(Map.of("SIP_HOST", "192.0.2.1"), "SIP_HOST", "192.0.2.1", "an address of this machine");
    }

    @Test
    void aValueThatIsNone() throws Exception {
        assertOneLine(Map.of("RTP_PORT_MAX", "lots"), "RTP_PORT_MAX=lots", "use a number from 0 to 65535");
    }

    @Test
    void aStoreThatThereIsNot() throws Exception {
        assertOneLine(Map.of("SESSION_STORE", "postgres"), "SESSION_STORE=postgres: unknown; use one of memory, redis");
    }

    @Test
    void aStoreThatMustBeThereAndIsNot() throws Exception {
        assertOneLine(
                Map.of("REDIS_ENABLED", "true", "REDIS_ADDRESS", "127.0.0.1:1", "SESSION_STORE_REQUIRED", "true"),
                "SESSION_STORE_REQUIRED=true",
                "Redis at 127.0.0.1:1 ");
    }

    @Test
    void aTraceThatCannotBeWritten() throws Exception {
        Path file = work.resolve("nowhere").resolve("sip.txt");
        assertOneLine(
                Map.of("SIP_TRACE", file.toString()), "SIP_TRACE=" + file, "there is no such directory", "or use log");
    }

    private void assertOneLine(Map<String, String> settings, String... parts) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "PORTS", Integer.toString(FreePorts.udpAndTcp()),
                "RECORDING_DIR", work.resolve("recordings").toString()));
        all.putAll(settings);
        Process process = LauncherProcess.command(all).start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(output.lines()).as(output).hasSize(1);
            assertThat(output).startsWith("siprec: ").contains(parts);
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }
}
