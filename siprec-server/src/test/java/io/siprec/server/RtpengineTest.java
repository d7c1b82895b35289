package io.siprec.server;

import static io.siprec.server.RawDialog.multipart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.RecordingCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that rtpengine forwards and sends to us as an OpenSIPS with its siprec module has it do: media, SRTP and codecs of others. */
@Timeout(60)
class RtpengineTest {
    private static final int PACKETS = 150;
    private static final int SAMPLES = PACKETS * RtpengineCall.PACKET_SAMPLES;
    private static final double TONE_HZ = 1_000;
    private static final AudioSource SILENCE = AudioSources.pcm(new short[0]);
    private static final String METADATA = """
            <recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode>complete</datamode>
            <session session_id='cs'/>
            <participant participant_id='caller'><nameID aor='sip:caller@example.com'/></participant>
            <participant participant_id='callee'><nameID aor='sip:callee@example.com'/></participant>
            <stream stream_id='s1' session_id='cs'><label>1</label></stream>
            <stream stream_id='s0' session_id='cs'><label>0</label></stream>
            <participantstreamassoc participant_id='caller'><send>s1</send><recv>s0</recv></participantstreamassoc>
            <participantstreamassoc participant_id='callee'><send>s0</send><recv>s1</recv></participantstreamassoc>
            </recording>""";

    @TempDir
    static Path work;

    private static Rtpengine engine;

    @TempDir
    Path recordings;

    @BeforeAll
    static void start() throws Exception {
        Programs.require("rtpengine", "rtpengine-daemon");
        engine = Rtpengine.start(work);
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void C192_aForwardedCallIsRecordedSampleBySample() throws Exception {
        AudioSource caller = AudioSources.noise(1);
        AudioSource callee = AudioSources.noise(2);
        RecordedCall recorded = record(request -> {}, sdp -> sdp, caller, callee);
        assertHolds(recorded, "1", caller, "caller");
        assertHolds(recorded, "0", callee, "callee");
        assertThat(recorded.stream("1").get("codecs").toString()).contains("PCMA");
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80",
        "AES_CM_128_HMAC_SHA1_32",
        "AES_256_CM_HMAC_SHA1_80",
        "AEAD_AES_128_GCM",
        "AEAD_AES_256_GCM"
    })
    void C198_C204_anEncryptedCallIsRecordedSampleBySample(String suite) throws Exception {
        AudioSource caller = AudioSources.noise(3);
        AudioSource callee = AudioSources.noise(4);
        RecordedCall recorded = record(
                request -> request.put("transport-protocol", "RTP/SAVP"), sdp -> only(suite, sdp), caller, callee);
        assertHolds(recorded, "1", caller, "caller");
        assertHolds(recorded, "0", callee, "callee");
        assertThat(recorded.stream("1").get("srtpSuite").asText()).isEqualTo(suite);
        assertThat(recorded.stream("1").at("/packets/rejected")).allMatch(count -> count.asLong() == 0);
    }

    @Test
    void C199_ofAllTheKeysThatItOffersOneIsTaken() throws Exception {
        AudioSource caller = AudioSources.noise(5);
        AudioSource callee = AudioSources.noise(6);
        RecordedCall recorded =
                record(request -> request.put("transport-protocol", "RTP/SAVP"), sdp -> sdp, caller, callee);
        assertHolds(recorded, "1", caller, "caller");
        assertHolds(recorded, "0", callee, "callee");
    }

    /**
     * A tone of the caller has its frequency, level and length; the voice of the callee is the one that was heard. Its Opus is
     * stereo: it spreads one channel over two of half the power each.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"PCMU, 8000, 0, 0.999", "G722, 16000, 0, 0.999", "opus, 48000, -3.01, 0.97"})
    void C192_C193_aTranscodedCallSoundsAsItWasSpoken(String codec, int rateHz, double gainDb, double alike)
            throws Exception {
        AudioSource caller = tone();
        AudioSource callee = AudioSources.speechLike(7);
        RecordedCall recorded = transcode(
                request -> {
                    ObjectNode wanted = request.putObject("codec");
                    wanted.putArray("strip").add("all");
                    wanted.putArray("transcode").add(codec);
                },
                caller,
                callee);
        WavAudio tone = recorded.audio("1");
        assertThat(tone.sampleRateHz()).isEqualTo(rateHz);
        assertTone(tone, recorded.stream("1").get("firstSampleOffset").asInt(), gainDb);
        WavAudio voice = recorded.audio("0");
        Similarity heard = Similarity.of(
                spoken(callee),
                voice,
                recorded.stream("0").get("firstSampleOffset").asInt());
        assertThat(heard.correlation())
                .as("correlation at %s ms, %s", heard.beginMs(), recorded.stream("0"))
                .isGreaterThan(alike);
        assertThat(heard.gainDb()).as("gain in dB").isCloseTo(gainDb, within(0.5));
        assertThat(recorded.stream("0").at("/packets/lost").asLong()).isZero();
        assertThat(recorded.stream("0").at("/packets/undecodable").asLong()).isZero();
    }

    /** Three seconds, of which 2.8 are the tone, between silences of 100 ms. */
    private static AudioSource tone() {
        short[] samples = new short[SAMPLES];
        AudioSources.tone(TONE_HZ, 0.5).read(0, samples, 800, SAMPLES - 1_600);
        return AudioSources.pcm(samples);
    }

