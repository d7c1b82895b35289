package io.siprec.sip.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
            # limit | percent | low | values            | reached             | why
            100     | 90      | 80  | 89 90 85 81 80 85 | n y y y n n         | left below the lower mark only
            1       | 100     | 97  | 0 1 1 0 1         | n y y n y           | a limit of one
            3       | 90      | 80  | 2 3 2 1           | n y n n             | small limits round up
            10000   | 100     | 97  | 9999 10000 9701 9700 9999 | n y y n n   | the limit itself
            """)
    void doesNotFlap(int limit, int percent, int low, String values, String reached, String why) {
        Watermark mark = Watermark.of(limit, percent, low);
        StringBuilder seen = new StringBuilder();
        for (String value : values.split(" ")) {
            seen.append(mark.reached(Long.parseLong(value)) ? "y " : "n ");
        }
        assertThat(seen.toString().trim()).as(why).isEqualTo(reached);
    }
}
