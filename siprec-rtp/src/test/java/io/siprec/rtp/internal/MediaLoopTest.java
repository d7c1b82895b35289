package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaLoopTest {
    @ParameterizedTest(name = "{0} streams: {1} ms")
    @CsvSource({"0, 20", "1, 20", "200, 20", "600, 60", "1000, 100", "20000, 100"})
    void thePaceFollowsTheNumberOfStreams(int streams, long paceMs) {
        assertThat(MediaLoop.paceFor(streams)).isEqualTo(paceMs * 1_000_000);
    }
}
