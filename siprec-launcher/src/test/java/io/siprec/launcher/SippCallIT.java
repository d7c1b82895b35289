package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.WavAudio;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.RecordingCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sipp as SRC against the launcher jar: what it plays must be in the files, sample for sample. */
class SippCallIT {
    private static final int PACKETS = 150;
    private static final int SAMPLES_PER_PACKET = 160;
    private static final int PCMU = 0;
    private static final int PCMA = 8;

    @TempDir
    Path work;

    @BeforeEach
    void sippIsThere() {
        Tools.require("sipp", "sip-tester");
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # name | sipp transport
        UDP    | u1
        TCP    | t1
        """)
    void C035_C189_C215_bothStreamsOfACallAreRecordedSampleBySample(String name, String transport) throws Exception {
        byte[] caller = noise(1);
        byte[] callee = noise(2);
        Path recordings = work.resolve("recordings");
        try (LauncherProcess launcher = serve(recordings)) {
            runSipp(launcher, transport, capture(caller, callee));

            JsonNode counts = launcher.awaitCounts(c -> c.get("sessions").asInt() == 0, Duration.ofSeconds(10));
            assertThat(counts.get("sessions").asInt()).isZero();
            assertThat(counts.get("rtpPackets").asInt()).isEqualTo(2 * PACKETS);
            checkFiles(LauncherProcess.sessions(recordings), caller, callee, name);
        }
    }

    @Test
    void C099_C191_afterTheCallAllTablesAreEmptyAndThePortsFree() throws Exception {
        try (LauncherProcess launcher = serve(work.resolve("recordings"))) {
            assertThat(launcher.counts().get("freeRtpPortPairs").asInt()).isEqualTo(2);
            runSipp(launcher, "u1", capture(noise(3), noise(4)));

            // Timers J and L keep transactions for 64*T1 = 32 s after a call over UDP.
            JsonNode counts = launcher.awaitCounts(SippCallIT::allFree, Duration.ofSeconds(45));
            assertThat(allFree(counts)).as("%s", counts).isTrue();
            assertThat(launcher.terminate()).isEqualTo(143); // SIGTERM
            assertThat(launcher.output()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        }
    }

    private static boolean allFree(JsonNode counts) {
        return List.of("sessions", "dialogs", "serverTransactions", "clientTransactions", "connections", "streams")
                        .stream()
                        .allMatch(table -> counts.get(table).asInt() == 0)
                && counts.get("freeRtpPortPairs").asInt() == 2;
    }

    private static LauncherProcess serve(Path recordings) throws IOException, InterruptedException {
        int rtp = FreePorts.udpRange(4);
        return LauncherProcess.serve(
                recordings,
                Map.of(
                        "PORTS", Integer.toString(FreePorts.udpAndTcp()),
                        "RTP_PORT_MIN", Integer.toString(rtp),
                        "RTP_PORT_MAX", Integer.toString(rtp + 3)));
    }

    private static void checkFiles(List<Path> sessions, byte[] caller, byte[] callee, String transport)
            throws IOException {
        assertThat(sessions).hasSize(1);
        JsonNode manifest = LauncherProcess.manifest(sessions.get(0));
        assertThat(manifest.get("state").asText()).isEqualTo("ended");
        assertThat(manifest.get("endCause").asText()).isEqualTo("src-bye");
        assertThat(manifest.at("/src/transport").asText()).isEqualTo(transport);
        assertThat(manifest.at("/streams/0/label").asText()).isEqualTo("caller");
        assertThat(manifest.at("/streams/1/label").asText()).isEqualTo("callee");
        assertThat(manifest.at("/streams/0/participantIds/0").asText()).isEqualTo("MDAwMDAwMDAwMDAwMDAwMg==");
        checkFile(sessions.get(0), manifest.at("/streams/0"), decode(caller, PCMU));
        checkFile(sessions.get(0), manifest.at("/streams/1"), decode(callee, PCMA));
    }

    private static void checkFile(Path session, JsonNode stream, short[] sent) throws IOException {
        WavAudio wav = WavAudio.read(session.resolve(stream.get("file").asText()));
        assertThat(wav.sampleRateHz()).isEqualTo(8000);
        assertThat(wav.channels()).isEqualTo(1);
        RecordingCheck.Match match = RecordingCheck.find(sent, wav.samples());
        assertThat(match.exact()).as(match.describe()).isTrue();
        assertThat(stream.at("/packets/received").asInt()).isEqualTo(PACKETS);
        assertThat(stream.at("/packets/lost").asInt()).isZero();
    }

    private void runSipp(LauncherProcess launcher, String transport, Path capture) throws Exception {
        String scenario = Sipp.scenario("siprec-src")
                .replace("PCAP_FILE", capture.toString())
                .replace("PLAY_MS", Integer.toString(PACKETS * 20 + 500));
        Sipp.start(work, scenario, "127.0.0.1:" + launcher.sipPort(), "-t", transport, "-m", "1")
                .awaitSuccess();
    }

    /** Two streams side by side, 20 ms apart within each, from one place in time. */
    private Path capture(byte[] caller, byte[] callee) throws IOException {
        List<Pcap.Packet> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            packets.add(new Pcap.Packet(i * 20_000L, 10_000, rtp(PCMU, 11, i, caller)));
            packets.add(new Pcap.Packet(i * 20_000L + 100, 10_002, rtp(PCMA, 22, i, callee)));
        }
        Path file = Files.createTempFile(work, "streams", ".pcap");
        Files.delete(file);
        Pcap.write(file, packets);
        return file;
    }

    private static byte[] rtp(int payloadType, int ssrc, int index, byte[] codes) {
        byte[] payload = new byte[SAMPLES_PER_PACKET];
        System.arraycopy(codes, index * SAMPLES_PER_PACKET, payload, 0, SAMPLES_PER_PACKET);
        byte[] packet = new byte[12 + SAMPLES_PER_PACKET];
        new RtpPacketWriter()
                .payloadType(payloadType)
                .ssrc(ssrc)
                .sequence(65_500 + index)
                .timestamp(0xffff_f000L + (long) index * SAMPLES_PER_PACKET)
                .marker(index == 0)
                .packet(payload)
                .get(packet);
        return packet;
    }

    private static byte[] noise(long seed) {
        byte[] codes = new byte[PACKETS * SAMPLES_PER_PACKET];
        new Random(seed).nextBytes(codes);
        return codes;
    }

    private static short[] decode(byte[] codes, int payloadType) {
        short[] pcm = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            pcm[i] = payloadType == PCMU ? G711.decodeUlaw(codes[i]) : G711.decodeAlaw(codes[i]);
        }
        return pcm;
    }
}
