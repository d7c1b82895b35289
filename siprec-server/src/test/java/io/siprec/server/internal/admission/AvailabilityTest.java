package io.siprec.server.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.guard.Unavailable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
    private static final long MIB = 1L << 20;

    private boolean full;
    private int ports = 100;
    private long freeBytes = 1_000 * MIB;
    private long descriptors = 1_000;
    private final ResourceWatch watch = new ResourceWatch(() -> freeBytes, () -> descriptors);
    private final Availability availability = new Availability(() -> full, () -> ports, watch);

    private String reason() {
        watch.measure();
        return availability.get().map(Unavailable::reason).orElse("");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is left, in order | said                              | why
            ports 1 0 1 2            | ,No Free RTP Ports,No Free RTP Ports, | no call of one stream between calls of two
            disk 64 63 64 127 128    | ,Recording Disk Full,Recording Disk Full,Recording Disk Full, | twice as much ends it
            fds 32 31 32 63 64       | ,Too Few File Descriptors,Too Few File Descriptors,Too Few File Descriptors, | the same
            """)
    void C159_aShortageIsSaidUntilThereIsEnoughAgain(String left, String said, String why) {
        String[] steps = left.split(" ");
        String[] expected = said.split(",", -1);
        for (int i = 1; i < steps.length; i++) {
            long value = Long.parseLong(steps[i]);
            switch (steps[0]) {
                case "ports" -> ports = (int) value;
                case "disk" -> freeBytes = value * MIB;
                default -> descriptors = value;
            }
            assertThat(reason()).as("%s, step %d: %s", why, i, steps[i]).isEqualTo(expected[i - 1]);
        }
    }

    @Test
    void C159_theFirstThingToKnowIsSaid() {
        freeBytes = 0;
        assertThat(reason()).isEqualTo("Recording Disk Full");
        full = true;
        assertThat(reason()).isEqualTo("Too Many Recording Sessions");
        availability.drain();
        assertThat(reason()).isEqualTo("Shutting Down");
        assertThat(availability.get().map(Unavailable::retryAfter)).isNotEqualTo(Optional.empty());
    }
}
