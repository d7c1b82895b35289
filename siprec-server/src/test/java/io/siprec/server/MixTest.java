package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.WavAudio;
import io.siprec.rtp.WavMix.Layout;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SyntheticSrc;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file of all streams. */
class MixTest {
    @TempDir
    Path recordings;

    @ParameterizedTest(name = "of {0} files")
    @EnumSource(RecordingFormat.class)
    void stereoHasAStreamOnEachSide(RecordingFormat format) throws Exception {
        try (TestServer server =
                TestServer.start(recordings, 1, it -> it.mix(Layout.STEREO).recordingFormat(format))) {
            RecordedCall recorded = record(server);
            WavAudio mix = mix(recorded, "stereo");
            int length = Math.max(
                    recorded.audio("1").samples().length, recorded.audio("2").samples().length);

            assertThat(mix.channels()).isEqualTo(2);
            assertThat(mix.channel(0))
                    .isEqualTo(Arrays.copyOf(recorded.audio("1").samples(), length));
            assertThat(mix.channel(1))
                    .isEqualTo(Arrays.copyOf(recorded.audio("2").samples(), length));
        }
    }

    @Test
    void monoHasTheirSum() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, it -> it.mix(Layout.MONO))) {
            RecordedCall recorded = record(server);
            short[] mix = mix(recorded, "mono").samples();
            short[] one = Arrays.copyOf(recorded.audio("1").samples(), mix.length);
            short[] two = Arrays.copyOf(recorded.audio("2").samples(), mix.length);

            for (int i = 0; i < mix.length; i++) {
                int sum = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, one[i] + two[i]));
                assertThat(mix[i]).as("sample %d", i).isEqualTo((short) sum);
            }
        }
    }

    @Test
    void aMixThatCanNotBeMadeCostsNothingElse() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, it -> it.mix(Layout.MONO));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            var call = src.call(settings(server).untilHungUp().build());
            Path folder = recordings.resolve(server.await("started").directory());
            call.played(Duration.ofMillis(300)).get();
            Files.createDirectories(folder.resolve("mix.wav").resolve("in-the-way"));
            call.hangUp();
            RecordedCall recorded = server.awaitRecording();

            assertThat(recorded.manifest().at("/mix/error").asText()).startsWith("not mixed: ");
            assertThat(recorded.stream("1").get("sha256").asText()).hasSize(64);
        }
    }

    /**
     * Both legs arrive together, their clocks begin anywhere. By its reports the SRC took the second one up 500 ms later: the
     * network was faster with it.
     */
    @Test
    void C182_legsLieAsTheReportsOfTheSrcSay() throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (TestServer server = TestServer.start(recordings, 1, it -> it.mix(Layout.STEREO));
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp one = new RawRtp();
                RawRtp two = new RawRtp();
                DatagramSocket reports = new DatagramSocket(0, here)) {
            two.lose(12_345);
            List<Integer> to = RawDialog.ports(src.establish(RawDialog.sdp(
                    RawDialog.line(one.port(), "1", "sendonly"), RawDialog.line(two.port(), "2", "sendonly"))));
            one.send(to.get(0), 50);
            two.send(to.get(1), 50);
            server.awaitRtp(100);
            report(reports, to.get(0) + 1, 0, 0);
            report(reports, to.get(1) + 1, 12_345 * 160, 500);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            int first1 = recorded.stream("1").get("firstSampleOffset").asInt();
            int first2 = recorded.stream("2").get("firstSampleOffset").asInt();
            WavAudio mix = mix(recorded, "stereo");
            int delay = firstSound(mix.channel(1)) - firstSound(mix.channel(0));
            assertThat(Math.abs(first2 - first1)).as("by arrival").isLessThan(8 * 400);
            assertThat(delay).as("in samples: 500 ms to 20 ms").isBetween(8 * 480, 8 * 520);
        }
    }

    private static int firstSound(short[] samples) {
        int at = 0;
        while (samples[at] == 0) {
            at++;
        }
        return at;
    }

    /** An SR: at {@code ms} on the SRC's clock its RTP clock had this timestamp. */
    private static void report(DatagramSocket from, int port, int timestamp, long ms) throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(28).putInt(0x80c8_0006).putInt(7);
        packet.putInt(0xe000_0000)
                .putInt((int) ((ms << 32) / 1_000))
                .putInt(timestamp)
                .putInt(50)
                .putInt(8_000);
        from.send(new DatagramPacket(packet.array(), 28, InetAddress.getByName("127.0.0.1"), port));
    }

    @Test
    void thereIsNoneUnlessWanted() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1)) {
            RecordedCall recorded = record(server);

            assertThat(recorded.folder().resolve("mix.wav")).doesNotExist();
            assertThat(recorded.manifest().has("mix")).isFalse();
        }
    }

    private static WavAudio mix(RecordedCall recorded, String layout) throws Exception {
        Path file = recorded.folder().resolve("mix.wav");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        JsonNode told = recorded.manifest().get("mix");
        assertThat(told.get("layout").asText()).isEqualTo(layout);
        assertThat(told.get("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(told.get("bytes").asLong()).isEqualTo(Files.size(file));
        return WavAudio.read(file);
    }

    private static RecordedCall record(TestServer server) throws Exception {
        try (SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(settings(server).duration(Duration.ofSeconds(1)).build());
            return server.awaitRecording();
        }
    }

    private static SrcCallSettings.Builder settings(TestServer server) throws Exception {
        return SrcCallSettings.builder(server.uri(Transport.UDP))
                .streams(2)
                .audio(AudioSources.noise(1), AudioSources.noise(2));
    }
}
