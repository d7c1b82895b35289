package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static io.siprec.rtp.internal.ReceiverRig.join;
import static io.siprec.rtp.internal.ReceiverRig.silence;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.Gap;
import io.siprec.rtp.TimeOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of packets in the file, driven through the receiver; a frame is 160 samples, 20 ms. */
class TimelineTest {
    private static final long SSRC = 0xcafe_f00dL;
    private final ReceiverRig rig = ReceiverRig.signalled();

    private void send(int index) {
        rig.packet(SIGNALLED, SSRC, 1_000 + index, 50_000L + (long) index * FRAME, frame(index));
    }

    private void sendPaced(int from, int to) {
        for (int i = from; i < to; i++) {
            send(i);
            rig.sweep(FRAME_NANOS);
        }
    }

    @Test
    void framesInOrderAreTheFile() {
        sendPaced(0, 200);
        assertThat(rig.finished()).isEqualTo(frames(0, 200));
        assertThat(rig.timeline.firstSample()).hasValue(0);
        assertThat(rig.statistics().lost()).isZero();
    }

    @ParameterizedTest(name = "C172 shuffled by 5, sequence from {0}, timestamp from {1}")
    @CsvSource({"65530, 4294967136", "0, 0", "65534, 4294967295", "1234, 2147483600"})
    void C172_shuffledFramesAreTheFileAcrossWraps(int firstSequence, long firstTimestamp) {
        List<Integer> order = new ArrayList<>();
        Random random = new Random(firstSequence);
        for (int i = 0; i < 500; i += 5) {
            List<Integer> five = new ArrayList<>(List.of(i, i + 1, i + 2, i + 3, i + 4));
            Collections.shuffle(five, random);
            order.addAll(five);
        }
        for (int index : order) {
            long timestamp = firstTimestamp + (long) index * FRAME;
            rig.packet(SIGNALLED, SSRC, firstSequence + index, timestamp, frame(index));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(frames(0, 500));
        assertThat(rig.statistics().received()).isEqualTo(500);
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().late()).isZero();
        assertThat(rig.timeline.gaps()).isEmpty();
    }

