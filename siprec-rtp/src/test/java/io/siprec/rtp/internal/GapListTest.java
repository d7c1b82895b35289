package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.Gap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapListTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        10-20         | -           | the whole
        10-15         | 15-20       | its start
        15-20         | 10-15       | its end
        12-15         | 10-12 15-20 | its middle
        12-13 15-16   | 10-12 13-15 16-20 | two parts
        5-12          | 12-20       | over its start
        18-25         | 10-18       | over its end
        5-10          | 10-20       | before it
        20-25         | 10-20       | behind it
        """)
    void shrinks(String fills, String left, String why) {
        GapList gaps = new GapList();
        gaps.add(10, 20, Gap.Cause.NO_PACKETS);
        for (String fill : fills.trim().split(" ")) {
            String[] ends = fill.split("-");
            gaps.fill(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
        }
        String expected = left.trim().equals("-") ? "" : left.trim();
        assertThat(gaps.sorted(0).stream()
                        .map(gap -> gap.firstSample() + "-" + (gap.firstSample() + gap.samples()))
                        .collect(Collectors.joining(" ")))
                .as(why)
                .isEqualTo(expected);
    }

    @Test
    void isBoundedAndKeepsWhatTheDiskRefused() {
        GapList gaps = new GapList();
        for (int i = 0; i < 2 * GapList.MAX_GAPS; i++) {
            gaps.add(10L * i, 10L * i + 5, Gap.Cause.DISK);
        }
        gaps.fill(0, 1_000_000);
        assertThat(gaps.sorted(3)).hasSize(GapList.MAX_GAPS).startsWith(new Gap(3, 5, Gap.Cause.DISK));
    }
}
