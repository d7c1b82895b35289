package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexWindowTest {
    @ParameterizedTest(name = "C202 {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # highest | next  | index  | why
               -1 | 65535 |  65535 | the first packet has rollover count 0
              100 |   101 |    101 | the next one
              100 |    99 |     99 | one behind
            65535 |     0 |  65536 | the wrap
            65530 |     5 |  65541 | the wrap with packets missing
            65541 | 65530 |  65530 | a straggler from before the wrap
                5 | 65535 |     -1 | before the first packet of all
                0 | 32768 |  32768 | half the circle ahead still counts as ahead (RFC 3711 3.3.1)
                0 | 32769 | -32767 | more than half is behind
            98304 | 32767 |  98303 | one behind, from the middle of the circle
            98305 |     0 | 131072 | s_l at 32769: 0 is past the wrap
            98304 |     0 |  65536 | s_l at 32768: 0 is not
           131072 | 65535 | 131071 | straggler with a rollover count of 1
        """)
    void C202_theIndexIsTheNearestOne(long highest, int sequence, long index, String why) {
        IndexWindow window = new IndexWindow(1);
        if (highest >= 0) {
            window.accept(highest);
        }
        assertThat(window.estimate(sequence)).as(why).isEqualTo(index);
    }

    @Test
    void C202_theReplayWindowHasAtLeast64Packets() {
        assertThat(IndexWindow.SIZE).isGreaterThanOrEqualTo(64);
        IndexWindow window = new IndexWindow(1);
        window.accept(1_000);
        assertThat(window.isNew(1_000)).isFalse();
        assertThat(window.isNew(1_000 - IndexWindow.SIZE + 1)).isTrue();
        assertThat(window.isNew(1_000 - IndexWindow.SIZE)).isFalse();
        assertThat(window.isNew(-1)).isFalse();
    }

    @Test
    void C202_anyOrderIsTakenOnceAndOnlyOnce() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            IndexWindow window = new IndexWindow(1);
            Set<Long> taken = new HashSet<>();
            long highest = -1;
            long around = random.nextInt(1 << 16);
            for (int i = 0; i < 5_000; i++) {
                around += random.nextInt(10) == 0 ? random.nextInt(1_000) : random.nextInt(3);
                long index = Math.max(0, around - random.nextInt(2 * IndexWindow.SIZE));
                boolean expected = !taken.contains(index) && (index > highest - IndexWindow.SIZE || highest < 0);
                assertThat(window.isNew(index))
                        .as("seed %d, packet %d", seed, i)
                        .isEqualTo(expected);
                if (expected) {
                    window.accept(index);
                    taken.add(index);
                    highest = Math.max(highest, index);
                }
            }
        }
    }
}
