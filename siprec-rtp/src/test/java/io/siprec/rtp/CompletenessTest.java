package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.StreamStatistics.Arrival;
import io.siprec.rtp.StreamStatistics.Content;
import io.siprec.rtp.StreamStatistics.Listening;
import io.siprec.rtp.StreamStatistics.Rtcp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletenessTest {
    private static StreamReport report(String gaps, long received, long undecodable, boolean audio, String error) {
        Map<Gap.Cause, Long> samples = new EnumMap<>(Gap.Cause.class);
        for (String gap : gaps.isBlank() ? new String[0] : gaps.split(" ")) {
            String[] parts = gap.split(":");
            samples.put(Gap.Cause.valueOf(parts[0]), Long.parseLong(parts[1]));
        }
        Arrival arrival = new Arrival(
                received, Optional.empty(), Optional.empty(), Duration.ofSeconds(9), Duration.ZERO, Duration.ZERO);
        StreamStatistics statistics = new StreamStatistics(
                received,
                received,
                0,
                0,
                0,
                undecodable,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new Rtcp(0, 0, 0, 0, 0, 0, 0, 0, ""),
                0,
                0,
                Optional.empty(),
                1,
                false,
                Listening.RECEIVING,
                arrival,
                new Content(received, 0, 0, 0, 0));
        OptionalLong first = audio ? OptionalLong.of(0) : OptionalLong.empty();
        return new StreamReport(
                Path.of("a.wav"),
                statistics,
                first,
                80_000,
                160_044,
                8_000,
                SampleEncoding.PCM16,
                List.of(),
                samples,
                OptionalLong.empty(),
                List.of(),
                Optional.empty(),
                EventList.NONE,
                Optional.ofNullable(error.isBlank() ? null : error));
    }

    @ParameterizedTest(name = "{5}: {6}")
    @CsvSource(delimiter = '|', textBlock = """
        # gaps                    | received | undecodable | audio | error | verdict                                   | why
        ''                        | 100 |  0 | true  | ''   | complete                                  | nothing is missing
        NETWORK:2560              | 100 |  0 | true  | ''   | incomplete: network 320 ms                | packets were lost
        NETWORK:2560 DISK:320     | 100 |  0 | true  | full | incomplete: network 320 ms, disk 40 ms    | two causes
        PAUSE:8000 HOLD:8000      | 100 |  0 | true  | ''   | complete                                  | nothing that was wanted
        NO_PACKETS:9 NO_AUDIO:900 | 100 |  0 | true  | ''   | complete                                  | the sender had nothing to send
        REANCHORED:160            | 100 |  0 | true  | ''   | incomplete: reanchored 20 ms              | nobody knows
        UNDECODABLE:1             | 100 |  1 | true  | ''   | incomplete: undecodable 0 ms              | a single sample tells
        ''                        |   0 |  0 | false | ''   | incomplete: no packets 9000 ms            | a line that should bring audio brought none
        ''                        | 100 | 99 | false | ''   | incomplete: undecodable 9000 ms           | nothing could be decoded
        ''                        | 100 |  0 | false | ''   | complete                                  | comfort noise alone
        ''                        | 100 |  0 | true  | full | incomplete: disk 0 ms                     | nobody knows what the disk kept
        """)
    void theVerdictFollowsFromTheReport(
            String gaps, long received, long undecodable, boolean audio, String error, String verdict, String why) {
        StreamReport report = report(gaps, received, undecodable, audio, error);
        assertThat(report.completeness()).as(why).hasToString(verdict);
        assertThat(report.completeness().complete()).isEqualTo(verdict.equals("complete"));
    }

    @Test
    void aRecordingLacksWhatItsStreamsLack() {
        StreamReport whole = report("PAUSE:8000", 100, 0, true, "");
        StreamReport one = report("NETWORK:160", 100, 0, true, "");
        StreamReport two = report("NETWORK:320 DISK:160", 100, 0, true, "");
        assertThat(Completeness.of(List.of(whole, one, two)))
                .isEqualTo(new Completeness(
                        Map.of(Gap.Cause.NETWORK, Duration.ofMillis(60), Gap.Cause.DISK, Duration.ofMillis(20))));
        assertThat(Completeness.of(List.of(whole)).complete()).isTrue();
        assertThat(Completeness.of(List.of()).complete()).isTrue();
    }
}
