package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.G711;
import io.siprec.rtp.Gap;
import io.siprec.rtp.StreamStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever the network does within the ring, the file is what a model says that needs no ring: an array, and each packet that
 * came at its timestamp. Seeded, so that a failure names the run that shows it.
 */
class TimelinePropertyTest {
    private static final int RUNS = 80;
    private static final long SSRC = 0xfeed_f00dL;

    /** A packet as it was sent: its place among those sent, and in the audio. */
    private record Sent(int index, int sample, short[] pcm) {}

    /** When it reaches the recorder, in samples of time. */
    private record Arrival(Sent packet, double at) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<Integer> came = new HashSet<>();
    private long duplicates;

    /** Talk with pauses in which the clock runs and nothing is sent; packets of one length or of several. */
    private void speak(Random random, boolean oneLength, boolean dtx) {
        int sample = 0;
        int count = 300 + random.nextInt(500);
        for (int i = 0; i < count; i++) {
            int length = oneLength ? 160 : 40 * (1 + random.nextInt(12));
            short[] pcm = new short[length];
            for (int k = 0; k < length; k++) {
                pcm[k] = G711.decodeUlaw((byte) (random.nextInt(127) | (random.nextBoolean() ? 0x80 : 0)));
            }
            sent.add(new Sent(i, sample, pcm));
            sample += length + (dtx && i > 20 && random.nextInt(40) == 0 ? 160 * (1 + random.nextInt(400)) : 0);
        }
    }

    /** Loses, doubles and delays. The first 200 ms come in order: what is before the first flush has a place by then. */
    private void disturb(Random random, double loss, double doubling, int jitter, int straggle) {
        for (Sent packet : sent) {
            boolean start = packet.sample < 1_600;
            double late = start ? 0 : random.nextDouble() * jitter + (random.nextInt(50) == 0 ? straggle : 0);
            if (!start && random.nextDouble() < loss) {
                continue;
            }
            arrivals.add(new Arrival(packet, packet.sample + packet.pcm.length + late));
            came.add(packet.index);
            if (random.nextDouble() < doubling) {
                duplicates++;
                arrivals.add(new Arrival(packet, packet.sample + packet.pcm.length + late + random.nextInt(1_600)));
            }
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::at));
    }

    private ReceiverRig record(Random random, int firstSequence, long firstTimestamp) {
        ReceiverRig rig = ReceiverRig.signalled();
        int sweepSamples = 80 * (1 + random.nextInt(10)); // 10 to 100 ms
        double sweepEnd = arrivals.get(0).at;
        for (Arrival arrival : arrivals) {
            while (arrival.at > sweepEnd) {
                rig.sweep(sweepSamples * 125_000L);
                sweepEnd += sweepSamples;
            }
            Sent packet = arrival.packet;
            rig.packet(SIGNALLED, SSRC, firstSequence + packet.index, firstTimestamp + packet.sample, packet.pcm);
        }
        return rig;
    }

    private short[] model() {
        Sent last = sent.stream()
                .filter(packet -> came.contains(packet.index))
                .reduce((one, two) -> two)
                .orElseThrow();
        short[] file = new short[last.sample + last.pcm.length];
        for (Sent packet : sent) {
            if (came.contains(packet.index)) {
                System.arraycopy(packet.pcm, 0, file, packet.sample, packet.pcm.length);
            }
        }
        return file;
    }

    private void assertFileIsTheModels(ReceiverRig rig, int seed) {
        short[] file = rig.finished();
        short[] model = model();
        assertThat(Arrays.mismatch(file, model))
                .as("seed %d: first sample that differs", seed)
                .isEqualTo(-1);
        StreamStatistics statistics = rig.statistics();
        assertThat(statistics.received()).as("seed %d", seed).isEqualTo(came.size());
        assertThat(statistics.duplicates()).as("seed %d", seed).isEqualTo(duplicates);
        assertThat(statistics.late()).as("seed %d", seed).isZero();
        assertThat(statistics.reanchored()).as("seed %d", seed).isZero();
        int highest = came.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(statistics.lost()).as("seed %d", seed).isEqualTo(highest + 1 - came.size());
    }

    /** The gaps cover exactly what no packet covers, each sample once. */
    private void assertGapsAreWhatIsMissing(ReceiverRig rig, int seed) {
        BitSet covered = new BitSet();
        for (Sent packet : sent) {
            if (came.contains(packet.index)) {
                covered.set(packet.sample, packet.sample + packet.pcm.length);
            }
        }
        BitSet gaps = new BitSet();
        for (Gap gap : rig.timeline.gaps()) {
            int from = (int) gap.firstSample();
            assertThat(gaps.nextSetBit(from))
                    .as("seed %d: %s overlaps", seed, gap)
                    .satisfiesAnyOf(
                            bit -> assertThat(bit).isNegative(),
                            bit -> assertThat(bit).isGreaterThanOrEqualTo(from + (int) gap.samples()));
            gaps.set(from, from + (int) gap.samples());
        }
        covered.flip(0, covered.length());
        assertThat(gaps).as("seed %d", seed).isEqualTo(covered);
    }

    private void run(int seed, boolean oneLength, boolean dtx, double loss, int jitter, int straggle) {
        sent.clear();
        arrivals.clear();
        came.clear();
        duplicates = 0;
        Random random = new Random(seed);
        speak(random, oneLength, dtx);
        disturb(random, loss, 0.05, jitter, straggle);
        int firstSequence = random.nextBoolean() ? 65_536 - random.nextInt(400) : random.nextInt(65_536);
        long firstTimestamp =
                random.nextBoolean() ? (1L << 32) - random.nextInt(40_000) : random.nextInt() & 0xffff_ffffL;
        ReceiverRig rig = record(random, firstSequence, firstTimestamp);
        assertFileIsTheModels(rig, seed);
        assertGapsAreWhatIsMissing(rig, seed);
        if (oneLength) {
            assertLostPacketsAreTheNetworksShare(rig, seed);
        }
    }

    private void assertLostPacketsAreTheNetworksShare(ReceiverRig rig, int seed) {
        long network = rig.timeline.gapSamples().getOrDefault(Gap.Cause.NETWORK, 0L);
        assertThat(network).as("seed %d", seed).isEqualTo(160 * rig.statistics().lost());
    }

    @Test
    void C172_anyOrderGivesTheFile() {
        for (int seed = 0; seed < RUNS; seed++) {
            run(seed, true, false, 0, 1_500, 8_000);
        }
    }

    @Test
    void C172_C173_anyLossGivesSilenceOfTheRightLength() {
        for (int seed = 1_000; seed < 1_000 + RUNS; seed++) {
            run(seed, true, false, new Random(seed).nextDouble() * 0.6, 0, 0);
        }
    }

    @Test
    void C172_C173_lossAndDisorderTogether() {
        for (int seed = 2_000; seed < 2_000 + RUNS; seed++) {
            run(seed, true, false, 0.2, 1_500, 8_000);
        }
    }

    @Test
    void C173_pausesOfTheSenderStayInPlace() {
        for (int seed = 3_000; seed < 3_000 + RUNS; seed++) {
            run(seed, true, true, 0.1, 800, 4_000);
        }
    }

    @Test
    void C172_C173_packetsOfManyLengths() {
        for (int seed = 4_000; seed < 4_000 + RUNS; seed++) {
            run(seed, false, seed % 2 == 0, 0.1, 800, 4_000);
        }
    }
}
