package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FORMATS;
import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.OTHER;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static io.siprec.rtp.internal.ReceiverRig.join;
import static io.siprec.rtp.internal.ReceiverRig.silence;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioState;
import io.siprec.rtp.Contribution;
import io.siprec.rtp.Gap;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.StreamStatistics.Listening;
import io.siprec.rtp.TimeOrigin;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream can prove of its completeness: gaps and their causes, pauses, arrivals, and why there is no audio. */
class ProofTest {
    private final ReceiverRig rig = ReceiverRig.signalled();

    /**
     * Each word is 20 ms: a audio, - a packet lost, . nothing sent while the clock runs, c comfort noise, e an event, u an
     * undecodable packet, h a packet on the inactive line, p one while paused, R audio of a new SSRC (two prove it). The result
     * is the gaps: first frame + frames, cause.
     */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets    | gaps                       | why
        aaaa         | ''                         | nothing is missing
        a---a        | 1+3 NETWORK                | sequence numbers are missing
        a...a        | 1+3 NO_PACKETS             | none is: the sender was silent (C173)
        ac..a        | 1+3 NO_AUDIO               | comfort noise announced it
        aeeea        | 1+3 NO_AUDIO               | a tone was sent as events
        auua         | 1+2 UNDECODABLE            | no decoder here
        a-c.a        | 1+1 NETWORK, 2+2 NO_AUDIO  | two causes: cut by their packets
        a-u.a        | 1+1 NETWORK, 2+1 UNDECODABLE, 3+1 NO_PACKETS | three
        ahhha        | 1+3 HOLD                   | the line was inactive
        a-hha        | 1+3 HOLD                   | what was lost beside a hold can't be told
        apppa        | 1+3 PAUSE                  | we had paused
        ahppa        | 1+3 PAUSE                  | a pause over a hold
        auhha        | 1+2 HOLD, 3+1 UNDECODABLE  | what came beside a hold is known
        auppa        | 1+2 PAUSE, 3+1 UNDECODABLE | or a pause
        a...RR       | 1+3 REANCHORED             | another clock: nobody knows what was sent
        a-a-a        | 1+1 NETWORK, 3+1 NETWORK   | two losses
        """)
    void C172_C173_C174_gapsTellTheirCause(String packets, String gaps, String why) {
        play(packets.trim());
        short[] file = rig.finished();
        assertThat(rig.timeline.gaps().stream()
                        .map(gap -> gap.firstSample() / FRAME + "+" + gap.samples() / FRAME + " " + gap.cause())
                        .collect(Collectors.joining(", ")))
                .as(why)
                .isEqualTo(gaps);
        for (Gap gap : rig.timeline.gaps()) {
            int from = (int) gap.firstSample();
            assertThat(Arrays.copyOfRange(file, from, from + (int) gap.samples()))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest(name = "{0}: {1} frames without a decoder")
    @CsvSource({"aaaa, 0", "auua, 2", "uuua, 3", "auuu, 3", "uauu, 3", "uahh, 1", "au.., 1"})
    void whatHasNoDecoderIsMissingAlsoBeforeTheFirstAudioAndBehindTheLast(String packets, long frames) {
        play(packets);
        rig.finished();
        assertThat(rig.timeline.gapSamples().getOrDefault(Gap.Cause.UNDECODABLE, 0L))
                .isEqualTo(frames * FRAME);
    }

    /** w another payload type, s the recorded SSRC from another address, x a stranger. */
    @ParameterizedTest(name = "{0}: {1} frames are missing")
    @CsvSource({
        "aaaa, 0", "aaww, 2", "aass, 2", "awsw, 3", "aaxx, 0", "aw.., 1", "awwa, 2", "ahwa, 0", "apwa, 0", "apww, 2"
    })
    void whatIsRefusedAfterTheLastAudioIsMissing(String packets, long frames) {
        play(packets);
        rig.finished();
        assertThat(rig.timeline.gapSamples().getOrDefault(Gap.Cause.NETWORK, 0L))
                .isEqualTo(frames * FRAME);
    }

    @ParameterizedTest(name = "a clock of {0} ticks a packet: {1} samples are missing")
    @CsvSource({"160, 0", "159, 0", "320, 0", "80, 720", "0, 1440"})
    void whatASlowClockOverwritesIsMissing(int ticks, long samples) {
        for (int i = 0; i < 10; i++) {
            rig.packet(SIGNALLED, 7, 0, 100 + i, 5_000L + (long) i * ticks, ReceiverRig.ulaw(frame(i)));
        }
        rig.finished();
        assertThat(rig.timeline.gapSamples().getOrDefault(Gap.Cause.REANCHORED, 0L))
                .isEqualTo(samples);
    }

    private void play(String packets) {
        int sequence = 100;
        for (int i = 0; i < packets.length(); i++) {
            char kind = packets.charAt(i);
            rig.receiver.update(FORMATS, Optional.of(SIGNALLED), kind != 'h', rig.nowNanos);
            if ((kind == 'p') != rig.receiver.paused()) {
                pause(kind == 'p');
            }
            boolean sent = kind != '-' && kind != '.';
            if (sent) {
                int type = kind == 'c' ? 13 : kind == 'e' ? 101 : kind == 'u' ? 18 : kind == 'w' ? 99 : 0;
                long ssrc = kind == 'R' ? 99 : kind == 'x' ? 8 : 7;
                InetSocketAddress source = kind == 's' || kind == 'x' ? OTHER : SIGNALLED;
                rig.packet(source, ssrc, type, sequence, 5_000L + i * FRAME, ReceiverRig.ulaw(frame(i)));
            }
            sequence += kind == '.' ? 0 : 1;
            rig.sweep(FRAME_NANOS);
        }
    }

    private void pause(boolean paused) {
        if (paused) {
            rig.receiver.pause();
        } else {
            rig.receiver.resume();
        }
    }

    @Test
    void C172_aStragglerTakesItsPlaceOutOfTheGaps() {
        for (int i : new int[] {0, 1, 6, 3, 7, 8}) {
            rig.packet(SIGNALLED, 7, i, (long) i * FRAME, frame(i));
        }
        rig.finished();
        assertThat(rig.timeline.gaps())
                .containsExactly(
                        new Gap(2 * FRAME, FRAME, Gap.Cause.NETWORK), new Gap(4 * FRAME, 2 * FRAME, Gap.Cause.NETWORK));
        assertThat(rig.timeline.gapSamples()).isEqualTo(Map.of(Gap.Cause.NETWORK, 3L * FRAME));
        assertThat(rig.statistics().lost()).isEqualTo(3);
    }

    @Test
    void C190_nothingOfAPauseIsRecordedNotEvenWhatComesAfterIt() {
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        rig.receiver.pause();
        assertThat(rig.statistics().listening()).isEqualTo(Listening.PAUSED);
        for (int i = 10; i < 50; i++) {
            if (i != 48 && i != 30) {
                send(i);
            }
        }
        rig.receiver.resume();
        send(48); // overtaken, and sent in the pause
        send(50);
        send(30);
        send(49); // twice
        for (int i = 51; i < 60; i++) {
            send(i);
        }
        assertThat(rig.finished()).isEqualTo(join(frames(0, 10), silence(40 * FRAME), frames(50, 10)));
        assertThat(rig.timeline.gaps()).containsExactly(new Gap(10 * FRAME, 40 * FRAME, Gap.Cause.PAUSE));
        assertThat(rig.statistics().rejectedPaused()).isEqualTo(41);
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().listening()).isEqualTo(Listening.RECEIVING);
    }

    @Test
    void theBarrierOfAPauseIsGoneWhenNumbersComeRoundAgain() {
        rig.packet(SIGNALLED, 7, 0, 0, frame(0));
        rig.receiver.pause();
        rig.packet(SIGNALLED, 7, 1, FRAME, frame(1));
        rig.receiver.resume();
        for (int i = 2; i < 70_000; i++) {
            rig.packet(SIGNALLED, 7, 0, i, i, new byte[1]);
            rig.sweep(125_000);
        }
        assertThat(rig.statistics().rejectedPaused()).isEqualTo(1);
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().received()).isEqualTo(69_999);
    }

    private void send(int index) {
        rig.packet(SIGNALLED, 7, index, (long) index * FRAME, frame(index));
        rig.sweep(FRAME_NANOS);
    }

    @Test
    void arrivalsAreToldOnTheWallClock() {
        assertThat(rig.statistics().arrival().first()).isEmpty();
        rig.sweep(3 * FRAME_NANOS);
        send(0);
        send(1);
        send(2);
        rig.sweep(5 * FRAME_NANOS);
        StreamStatistics.Arrival arrival = rig.statistics().arrival();
        assertThat(arrival.first()).contains(ReceiverRig.NOW.minusNanos(8 * FRAME_NANOS));
        assertThat(arrival.last()).contains(ReceiverRig.NOW.minusNanos(6 * FRAME_NANOS));
        assertThat(arrival.listened()).isEqualTo(Duration.ofMillis(11 * 20));
        rig.receiver.pause();
        rig.sweep(50 * FRAME_NANOS);
        rig.sweep(50 * FRAME_NANOS);
        assertThat(rig.statistics().arrival().listened()).isEqualTo(Duration.ofMillis(11 * 20));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
        20 |   0 | 0      | a steady sender has none
        20 |   8 | 8      | alternately 8 ms late and early settles at 8 ms, as A.8 gives
        20 |  16 | 16     | and 16 at 16
        100 |  0 | 0      | sweeps of five packets: the newest of each counts, so that the sweep is no jitter
        """)
    void C180_jitterIsThatOfA8(int sweepMs, int lateMs, int jitterMs, String why) {
        int perSweep = sweepMs / 20;
        for (int i = 0; i < 2_000; i++) {
            for (int k = 0; k < perSweep; k++) {
                int index = i * perSweep + k;
                rig.packet(SIGNALLED, 7, index, (long) index * FRAME, frame(index));
            }
            boolean late = i % 2 == 0;
            rig.sweep((sweepMs + (late ? lateMs : -lateMs)) * 1_000_000L);
        }
        StreamStatistics.Arrival arrival = rig.statistics().arrival();
        assertThat(arrival.jitter().toMillis()).as(why).isBetween(jitterMs - 1L, (long) jitterMs);
        assertThat(arrival.resolution().toMillis())
                .as("a packet time, or a sweep")
                .isBetween(9L, 20L);
    }

    /** The reference code of RFC 3550 A.8, packet by packet. */
    @Test
    void C180_jitterEqualsTheReferenceCode() {
        Jitter jitter = new Jitter();
        Random random = new Random(8);
        int transit = 0;
        int scaled = 0;
        for (int i = 0; i < 1_000; i++) {
            long timestamp = 0xffff_0000L + i * 160L;
            long arrivalTicks = i * 160L + random.nextInt(400);
            int r = (int) (arrivalTicks - timestamp);
            int d = r - transit;
            transit = r;
            if (i > 0) {
                scaled += Math.abs(d) - ((scaled + 8) >> 4);
            }
            jitter.sample(arrivalTicks * 125_000, 0, timestamp & 0xffff_ffffL, 8_000);
            assertThat(jitter.ticks()).as("packet %d", i).isEqualTo(scaled >> 4);
        }
        assertThat(jitter.ticks()).isBetween(100, 200);
    }

    /** Each word is a packet between the two readings. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets                | state
        audio                    | AUDIO
        quiet                    | DIGITAL_SILENCE
        constant                 | DIGITAL_SILENCE
        quiet audio              | AUDIO
        ''                       | NOTHING_RECEIVED
        stranger stranger        | WRONG_SOURCE
        strangers                | WRONG_SOURCE
        strangers type           | WRONG_SOURCE
        ssrcs                    | WRONG_SSRC
        type type                | WRONG_PAYLOAD_TYPE
        garbage                  | MALFORMED
        cn                       | COMFORT_NOISE
        event                    | EVENTS
        cn event                 | COMFORT_NOISE
        undecodable cn           | UNDECODABLE
        duplicate                | NOTHING_NEW
        hold audio               | INACTIVE
        pause audio              | PAUSED
        hold pause               | PAUSED
        """)
    void silenceIsExplained(String packets, AudioState state) {
        rig.packet(SIGNALLED, 7, 0, 0, frame(0));
        StreamStatistics before = rig.statistics();
        int sequence = 0;
        for (String kind : packets.trim().split(" ")) {
            explain(kind, ++sequence);
            rig.sweep(FRAME_NANOS);
        }
        assertThat(AudioState.between(before, rig.statistics())).isEqualTo(state);
        StreamStatistics now = rig.statistics();
        AudioState then = AudioState.between(now, rig.statistics());
        assertThat(then)
                .as("nothing more came")
                .isEqualTo(
                        state == AudioState.PAUSED || state == AudioState.INACTIVE
                                ? state
                                : AudioState.NOTHING_RECEIVED);
        assertThat(then.unexplained()).isEqualTo(then == AudioState.NOTHING_RECEIVED);
    }

    private void explain(String kind, int sequence) {
        byte[] quiet = new byte[FRAME];
        Arrays.fill(quiet, (byte) 0xff);
        byte[] constant = new byte[FRAME];
        switch (kind) {
            case "audio" -> rig.packet(SIGNALLED, 7, sequence, (long) sequence * FRAME, frame(sequence));
            case "quiet" -> rig.packet(SIGNALLED, 7, 0, sequence, (long) sequence * FRAME, quiet);
            case "constant" -> rig.packet(SIGNALLED, 7, 0, sequence, (long) sequence * FRAME, constant);
            case "stranger" -> rig.packet(OTHER, 7, 9 * sequence, 0, frame(1));
            case "strangers" -> many(OTHER, 7);
            case "ssrcs" -> many(SIGNALLED, 8);
            case "type" -> rig.packet(SIGNALLED, 7, 99, sequence, 0, quiet);
            case "garbage" -> rig.datagram(SIGNALLED, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            case "cn" -> rig.packet(SIGNALLED, 7, 13, sequence, 0, new byte[] {60});
            case "event" -> rig.packet(SIGNALLED, 7, 101, sequence, 0, new byte[] {1, 10, 0, 100});
            case "undecodable" -> rig.packet(SIGNALLED, 7, 18, sequence, 0, new byte[20]);
            case "duplicate" -> rig.packet(SIGNALLED, 7, 0, 0, frame(0));
            case "hold" -> rig.receiver.update(FORMATS, Optional.of(SIGNALLED), false, rig.nowNanos);
            case "pause" -> rig.receiver.pause();
            default -> assertThat(kind).isEmpty();
        }
    }

    private void many(InetSocketAddress source, long ssrc) {
        for (int i = 0; i < 40; i++) {
            rig.packet(source, ssrc, 7 * i, 0, frame(1));
        }
    }

    /** A mixer names 1 alone, then 1 and 2, then nobody for two seconds, then 2. */
    @Test
    void C175_contributingSourcesAreTold() {
        for (int i = 0; i < 200; i++) {
            int[] sources = i < 20 ? new int[] {1} : i < 50 ? new int[] {1, -2} : i < 150 ? new int[0] : new int[] {-2};
            mixed(i, sources);
        }
        rig.finished();
        assertThat(rig.timeline.contributions())
                .containsExactly(
                        new Contribution(1, 0, 50 * FRAME),
                        new Contribution(0xffff_fffeL, 20 * FRAME, 30 * FRAME),
                        new Contribution(0xffff_fffeL, 150 * FRAME, 50 * FRAME));
    }

    private void mixed(int index, int... sources) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 4 * sources.length + FRAME);
        packet.put((byte) (0x80 | sources.length)).put((byte) 0).putShort((short) index);
        packet.putInt(index * FRAME).putInt(7);
        for (int source : sources) {
            packet.putInt(source);
        }
        packet.put(ReceiverRig.ulaw(frame(index))).flip();
        rig.datagram(SIGNALLED, packet);
        rig.sweep(FRAME_NANOS);
    }

    @Test
    void contributorsAreBounded() {
        for (int i = 0; i < 60_000; i += 60) {
            mixed(i, i, i + 1, 5);
            rig.sweep(60 * FRAME_NANOS);
        }
        rig.finished();
        assertThat(rig.timeline.contributions())
                .hasSizeLessThanOrEqualTo(Contributions.MAX_SOURCES + Contributions.MAX_SPANS)
                .hasSizeGreaterThan(Contributions.MAX_SPANS);
    }

    @Test
    void C175_C177_refusalsTellAddressFromSsrc() {
        ReceiverRig latched = new ReceiverRig(new TimeOrigin(), Optional.empty());
        latched.packet(OTHER, 7, 1, 0, frame(0));
        latched.packet(OTHER, 7, 2, FRAME, frame(1));
        latched.packet(OTHER, 8, 50, FRAME, frame(1));
        latched.packet(SIGNALLED, 7, 3, FRAME, frame(1));
        latched.finished();
        assertThat(latched.statistics().rejectedSsrc()).isEqualTo(1);
        assertThat(latched.statistics().rejectedSource()).isEqualTo(1);
    }
}
