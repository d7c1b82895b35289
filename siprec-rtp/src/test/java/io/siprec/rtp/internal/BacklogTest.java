package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long STEP = Backlog.STANDSTILL_NANOS / 2;

    private boolean crowded = true;
    private long done;
    private final Backlog backlog = new Backlog(() -> crowded, () -> done);

    @Test
    void nothingIsHeldBackWhileTheDiskKeepsUp() {
        crowded = false;
        assertThat(backlog.holdsBack(0)).isFalse();
        assertThat(backlog.holdsBack(Backlog.LONGEST_NANOS)).isFalse();
    }

    @Test
    void packetsWaitInTheirSocketsWhileTheDiskGetsOn() {
        for (long now = 0; now < Backlog.LONGEST_NANOS; now += STEP) {
            assertThat(backlog.holdsBack(now)).as("after %d ns", now).isTrue();
            done++;
        }
        crowded = false;
        assertThat(backlog.holdsBack(Backlog.LONGEST_NANOS)).isFalse();
    }

    @Test
    void theyAreReadBeforeTheSocketsAreFull() {
        long now = 0;
        for (; now < Backlog.LONGEST_NANOS; now += STEP) {
            backlog.holdsBack(now);
            done++;
        }
        assertThat(backlog.holdsBack(now)).isFalse();
        done++;
        assertThat(backlog.holdsBack(now + STEP))
                .as("until the disk has caught up")
                .isFalse();
        crowded = false;
        backlog.holdsBack(now + 2 * STEP);
        crowded = true;
        assertThat(backlog.holdsBack(now + 3 * STEP))
                .as("behind for the next time")
                .isTrue();
    }

    @Test
    void whatADiskThatStandsStillCostsIsNotLeftToTheSockets() {
        assertThat(backlog.holdsBack(0)).isTrue();
        assertThat(backlog.holdsBack(STEP)).isTrue();
        assertThat(backlog.holdsBack(2 * STEP)).isFalse();
    }
}