    private static void assertTone(WavAudio audio, int from, double gainDb) {
        short[] samples = audio.samples();
        int rateHz = audio.sampleRateHz();
        int window = rateHz / 100;
        int first = -1;
        int last = -1;
        double power = 0;
        int inside = 0;
        for (int at = from; at + window <= samples.length; at += window) {
            if (rms(samples, at, window) > 2_000) {
                first = first < 0 ? at : first;
                last = at + window;
            }
        }
        for (int i = first + rateHz / 10; i < last - rateHz / 10; i++, inside++) {
            power += (double) samples[i] * samples[i];
        }
        assertThat((last - first) / (double) rateHz).as("seconds of tone").isCloseTo(2.8, within(0.02));
        assertThat(10 * Math.log10(power / inside / (16_384.0 * 16_384.0 / 2)))
                .as("level in dB")
                .isCloseTo(gainDb, within(0.5));
        int settled = last - 2 * rateHz - rateHz / 10; // an Opus encoder takes half a second to see that it is no voice
        assertThat(Similarity.shareOfTone(samples, settled, 2 * rateHz, TONE_HZ, rateHz))
                .as("share of the tone")
                .isGreaterThan(0.99);
    }

    private static double rms(short[] samples, int from, int length) {
        double power = 0;
        for (int i = from; i < from + length; i++) {
            power += (double) samples[i] * samples[i];
        }
        return Math.sqrt(power / length);
    }

    /** Leaves of the keys in an offer those of one suite. */
    private static String only(String suite, String sdp) {
        return Arrays.stream(sdp.split("\r\n"))
                .filter(line -> !line.startsWith("a=crypto:") || line.contains(" " + suite + " "))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private interface Edit {
        String of(String sdp);
    }

    /** A call whose copies are encrypted or not, of the same packets as the call. */
    private RecordedCall record(Consumer<ObjectNode> more, Edit offer, AudioSource caller, AudioSource callee)
            throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RtpengineCall call = RtpengineCall.place(engine, src.callId())) {
            establish(src, call, more, offer, false);
            for (int i = 0; i < PACKETS; i++) {
                call.speak(caller, callee);
                TimeUnit.MILLISECONDS.sleep(5); // it learns from the first packets who sends
            }
            server.awaitRtp(2 * PACKETS);
            src.bye();
            return server.awaitRecording();
        }
    }

    /** Parties go on in silence until all that they said is in the recorder's hands: the codec holds some of it back. */
    private RecordedCall transcode(Consumer<ObjectNode> more, AudioSource caller, AudioSource callee) throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RtpengineCall call = RtpengineCall.place(engine, src.callId())) {
            establish(src, call, more, sdp -> sdp, true);
            for (int i = 0; i < PACKETS || server.server().statistics().rtpPackets() < 2 * PACKETS + 4; i++) {
                assertThat(i).as("packets in vain").isLessThan(PACKETS + 500);
                call.speak(i < PACKETS ? caller : SILENCE, i < PACKETS ? callee : SILENCE);
                TimeUnit.MILLISECONDS.sleep(20); // it sends what it transcodes at its time
            }
            src.bye();
            return server.awaitRecording();
        }
    }

    private static void establish(
            RawDialog src, RtpengineCall call, Consumer<ObjectNode> more, Edit offer, boolean transcoded)
            throws IOException {
        String body = multipart(offer.of(call.subscribe(more)), METADATA);
        String ok = src.invite("multipart/mixed;boundary=b", body);
        assertThat(ok).startsWith("SIP/2.0 200 ");
        call.subscribed(RawDialog.body(ok), transcoded);
        src.acknowledge(ok, "", "");
    }

    private static void assertHolds(RecordedCall recorded, String label, AudioSource spoken, String participant)
            throws Exception {
        RecordingCheck.Match match =
                RecordingCheck.find(spoken(spoken), recorded.audio(label).samples());
        assertThat(match.exact()).as("stream %s: %s", label, match.describe()).isTrue();
        JsonNode stream = recorded.stream(label);
        assertThat(stream.at("/packets/received").asInt()).isEqualTo(PACKETS);
        assertThat(stream.at("/packets/lost").asInt()).isZero();
        assertThat(stream.at("/completeness/complete").asBoolean()).isTrue();
        assertThat(stream.at("/participantIds/0").asText()).isEqualTo(participant);
    }

    /** As A-law gives it back. */
    private static short[] spoken(AudioSource source) {
        short[] samples = new short[SAMPLES];
        source.read(0, samples, 0, SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = G711.decodeAlaw(G711.encodeAlaw(samples[i]));
        }
        return samples;
    }
}
