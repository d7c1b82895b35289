package io.siprec.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.internal.Findings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTimesTest {
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2026-01-01T10:00:00Z             | 2026-01-01T10:00:00Z     | -                          | C069
            2026-01-01T10:00:00.25+01:00     | 2026-01-01T09:00:00.250Z | -                          | C069
            2026-01-01T10:00:00.1234567891-00:30 | 2026-01-01T10:30:00.123456789Z | -                | C069 more digits than a nanosecond
            2016-12-31T23:59:60Z             | 2017-01-01T00:00:00Z     | -                          | C069 a leap second
            2026-01-01T10:00:00              | 2026-01-01T10:00:00Z     | metadata-time-zone-missing | C070 Oracle, Avaya
            2024-06-20T15:04:17+0000         | 2024-06-20T15:04:17Z     | metadata-time-form         | C070 OpenSIPS
            2024-06-20T15:04:17+0300         | 2024-06-20T12:04:17Z     | metadata-time-form         | C070
            2024-06-20T15:04:17+03           | 2024-06-20T12:04:17Z     | metadata-time-form         | C070
            2026-01-01t10:00:00z             | 2026-01-01T10:00:00Z     | metadata-time-form         | C070 lower case
            2026-01-01 10:00:00 Z            | 2026-01-01T10:00:00Z     | metadata-time-form         | C070 blanks
            yesterday                        | -                        | metadata-time-unreadable   | C070
            ''                               | -                        | metadata-time-unreadable   | C070
            2026-13-01T10:00:00Z             | -                        | metadata-time-unreadable   | C070 no such month
            2026-01-01T10:00:00+99:00        | -                        | metadata-time-unreadable   | C070 no such zone
            """)
    void C069_C070_reads(String text, Instant expected, String code, String why) {
        Findings findings = new Findings();
        assertThat(MetadataTimes.read(text, findings).orElse(null)).as(why).isEqualTo(expected);
        assertThat(findings.toList().stream().map(Finding::code)).isEqualTo(code == null ? List.of() : List.of(code));
    }
}
