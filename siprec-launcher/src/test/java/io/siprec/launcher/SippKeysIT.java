package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.testkit.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that sipp presses with the captures that it brings along, in the manifest of the launcher jar. */
class SippKeysIT {
    private static final Path CAPTURES = Path.of("/usr/share/sip-tester");
    private static final int AUDIO_PACKETS = 50;

    @TempDir
    Path work;

    @BeforeEach
    void sippIsThere() {
        Tools.require("sipp", "sip-tester");
        Assumptions.assumeTrue(Files.isReadable(key("5")), "sipp's captures are not installed");
    }

    private static Path key(String name) {
        return CAPTURES.resolve("dtmf_2833_" + name + ".pcap");
    }

    @ParameterizedTest(name = "DTMF_MASK={0}")
    @ValueSource(booleans = {false, true})
    void C195_capturedKeysAreEventsOnceEach(boolean masked) throws Exception {
        Path recordings = work.resolve("recordings");
        Map<String, String> settings = Map.of(
                "PORTS",
                Integer.toString(FreePorts.udpAndTcp()),
                "RTP_PORT_MIN",
                "0",
                "RTP_PORT_MAX",
                "0",
                "DTMF_MASK",
                Boolean.toString(masked));
        try (LauncherProcess launcher = LauncherProcess.serve(recordings, settings)) {
            Sipp.start(work, scenario(), "127.0.0.1:" + launcher.sipPort(), "-t", "u1", "-m", "1")
                    .awaitSuccess();
            launcher.awaitCounts(counts -> counts.get("sessions").asInt() == 0, Duration.ofSeconds(10));
        }
        JsonNode manifest =
                LauncherProcess.manifest(LauncherProcess.sessions(recordings).get(0));
        JsonNode events = manifest.at("/streams/0/events");
        assertThat(events).as("%s", manifest.at("/streams/0")).hasSize(2);
        assertThat(events.findValuesAsText("key")).isEqualTo(masked ? List.of() : List.of("5", "*"));
        assertThat(events.findValuesAsText("code")).isEqualTo(masked ? List.of() : List.of("5", "10"));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("durationMs").asInt()).as("2,240 ticks").isEqualTo(280);
            assertThat(event.get("endSeen").asBoolean()).isTrue();
        });
        assertThat(events.at("/0/offsetMs").asInt()).isBetween(1_000, 20_000);
        assertThat(events.at("/1/offsetMs").asInt())
                .isGreaterThan(events.at("/0/offsetMs").asInt() + 500);
    }

    private String scenario() throws Exception {
        List<Pcap.Packet> audio = new ArrayList<>();
        for (int i = 0; i < AUDIO_PACKETS; i++) {
            byte[] packet = new byte[172];
            new RtpPacketWriter()
                    .payloadType(0)
                    .ssrc(11)
                    .sequence(i)
                    .timestamp(i * 160L)
                    .packet(new byte[160])
                    .get(packet);
            audio.add(new Pcap.Packet(i * 20_000L, 10_000, packet));
        }
        Path capture = work.resolve("audio.pcap");
        Pcap.write(capture, audio);
        return Sipp.scenario("keys")
                .replace(" RTP/AVP 0 8\n", " RTP/AVP 0 8 101\na=rtpmap:101 telephone-event/8000\n")
                .replace("AUDIO\"", capture + "\"")
                .replace("FIRST_KEY", key("5").toString())
                .replace("SECOND_KEY", key("star").toString());
    }
}
