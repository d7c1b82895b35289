package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.siprec.testkit.RecordingCheck.Match;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingCheckTest {
    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
            # sent    | recorded            | offset | matched | strangers | why
            1 2 3     | 1 2 3               |      0 |       3 |         0 | the same
            1 2 3     | 0 0 1 2 3           |      2 |       3 |         0 | silence before
            1 2 3     | 0 1 2 3 0 0 0       |      1 |       3 |         0 | silence on both sides
            1 2 3     | 9 1 2 3             |      1 |       3 |         1 | a foreign sample before
            1 2 3     | 1 2 3 0 8 7         |      0 |       3 |         2 | foreign samples behind
            0 0 1     | 0 0 0 0 1           |      2 |       3 |         0 | silence that was sent is not the lead-in
            1 2 1 3   | 1 2 1 2 1 3         |      2 |       4 |         2 | a false start that overlaps the true one
            1 1 1 2   | 1 1 1 1 1 2         |      2 |       4 |         2 | a run of the same samples
            1 2 1 2   | 1 2 1 2 1 2         |      0 |       4 |         2 | periodic: the first place counts
            1 2 3 4   | 0 1 2 3 5           |      1 |       3 |         1 | the last sample differs
            1 2 3 4   | 1 2 0 0 1 2 3 9     |      4 |       3 |         3 | the longest beginning counts
            1 2 3 4   | 0 1 2               |      1 |       2 |         0 | the recording ends too early
            1 2 3     | 0 0                 |      0 |       0 |         0 | only silence
            1 2 3     | ''                  |      0 |       0 |         0 | nothing recorded
            """)
    void findsTheRunOrTheFirstDifference(
            String sent, String recorded, int offset, int matched, int strangers, String why) {
        Match match = RecordingCheck.find(samples(sent), samples(recorded));
        assertThat(match.offset()).as("offset").isEqualTo(offset);
        assertThat(match.matched()).as("matched").isEqualTo(matched);
        assertThat(match.strangers()).as("strangers").isEqualTo(strangers);
        assertThat(match.complete()).isEqualTo(matched == samples(sent).length);
        assertThat(match.exact()).isEqualTo(match.complete() && strangers == 0);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            1 2 3 | 0 1 2 3 | all 3 samples at 1 of 4, silence around
            1 2 3 | 7 1 2 3 | all 3 samples at 1 of 4, 1 foreign samples around
            1 2 3 | 0 1 2 9 | the first 2 of 3 samples at 1 of 4; sample 2 should be 3, is 9
            1 2 3 | 0 1 2   | the first 2 of 3 samples at 1 of 3; the recording ends before sample 2
            """)
    void saysWhatItFound(String sent, String recorded, String sentence) {
        assertThat(RecordingCheck.find(samples(sent), samples(recorded)).describe())
                .isEqualTo(sentence);
    }

    @Test
    void longSilenceTakesLinearTime() {
        short[] sent = new short[400_000];
        sent[sent.length - 1] = 1;
        short[] recorded = new short[800_000];
        recorded[recorded.length - 1] = 1;
        Match match =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> RecordingCheck.find(sent, recorded));
        assertThat(match.exact()).isTrue();
        assertThat(match.offset()).isEqualTo(400_000);
    }

    @Test
    void nothingSentIsAMistakeOfTheTest() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordingCheck.find(new short[0], new short[8]));
    }

    private static short[] samples(String text) {
        int[] numbers = text.isBlank()
                ? new int[0]
                : Arrays.stream(text.trim().split("\\s+"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        short[] samples = new short[numbers.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) numbers[i];
        }
        return samples;
    }
}
