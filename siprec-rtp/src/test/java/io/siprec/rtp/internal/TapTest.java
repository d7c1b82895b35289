package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static io.siprec.rtp.internal.ReceiverRig.join;
import static io.siprec.rtp.internal.ReceiverRig.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.AudioFrame;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TapStatistics;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.internal.tap.StreamTaps;
import io.siprec.rtp.internal.tap.Tap;
import io.siprec.rtp.internal.tap.TapPump;
import io.siprec.rtp.spi.AudioSink;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tap tells of what the receiver takes, on a clock moved by hand; a frame is 160 samples, 20 ms. */
class TapTest {
    private static final long SSRC = 0xcafe_f00dL;

    private ReceiverRig rig = ReceiverRig.signalled();
    private final TapPump pump = new TapPump();
    private StreamTaps taps = new StreamTaps(pump, (what, cause) -> {});
    private final Sink sink = new Sink();

    /** A pump that was stopped calls the executor where it is told of frames. */
    @BeforeEach
    void callOnThisThread() throws InterruptedException {
        pump.stop();
    }

    private record Told(long at, short[] pcm, boolean silence, long dropped) {
        long end() {
            return at + pcm.length;
        }
    }

    private static final class Sink implements AudioSink {
        private final List<Told> told = new ArrayList<>();
        private final List<TapStatistics> ends = new ArrayList<>();

        @Override
        public void onFrame(AudioFrame frame) {
            assertThat(ends).as("nothing follows the end").isEmpty();
            assertThat(frame.sampleRateHz()).isEqualTo(8_000);
            ShortBuffer samples = frame.pcm().asShortBuffer();
            short[] pcm = new short[samples.remaining()];
            samples.get(pcm);
            told.add(new Told(frame.firstSample(), pcm, frame.silence(), frame.dropped()));
        }

        @Override
        public void onEnd(TapStatistics statistics) {
            ends.add(statistics);
        }

        private int samples() {
            return told.stream().mapToInt(frame -> frame.pcm.length).sum();
        }

        /** As it lies in the file, with zeros where nothing was told. */
        private short[] audio() {
            short[] pcm = new short
                    [told.isEmpty() ? 0 : (int) told.get(told.size() - 1).end()];
            told.forEach(frame -> System.arraycopy(frame.pcm, 0, pcm, (int) frame.at, frame.pcm.length));
            return pcm;
        }

        /** {@code audio 0+160, silence 160+160}, runs put together. */
        private String spans() {
            List<String> spans = new ArrayList<>();
            for (int i = 0; i < told.size(); ) {
                int next = i + 1;
                while (next < told.size()
                        && told.get(next).at == told.get(next - 1).end()
                        && told.get(next).silence == told.get(i).silence) {
                    next++;
                }
                Told first = told.get(i);
                spans.add((first.silence ? "silence " : "audio ") + first.at + "+"
                        + (told.get(next - 1).end() - first.at));
                i = next;
            }
            return String.join(", ", spans);
        }
    }

    private Tap attach(TapSettings settings, Executor executor, AudioSink to) {
        Tap tap = taps.open(settings, executor, to);
        taps.attach(rig.timeline::attach);
        return tap;
    }

    private Tap attach() {
        return attach(TapSettings.STANDARD, Runnable::run, sink);
    }

    private void send(int index) {
        rig.packet(SIGNALLED, SSRC, 1_000 + index, 50_000L + (long) index * FRAME, frame(index));
    }

    private void sendPaced(int from, int to) {
        for (int i = from; i < to; i++) {
            send(i);
            rig.sweep(FRAME_NANOS);
        }
    }

    @ParameterizedTest(name = "frames of {0} ms, settled after {1} ms")
    @CsvSource({"20, 60", "30, 0", "5, 60", "100, 500", "20, 500"})
    void C220_framesComeInOrderAsTheyAreInTheFile(int frameMs, int settleMs) {
        attach(
                TapSettings.STANDARD.withFrame(Duration.ofMillis(frameMs)).withSettle(Duration.ofMillis(settleMs)),
                Runnable::run,
                sink);
        sendPaced(0, 300);
        assertThat(rig.finished()).isEqualTo(frames(0, 300));
        assertThat(sink.spans()).isEqualTo("audio 0+48000");
        assertThat(sink.audio()).isEqualTo(frames(0, 300));
        assertThat(sink.told.subList(0, sink.told.size() - 1))
                .allSatisfy(frame -> assertThat(frame.pcm).hasSize(8 * frameMs));
        assertThat(sink.ends).containsExactly(new TapStatistics(48_000, 0, 0, 0, 0));
    }

