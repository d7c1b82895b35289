package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SyntheticSrc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at a random moment under 200 calls, again and again ({@code -Dsiprec.kills=N}). The server that comes next on the same
 * directory makes the files whole; nobody else touches them.
 */
class KilledUnderLoadIT {
    private static final int KILLS = Integer.getInteger("siprec.kills", 3);
    private static final long SEED = Long.getLong("siprec.kills.seed", 1);
    private static final int CALLS = 200;
    private static final int AT_A_TIME = 25;
    private static final int LATEST_KILL_MS = 2_000;
    private static final int PACKET_SAMPLES = 160;
    private static final int MAX_SHORT_SAMPLES = 8_000; // a second
    private static final int RIFF_HEAD_BYTES = 8;

    @TempDir
    Path recordings;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** A call at the moment of the kill: so many packets of each of its streams had been received. */
    private record Call(String callId, long seed, long received) {}

    private record Placed(SrcCall call, long seed) {}

    @BeforeEach
    void ffmpegIsThere() {
        Tools.require("ffmpeg", "ffmpeg");
    }

    @Test
    void C218_whatIsLeftAfterSigkillIsWholeUpToTheLastSecond() throws Exception {
        LauncherProcess launcher = serve(0);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                int moment = random.nextInt(LATEST_KILL_MS);
                List<Call> calls = killUnderCalls(launcher, moment);
                launcher = serve(kill + 1);
                awaitRepair(launcher);
                check(calls, "kill " + kill + " of seed " + SEED + ", after " + moment + " ms");
            }
        } finally {
            launcher.close();
        }
    }

    private LauncherProcess serve(int number) throws Exception {
        return LauncherProcess.serve(
                recordings,
                Map.of(
                        "PORTS",
                        Integer.toString(FreePorts.udpAndTcp()),
                        "RTP_PORT_MIN",
                        "0",
                        "RTP_PORT_MAX",
                        "0",
                        "RECORDING_FORMAT",
                        number % 2 == 0 ? "wav" : "wav-g711"));
    }

    private List<Call> killUnderCalls(LauncherProcess launcher, int moment) throws Exception {
        SyntheticSrc src = SyntheticSrc.builder().start();
        try {
            List<Placed> calls = place(src, launcher);
            TimeUnit.MILLISECONDS.sleep(moment); // that it is any moment is what is tested
            long heard = launcher.counts().get("rtpPackets").asLong();
            long[] sent = calls.stream()
                    .mapToLong(placed -> placed.call().packetsSent())
                    .toArray();
            launcher.kill();
            long waiting = Math.max(0, Arrays.stream(sent).sum() - heard) / (2 * CALLS) + 1; // in each socket, about
            List<Call> killed = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Placed placed = calls.get(i);
                killed.add(new Call(placed.call().callId(), placed.seed(), sent[i] / 2 - waiting));
            }
            return killed;
        } finally {
            new Thread(src::close, "src-close").start(); // it waits for answers that never come
        }
    }

    /** So many calls that are recorded. A server that has just started may ask for patience. */
    private static List<Placed> place(SyntheticSrc src, LauncherProcess launcher) throws Exception {
        List<Placed> calls = new ArrayList<>();
        for (long seed = 0; calls.size() < CALLS; ) {
            assertThat(seed).as("tries for %s calls", calls.size()).isLessThan(5 * CALLS);
            List<Placed> next = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_A_TIME, CALLS - calls.size()); i++, seed++) {
                next.add(new Placed(src.call(settings(launcher, seed)), seed));
            }
            int before = calls.size();
            for (Placed one : next) {
                try {
                    one.call().accepted().get(40, TimeUnit.SECONDS);
                    calls.add(one);
                } catch (ExecutionException refused) {
                    assertThat(refused).hasMessageContaining("503 Overloaded");
                }
            }
            if (calls.size() < before + next.size()) {
                TimeUnit.SECONDS.sleep(1); // what its Retry-After asks for, at the least
            }
        }
        return calls;
    }

    private static SrcCallSettings settings(LauncherProcess launcher, long seed) {
        return SrcCallSettings.builder("sip:127.0.0.1:" + launcher.sipPort())
                .audio(AudioSources.noise(2 * seed), AudioSources.noise(2 * seed + 1))
                .seed(seed)
                .untilHungUp()
                .build();
    }

    private static void awaitRepair(LauncherProcess launcher) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (launcher.output().stream().noneMatch(line -> line.contains(" recordings that a crash had cut off"))) {
            assertThat(System.nanoTime() - deadline)
                    .as("time to repair, with this output: %s", launcher.output())
                    .isNegative();
            TimeUnit.MILLISECONDS.sleep(20); // another process: there is nothing to be notified by
        }
    }

    private void check(List<Call> calls, String when) throws Exception {
        List<Path> sessions = LauncherProcess.sessions(recordings);
        assertThat(sessions).as(when).hasSize(CALLS);
        playsElsewhere(sessions.get(random.nextInt(CALLS)), when);
        for (Path session : sessions) {
            JsonNode manifest = LauncherProcess.manifest(session);
            Call call = calls.stream()
                    .filter(one -> one.callId().equals(manifest.get("callId").asText()))
                    .findFirst()
                    .orElseThrow();
            assertThat(manifest.get("state").asText()).as(when).isEqualTo("ended");
            assertThat(manifest.get("endCause").asText()).as(when).isEqualTo("interrupted");
            assertThat(manifest.get("streams")).as(when).hasSize(2);
            for (JsonNode stream : manifest.get("streams")) {
                long voice = 2 * call.seed() + stream.get("number").asLong() - 1;
                check(session, stream, voice, call.received(), when + ", " + session);
            }
            delete(session);
        }
    }

    private static void check(Path session, JsonNode stream, long voice, long received, String when) throws Exception {
        Path file = session.resolve(stream.get("file").asText());
        byte[] bytes = Files.readAllBytes(file);
        assertSizes(bytes, when);
        assertThat(stream.get("bytes").asLong()).as(when).isEqualTo(bytes.length);
        assertThat(stream.get("sha256").asText())
                .as(when)
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        short[] samples = WavAudio.read(file).samples();
        assertThat(stream.get("samples").asInt()).as(when).isEqualTo(samples.length);
        assertThat(received * PACKET_SAMPLES - audio(samples, voice, when))
                .as("samples that had been received and are not there, %s", when)
                .isLessThanOrEqualTo(MAX_SHORT_SAMPLES);
    }

    /** Both sizes in the header count what is there, to the byte. */
    private static void assertSizes(byte[] bytes, String when) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(4)).as("RIFF size, %s", when).isEqualTo(bytes.length - RIFF_HEAD_BYTES);
        int chunk = 12;
        while (file.getInt(chunk) != 0x6174_6164) { // "data"
            chunk += RIFF_HEAD_BYTES + file.getInt(chunk + 4);
        }
        int data = file.getInt(chunk + 4);
        assertThat(data + (data & 1)) // chunks have an even length
                .as("data size, %s", when)
                .isEqualTo(bytes.length - chunk - RIFF_HEAD_BYTES);
    }

    /** All samples but for silence at the start are the beginning of what was sent; how many they are. */
    private static int audio(short[] recorded, long voice, String when) {
        short[] sent = new short[recorded.length];
        AudioSources.noise(voice).read(0, sent, 0, sent.length);
        for (int i = 0; i < sent.length; i++) {
            sent[i] = G711.decodeUlaw(G711.encodeUlaw(sent[i]));
        }
        int lead = firstSound(sent);
        int silence = firstSound(recorded) - lead;
        int length = recorded.length - Math.max(0, silence);
        if (length > 0) {
            assertThat(silence).as("silence at the start, %s", when).isNotNegative();
            int difference = Arrays.mismatch(recorded, silence, recorded.length, sent, 0, length);
            if (difference >= 0) {
                int from = silence + difference;
                short[] other = Arrays.copyOfRange(recorded, from, Math.min(recorded.length, from + 100));
                fail("sample %d of %d behind %d of silence is not what was sent but %s, %s"
                        .formatted(
                                difference,
                                length,
                                silence,
                                RecordingCheck.find(other, sent).describe(),
                                when));
            }
        }
        return length;
    }

    private static int firstSound(short[] samples) {
        int first = 0;
        while (first < samples.length && samples[first] == 0) {
            first++;
        }
        return first;
    }

    /** Another program reads all of it, and the same. */
    private void playsElsewhere(Path session, String when) throws Exception {
        Path file = session.resolve("stream-1.wav");
        Path raw = session.resolve("played.raw");
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-loglevel",
                        "error",
                        "-i",
                        file.toString(),
                        "-f",
                        "s16le",
                        raw.toString())
                .redirectErrorStream(true)
                .start();
        String complaint = new String(ffmpeg.getInputStream().readAllBytes());
        assertThat(ffmpeg.waitFor(30, TimeUnit.SECONDS)).isTrue();
        short[] samples = WavAudio.read(file).samples();
        if (samples.length > 0) {
            assertThat(complaint).as(when).isEmpty();
            ByteBuffer played = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
            short[] heard = new short[played.remaining() / 2];
            played.asShortBuffer().get(heard);
            assertThat(heard).as(when).isEqualTo(samples);
        }
    }

    private static void delete(Path session) throws Exception {
        try (Stream<Path> files = Files.list(session)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(session);
    }
}
