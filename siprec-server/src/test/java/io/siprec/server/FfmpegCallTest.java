package io.siprec.server;

import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpSuite;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.RecordingCheck;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls whose media comes from ffmpeg: its RTP, its SRTP, its encoders. */
@Timeout(60)
class FfmpegCallTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SAMPLES = 3 * 8_000;
    private static final int MOST_BYTES = 400; // of a packet: G.711 is cut by it, a frame of Opus must fit

    @TempDir
    Path work;

    @BeforeEach
    void ffmpegIsThere() {
        Programs.require("ffmpeg", "ffmpeg");
    }

    /** Under its SDES name, ffmpeg gives the second suite RTCP tags of 32 bits, against RFC 4568 §6.2.2. */
    @ParameterizedTest(name = "{0} under {1}")
    @CsvSource({
        "alaw,  8 PCMA, AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_80",
        "mulaw, 0 PCMU, AES_CM_128_HMAC_SHA1_32, SRTP_AES128_CM_HMAC_SHA1_32"
    })
    void C198_C204_itsEncryptedCallIsRecordedSampleBySample(String law, String format, SrtpSuite suite, String itsName)
            throws Exception {
        AudioSource spoken = AudioSources.noise(9);
        byte[] codes = codes(spoken, law);
        Path raw = Files.write(work.resolve("spoken"), codes);
        SrtpKeys keys = SrtpKeys.generate(suite, RANDOM);
        String key = Base64.getEncoder().encodeToString(keys.keyAndSalt());
        String line = "RTP/SAVP " + format.split(" ")[0] + "\r\na=rtpmap:" + format + "/8000\r\na=crypto:1 " + suite
                + " inline:" + key + "\r\n";
        RecordedCall recorded = record(
                line,
                List.of("-f", law, "-ar", "8000", "-ac", "1", "-i", raw.toString(), "-c:a", "copy"),
                List.of("-srtp_out_suite", itsName, "-srtp_out_params", key),
                "srtp");
        RecordingCheck.Match match =
                RecordingCheck.find(decoded(codes, law), recorded.audio("1").samples());
        assertThat(match.exact()).as(match.describe()).isTrue();
        JsonNode stream = recorded.stream("1");
        assertThat(stream.get("srtpSuite").asText()).isEqualTo(suite.name());
        assertThat(stream.at("/packets/received").asInt())
                .isGreaterThan(SAMPLES / MOST_BYTES)
                .isEqualTo(stream.at("/packets/expected").asInt());
        assertThat(stream.at("/packets/rejected")).allMatch(count -> count.asLong() == 0);
        assertThat(stream.at("/completeness/complete").asBoolean()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"g722, 9 G722/8000, 16000, 0.999", "libopus, 96 opus/48000/2, 48000, 0.97"})
    void C192_C193_whatItsEncodersMakeSoundsAsItWasSpoken(String encoder, String format, int rateHz, double alike)
            throws Exception {
        short[] spoken = new short[SAMPLES];
        AudioSources.speechLike(5).read(0, spoken, 0, SAMPLES);
        ByteBuffer pcm = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        pcm.asShortBuffer().put(spoken);
        Path raw = Files.write(work.resolve("spoken"), pcm.array());
        String line = "RTP/AVP " + format.split(" ")[0] + "\r\na=rtpmap:" + format + "\r\n";
        RecordedCall recorded = record(
                line,
                List.of("-f", "s16le", "-ar", "8000", "-ac", "1", "-i", raw.toString(), "-c:a", encoder),
                List.of("-ar", Integer.toString(rateHz), "-payload_type", format.split(" ")[0]),
                "rtp");
        WavAudio audio = recorded.audio("1");
        assertThat(audio.sampleRateHz()).isEqualTo(rateHz);
        Similarity heard = Similarity.of(
                spoken, audio, recorded.stream("1").get("firstSampleOffset").asInt());
        assertThat(heard.correlation()).as("correlation").isGreaterThan(alike);
        assertThat(heard.gainDb()).as("gain in dB").isCloseTo(0, within(0.5));
        assertThat(audio.samples().length / (double) rateHz).as("seconds").isCloseTo(3, within(0.06));
        assertThat(recorded.stream("1").at("/packets/undecodable").asInt()).isZero();
        assertThat(recorded.stream("1").at("/completeness/complete").asBoolean())
                .isTrue();
    }

    /** What arrives from the port that the offer names until ffmpeg has ended. */
    private RecordedCall record(String line, List<String> input, List<String> output, String scheme) throws Exception {
        int local = FreePorts.udpRange(2);
        try (TestServer server = TestServer.start(work.resolve("recordings"), 1);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String ok = src.establish(sdp("m=audio " + local + " " + line + "a=label:1\r\na=sendonly\r\n"));
            assertThat(ok).startsWith("SIP/2.0 200 ");
            int port = ports(ok).get(0);
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-re"));
            command.addAll(input);
            command.addAll(output);
            command.addAll(List.of("-f", "rtp", "-seq", "65530"));
            command.add(scheme + "://127.0.0.1:" + port + "?rtcpport=" + (port + 1) + "&localrtpport=" + local
                    + "&localrtcpport=" + (local + 1) + "&pkt_size=" + MOST_BYTES);
            Process ffmpeg = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("ffmpeg.log").toFile())
                    .start();
            try {
                assertThat(ffmpeg.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(ffmpeg.exitValue())
                        .as(Files.readString(work.resolve("ffmpeg.log")))
                        .isZero();
            } finally {
                ffmpeg.destroyForcibly();
            }
            src.bye();
            return server.awaitRecording();
        }
    }

    private static byte[] codes(AudioSource spoken, String law) {
        short[] samples = new short[SAMPLES];
        spoken.read(0, samples, 0, SAMPLES);
        byte[] codes = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            codes[i] = law.equals("alaw") ? G711.encodeAlaw(samples[i]) : G711.encodeUlaw(samples[i]);
        }
        return codes;
    }

    private static short[] decoded(byte[] codes, String law) {
        short[] samples = new short[codes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = law.equals("alaw") ? G711.decodeAlaw(codes[i]) : G711.decodeUlaw(codes[i]);
        }
        return samples;
    }
}