    @Test
    void C172_duplicatesAreDroppedOnce() {
        for (int i = 0; i < 100; i++) {
            send(i);
            send(i);
            send(Math.max(0, i - 3));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(frames(0, 100));
        assertThat(rig.statistics().received()).isEqualTo(100);
        assertThat(rig.statistics().duplicates()).isEqualTo(200);
        assertThat(rig.statistics().lost()).isZero();
    }

    @ParameterizedTest(name = "C173 {0} frames lost after 50")
    @ValueSource(ints = {1, 4, 60, 99, 150, 600, 2_999, 3_000, 3_500, 60_000})
    void C173_lossBecomesSilenceOfTheSameLength(int lost) {
        sendPaced(0, 50);
        for (int i = 0; i < lost; i++) {
            rig.sweep(FRAME_NANOS);
        }
        sendPaced(50 + lost, 100 + lost);
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), silence(lost * FRAME), frames(50 + lost, 50)));
        assertThat(rig.statistics().lost()).isEqualTo(lost);
        assertThat(rig.timeline.gaps()).containsExactly(new Gap(50 * FRAME, (long) lost * FRAME, Gap.Cause.NETWORK));
    }

    /** As when it was started anew: nobody knows what it sent meanwhile, least of all its numbers. */
    @Test
    void numbersThatLeapFurtherThanTheClockAreNotLost() {
        sendPaced(0, 50);
        rig.sweep(150 * FRAME_NANOS);
        for (int i = 200; i < 250; i++) {
            rig.packet(SIGNALLED, SSRC, 20_000 + i, 50_000L + (long) i * FRAME, frame(i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), silence(150 * FRAME), frames(200, 50)));
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().expected()).isEqualTo(100);
    }

    @Test
    void C173_aPauseOfTheSenderWithARunningClockIsSilenceAndNoLoss() {
        sendPaced(0, 50);
        rig.sweep(150 * FRAME_NANOS);
        for (int i = 50; i < 100; i++) { // DTX: the sequence goes on, the timestamp has moved 3 s
            rig.packet(SIGNALLED, SSRC, 1_000 + i, 50_000L + (i + 150L) * FRAME, frame(i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).as("C173").isEqualTo(join(frames(0, 50), silence(150 * FRAME), frames(50, 50)));
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().reanchored()).isZero();
    }

    @ParameterizedTest(name = "C172 straggler {0} frames late: {1}")
    @CsvSource({"1, true", "20, true", "60, true", "95, true"})
    void C172_stragglersWithinTheRingArePutAtTheirPlace(int late, boolean placed) {
        sendPaced(0, 50);
        sendPaced(51, 51 + late);
        send(50);
        sendPaced(51 + late, 200);
        assertThat(rig.finished()).isEqualTo(frames(0, 200));
        assertThat(rig.statistics().late()).isZero();
        assertThat(rig.timeline.gaps()).isEmpty();
    }

    /** The first packets of a stream, held back: the ring is shorter than the file is behind what was written. */
    @ParameterizedTest(name = "{0} frames before the first that came")
    @ValueSource(ints = {1, 30, 48, 50, 51, 52, 60, 90})
    void aStartThatComesLateOverwritesNothing(int back) {
        send(back);
        send(back + 1);
        send(0);
        sendPaced(back + 2, back + 100);
        short[] file = rig.finished();
        boolean placed = rig.statistics().late() == 0;
        assertThat(file)
                .isEqualTo(
                        placed
                                ? join(frames(0, 1), silence((back - 1) * FRAME), frames(back, 100))
                                : frames(back, 100));
        assertThat(placed).isEqualTo(back <= 49);
    }

    @Test
    void C172_whatIsBehindTheRingIsLate() {
        for (int i = 0; i < 100; i++) { // long packets, so that 2 s are few sequence numbers
            if (i != 10) {
                rig.packet(SIGNALLED, SSRC, i, i * 800L, frames(5 * i, 5));
            }
            if (i == 40) {
                rig.packet(SIGNALLED, SSRC, 10, 10 * 800L, frames(50, 5));
            }
            rig.sweep(5 * FRAME_NANOS);
        }
        assertThat(rig.statistics().late()).isEqualTo(1);
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), silence(800), frames(55, 445)));
    }

    @Test
    void packetsOfADifferentLengthThatStraddleTheFlushedEdgeAreWhole() {
        for (int i = 0; i < 40; i++) {
            if (i != 20) {
                rig.packet(SIGNALLED, SSRC, i, i * 480L, frames(3 * i, 3));
            }
            if (i == 22) {
                rig.sweep(600_000_000L); // flushed up to a place inside packet 20
            }
            if (i == 23) {
                rig.packet(SIGNALLED, SSRC, 20, 20 * 480L, frames(60, 3));
            }
        }
        assertThat(rig.finished()).isEqualTo(frames(0, 120));
    }

    @Test
    void firstPacketOfTheRecordingIsTheOriginAndOthersFollowByArrival() {
        sendPaced(0, 10);
        ReceiverRig second = new ReceiverRig(rig.origin, Optional.of(SIGNALLED));
        second.nowNanos = rig.nowNanos;
        second.packet(SIGNALLED, 5, 9, 777, frame(3));
        assertThat(rig.origin.nanoTime()).hasValue(5_000_000_000L);
        assertThat(rig.origin.wallClock()).isPresent();
        assertThat(second.finished()).as("C216").isEqualTo(join(silence(10 * FRAME), frame(3)));
        assertThat(second.timeline.firstSample()).hasValue(10 * FRAME);
    }

    @Test
    void streamsThatStartInTheSameSweepStartTogether() {
        TimeOrigin origin = new TimeOrigin();
        ReceiverRig one = new ReceiverRig(origin, Optional.of(SIGNALLED));
        ReceiverRig two = new ReceiverRig(origin, Optional.of(SIGNALLED));
        one.packet(SIGNALLED, 1, 1, 1, frame(1));
        two.packet(SIGNALLED, 2, 2, 2, frame(2));
        one.finished();
        two.finished();
        assertThat(one.timeline.firstSample())
                .isEqualTo(two.timeline.firstSample())
                .hasValue(0);
    }

    @Test
    void reorderedStartOfALaterStreamKeepsItsPlace() {
        sendPaced(0, 10);
        ReceiverRig second = new ReceiverRig(rig.origin, Optional.of(SIGNALLED));
        second.nowNanos = rig.nowNanos;
        second.packet(SIGNALLED, 5, 9, 1_000 + FRAME, frame(1));
        second.packet(SIGNALLED, 5, 8, 1_000, frame(0));
        assertThat(second.finished()).isEqualTo(join(silence(9 * FRAME), frames(0, 2)));
    }

    @Test
    void C174_changeOfSsrcIsAnchoredOnArrival() {
        sendPaced(0, 50);
        rig.sweep(25 * FRAME_NANOS);
        for (int i = 0; i < 50; i++) {
            rig.packet(SIGNALLED, 99, 40_000 + i, 3_000_000_000L + (long) i * FRAME, frame(100 + i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).as("C174").isEqualTo(join(frames(0, 50), silence(25 * FRAME), frames(100, 50)));
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().expected()).isEqualTo(100);
        assertThat(rig.statistics().reanchored()).isEqualTo(1);
        assertThat(rig.statistics().ssrc()).isEqualTo(99);
    }

    @Test
    void C174_changeOfSsrcWithoutAPauseFollowsAtOnce() {
        sendPaced(0, 50);
        for (int i = 0; i < 50; i++) {
            rig.packet(SIGNALLED, 99, 7 + i, 5 + (long) i * FRAME, frame(100 + i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), frames(100, 50)));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
          90000000 | far ahead
         -90000000 | far back
             -24000 | 3 s back: would be lost otherwise
             160000 | 20 s ahead
        """)
    void timestampThatIsNoClockIsAnchoredOnArrival(long jump, String why) {
        sendPaced(0, 50);
        for (int i = 50; i < 100; i++) {
            rig.packet(SIGNALLED, SSRC, 1_000 + i, 50_000L + (long) i * FRAME + jump, frame(i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).as(why).isEqualTo(frames(0, 100));
        assertThat(rig.statistics().reanchored()).isEqualTo(1);
        assertThat(rig.statistics().late()).isZero();
    }

    @Test
    void timestampThatStoodStillInALongHoldIsAnchoredOnArrival() {
        sendPaced(0, 50);
        for (int i = 0; i < 1_500; i++) {
            rig.sweep(FRAME_NANOS);
        }
        sendPaced(50, 100);
        assertThat(rig.finished()).isEqualTo(join(frames(0, 50), silence(1_500 * FRAME), frames(50, 50)));
        assertThat(rig.statistics().reanchored()).isEqualTo(1);
    }

    @ParameterizedTest(name = "process stopped for {0} ms")
    @ValueSource(longs = {3_000, 9_000, 15_000})
    void aStoppedProcessLosesNothing(long stoppedMs) {
        sendPaced(0, 50);
        rig.sweep(stoppedMs * 1_000_000L);
        int waiting = (int) stoppedMs / 20;
        for (int i = 0; i < waiting; i++) {
            send(50 + i); // all in one sweep
        }
        rig.sweep(FRAME_NANOS);
        sendPaced(50 + waiting, 100 + waiting);
        assertThat(rig.finished()).isEqualTo(frames(0, 100 + waiting));
        assertThat(rig.statistics().reanchored()).isZero();
        assertThat(rig.statistics().late()).isZero();
    }

    @Test
    void theFileIsNeverMuchShorterThanWhatCame() {
        for (int i = 0; i < 500; i++) {
            send(i);
            rig.sweep(FRAME_NANOS);
            assertThat((i + 1) * FRAME - rig.file().length)
                    .as("C218 after frame %d", i)
                    .isLessThan(8_000);
        }
        rig.sweep(600_000_000L);
        rig.sweep(600_000_000L);
        assertThat(rig.file()).as("all, once no more comes").isEqualTo(frames(0, 500));
    }

    @Test
    void blocksAreLarge() {
        sendPaced(0, 500);
        assertThat(rig.blocks).isLessThanOrEqualTo(21); // 10 s, two blocks a second
    }

    @Test
    void aDroppedBlockIsAGapAndTheRestIsInPlace() {
        rig.blocksRefused = 1;
        sendPaced(0, 200);
        short[] file = rig.finished();
        assertThat(rig.statistics().droppedByQueue()).isEqualTo(1);
        Gap gap = rig.timeline.gaps().get(0);
        assertThat(gap.cause()).isEqualTo(Gap.Cause.DISK);
        assertThat(gap.firstSample()).isZero();
        short[] expected = frames(0, 200);
        Arrays.fill(expected, 0, (int) gap.samples(), (short) 0);
        assertThat(file).isEqualTo(expected);
    }

    @Test
    void leapingTimestampsDontRunAwayFromTheClock() {
        for (int i = 0; i < 1_000; i++) {
            rig.packet(SIGNALLED, SSRC, i, i * 70_000L, frame(i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished().length).as("20 s came").isLessThan(2 * 8_000 * 30);
    }

    @Test
    void C173_eventsAndComfortNoiseLeaveSilenceAndAreNotLost() {
        sendPaced(0, 10);
        for (int i = 10; i < 20; i++) {
            byte[] event = {1, 10, 0, 100};
            rig.packet(SIGNALLED, SSRC, 101, 1_000 + i, 50_000L + 10 * FRAME, event);
            rig.sweep(FRAME_NANOS);
        }
        rig.packet(SIGNALLED, SSRC, 13, 1_020, 50_000L + 20 * FRAME, new byte[] {60});
        rig.sweep(FRAME_NANOS);
        sendPaced(21, 30);
        assertThat(rig.finished()).isEqualTo(join(frames(0, 10), silence(11 * FRAME), frames(21, 9)));
        assertThat(rig.statistics().received()).isEqualTo(30);
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.statistics().undecodable()).isZero();
    }
}