    @Test
    void aFrameIsToldWithTheSweepAfterItHasSettled() {
        attach();
        sendPaced(0, 50); // the places in the file are known after half a second
        for (int i = 50; i < 60; i++) {
            send(i);
            rig.sweep(0);
            assertThat(sink.samples()).isEqualTo((i + 1 - 3) * FRAME);
            rig.sweep(FRAME_NANOS);
        }
    }

    @Test
    void whatIsSaidLastIsToldWhenNoPacketFollows() {
        attach();
        sendPaced(0, 50);
        rig.packet(SIGNALLED, SSRC, 1_050, 50_000L + 50 * FRAME, Arrays.copyOf(frame(50), 100));
        for (int i = 0; i < 4; i++) { // 60 ms to settle, and 20 ms in which a packet would have filled the frame
            rig.sweep(20_000_000L);
        }
        rig.sweep(0);
        assertThat(sink.spans()).isEqualTo("audio 0+8100");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
        # lost | sweeps | told                                              | why
             1 |      1 | audio 0+8000, silence 8000+160, audio 8160+8000     | a lost packet
            25 |     25 | audio 0+8000, silence 8000+4000, audio 12000+8000   | half a second is told as silence
            26 |     26 | audio 0+8000, audio 12160+8000                      | more by its length
          3000 |   3000 | audio 0+8000, audio 488000+8000                     | a minute, many times the ring
        """)
    void gapsAreSilenceOrAJump(int lost, int sweeps, String told, String why) {
        attach();
        sendPaced(0, 50);
        for (int i = 0; i < sweeps; i++) {
            rig.sweep(FRAME_NANOS);
        }
        sendPaced(50 + lost, 100 + lost);
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), silence(lost * FRAME), frames(50 + lost, 50)));
        assertThat(sink.spans()).as(why).isEqualTo(told);
        assertThat(sink.audio()).as(why).isEqualTo(rig.file());
    }

    @ParameterizedTest(name = "paused for {0} packets")
    @ValueSource(ints = {1, 10, 25, 26, 400})
    void C220_nothingOfAPauseIsTold(int packets) {
        attach();
        sendPaced(0, 50);
        rig.receiver.pause();
        sendPaced(50, 50 + packets);
        rig.receiver.resume();
        sendPaced(50 + packets, 100 + packets);
        short[] expected = join(frames(0, 50), silence(packets * FRAME), frames(50 + packets, 50));
        assertThat(rig.finished()).isEqualTo(expected);
        assertThat(sink.audio()).isEqualTo(expected);
        assertThat(sink.told)
                .filteredOn(frame -> frame.at >= 8_000 && frame.at < (50 + packets) * FRAME)
                .allMatch(Told::silence);
        assertThat(sink.ends.get(0).audio()).isEqualTo(100 * FRAME);
    }

    @Test
    void aStragglerBehindTheSettleDistanceIsCountedAndNotTold() {
        attach();
        sendPaced(0, 50);
        sendPaced(51, 60);
        send(50);
        sendPaced(60, 70);
        assertThat(rig.finished()).isEqualTo(frames(0, 70));
        assertThat(sink.spans()).isEqualTo("audio 0+8000, silence 8000+160, audio 8160+3040");
        assertThat(sink.ends.get(0).late()).isEqualTo(FRAME);
    }

    @Test
    void placesAreThoseOfTheFileWhereItsStartIsReordered() {
        attach();
        rig.packet(SIGNALLED, SSRC, 1_002, 50_000L + 2 * FRAME, frame(2));
        rig.sweep(FRAME_NANOS);
        sendPaced(3, 10); // settled, and yet the file may begin earlier
        send(1);
        send(0);
        sendPaced(10, 60);
        assertThat(rig.finished()).isEqualTo(frames(0, 60));
        assertThat(sink.audio()).isEqualTo(frames(0, 60));
    }

    @Test
    void aTapInTheMiddleBeginsWithWhatIsNotWrittenYet() {
        sendPaced(0, 100);
        sendPaced(102, 105);
        int written = rig.file().length;
        attach();
        sendPaced(105, 150);
        short[] file = rig.finished();
        assertThat(sink.told.get(0).at).isEqualTo(written);
        assertThat(sink.audio()).isEqualTo(join(silence(written), Arrays.copyOfRange(file, written, file.length)));
        assertThat(sink.ends.get(0).silence())
                .as("the gap before it was attached")
                .isEqualTo(2 * FRAME);
    }

    @Test
    void aBurstAfterAStandstillIsToldWhole() {
        attach(TapSettings.STANDARD.withBuffer(Duration.ofSeconds(10)), Runnable::run, sink);
        sendPaced(0, 5);
        for (int i = 5; i < 305; i++) {
            send(i);
        }
        rig.sweep(300 * FRAME_NANOS);
        sendPaced(305, 350);
        assertThat(rig.finished()).isEqualTo(frames(0, 350));
        assertThat(sink.audio()).isEqualTo(frames(0, 350));
    }

    @Test
    void C220_aSlowSinkLosesTheNewestFramesAndIsToldHowMuch() {
        List<Runnable> waiting = new ArrayList<>();
        Tap tap = attach(TapSettings.STANDARD.withBuffer(Duration.ofMillis(200)), waiting::add, sink);
        sendPaced(0, 63);
        assertThat(waiting).as("one task, however many frames").hasSize(1);
        waiting.remove(0).run();
        assertThat(sink.spans()).as("the first ten frames").isEqualTo("audio 0+1600");
        assertThat(tap.statistics().dropped()).isEqualTo(50 * FRAME);
        sendPaced(63, 70);
        waiting.remove(0).run();
        rig.finished();
        waiting.remove(0).run();
        assertThat(sink.spans()).isEqualTo("audio 0+1600, audio 9600+1600");
        assertThat(sink.told.get(10).dropped()).isEqualTo(50 * FRAME);
        assertThat(sink.told.subList(11, 20)).allMatch(frame -> frame.dropped == 0);
        assertThat(rig.file()).as("the recording").isEqualTo(frames(0, 70));
        assertThat(sink.ends).hasSize(1);
    }

    @Test
    void aSinkThatFailsIsCountedAndCalledAgain() {
        AudioSink failing = new AudioSink() {
            @Override
            public void onFrame(AudioFrame frame) {
                sink.onFrame(frame);
                throw new IllegalStateException("by intent");
            }

            @Override
            public void onEnd(TapStatistics statistics) {
                sink.onEnd(statistics);
                throw new AssertionError("by intent");
            }
        };
        Tap tap = attach(TapSettings.STANDARD, Runnable::run, failing);
        sendPaced(0, 60);
        assertThat(rig.finished()).isEqualTo(frames(0, 60));
        assertThat(sink.audio()).isEqualTo(frames(0, 60));
        assertThat(tap.statistics().failures()).isEqualTo(61);
    }

    @Test
    void anExecutorThatRefusesCostsNothingButTheFramesThatFindNoRoom() {
        boolean[] refuse = {true};
        Executor executor = task -> {
            if (refuse[0]) {
                throw new java.util.concurrent.RejectedExecutionException("by intent");
            }
            task.run();
        };
        Tap tap = attach(TapSettings.STANDARD, executor, sink);
        sendPaced(0, 60);
        refuse[0] = false;
        sendPaced(60, 70);
        assertThat(rig.finished()).isEqualTo(frames(0, 70));
        assertThat(sink.audio()).isEqualTo(frames(0, 70));
        assertThat(tap.statistics().failures()).isPositive();
    }

    @Test
    void C220_theEndIsToldOnce() {
        attach();
        Sink silent = new Sink();
        ReceiverRig talked = rig;
        rig = new ReceiverRig(new TimeOrigin(), Optional.empty());
        attach(TapSettings.STANDARD, Runnable::run, silent);
        rig.sweep(FRAME_NANOS);
        rig.finished();
        rig.timeline.endTaps();
        assertThat(silent.ends).as("a stream without audio").containsExactly(new TapStatistics(0, 0, 0, 0, 0));

        Sink tooLate = new Sink();
        taps.open(TapSettings.STANDARD, Runnable::run, tooLate);
        taps.endAll();
        taps.endAll();
        assertThat(tooLate.ends).as("attached after the end").hasSize(1);

        talked.finished();
        talked.timeline.endTaps();
        assertThat(sink.ends).hasSize(1);
    }

    @Test
    void aClosedTapHearsNothingMore() {
        Tap tap = attach();
        sendPaced(0, 50);
        int told = sink.told.size();
        tap.close();
        tap.close();
        sendPaced(50, 60);
        rig.finished();
        assertThat(sink.told).hasSize(told);
        assertThat(sink.ends).isEmpty();
    }

    @Test
    void aStreamHasSoManyTapsAtATime() {
        Tap first = attach();
        for (int i = 1; i < StreamTaps.MOST; i++) {
            attach(TapSettings.STANDARD, Runnable::run, new Sink());
        }
        assertThatThrownBy(this::attach).isInstanceOf(IllegalStateException.class);
        first.close();
        rig.sweep(FRAME_NANOS);
        Sink another = new Sink();
        attach(TapSettings.STANDARD, Runnable::run, another);
        sendPaced(0, 60);
        rig.finished();
        assertThat(another.audio()).isEqualTo(frames(0, 60));
    }

    private record Arrival(int index, int at) {}

    private static List<Arrival> disturbed(Random random, double loss, int jitter) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int late = random.nextInt(jitter + 1);
            if (random.nextDouble() >= loss) {
                arrivals.add(new Arrival(i, i * FRAME + late));
            }
            if (random.nextInt(20) == 0 && i > 0) {
                arrivals.add(new Arrival(i, i * FRAME + late + random.nextInt(1_000)));
            }
        }
        arrivals.sort(Comparator.comparingInt(Arrival::at));
        return arrivals;
    }

    /**
     * Whatever the network does: each sample that is in the file was told once and in order, or counted as late; what was told
     * as silence is a gap or came late; what was not told at all lies in a gap of more than half a second.
     */
    @ParameterizedTest(name = "loss {0}, jitter {1} samples, settled after {2} ms")
    @CsvSource({"0, 400, 60", "0.3, 0, 60", "0.2, 1200, 60", "0.2, 1200, 20", "0.97, 300, 60", "0.1, 3000, 200"})
    void C220_anyDisorderGivesEachSampleOnceInOrder(double loss, int jitter, int settleMs) {
        for (int seed = 0; seed < 40; seed++) {
            rig = ReceiverRig.signalled();
            taps = new StreamTaps(pump, (what, cause) -> {});
            Sink heard = new Sink();
            attach(TapSettings.STANDARD.withSettle(Duration.ofMillis(settleMs)), Runnable::run, heard);
            Random random = new Random(seed);
            int sweepSamples = 160 * (1 + random.nextInt(5));
            int sweepEnd = sweepSamples;
            for (Arrival arrival : disturbed(random, loss, jitter)) {
                while (arrival.at >= sweepEnd) {
                    rig.sweep(sweepSamples * 125_000L);
                    sweepEnd += sweepSamples;
                }
                send(arrival.index);
            }
            short[] file = rig.finished();
            assertToldAsInTheFile(heard, file, seed);
            if (jitter < settleMs * 8 && loss == 0) { // of a packet that is lost, a double may come late
                assertThat(heard.ends.get(0).late()).as("seed %d", seed).isZero();
            }
        }
    }

    private void assertToldAsInTheFile(Sink heard, short[] file, int seed) {
        long at = 0;
        long silentAudio = 0;
        int unheard = 0;
        for (Told frame : heard.told) {
            assertThat(frame.at).as("seed %d: in order", seed).isGreaterThanOrEqualTo(at);
            unheard += audio(file, (int) at, (int) frame.at);
            at = frame.end();
            if (frame.silence) {
                assertThat(frame.pcm).containsOnly((short) 0);
                silentAudio += audio(file, (int) frame.at, (int) at);
            } else {
                short[] there = Arrays.copyOfRange(file, (int) frame.at, (int) at);
                assertThat(Arrays.equals(frame.pcm, there))
                        .as("seed %d at %d", seed, frame.at)
                        .isTrue();
            }
        }
        assertThat(at).as("seed %d", seed).isEqualTo(file.length);
        assertThat(heard.ends).hasSize(1);
        TapStatistics statistics = heard.ends.get(0);
        assertThat(statistics.late()).as("seed %d", seed).isEqualTo(silentAudio + unheard);
        assertThat(statistics.audio() + statistics.late()).as("seed %d", seed).isEqualTo(audio(file, 0, file.length));
        assertThat(statistics.dropped()).isZero();
    }

    /** Samples of audio; the rig's frames have no zero. */
    private static int audio(short[] file, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += file[i] == 0 ? 0 : 1;
        }
        return count;
    }
}
