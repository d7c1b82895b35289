package io.siprec.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            multipart/mixed;boundary=b1                | b1        | C020 plain
            multipart/mixed; boundary="b 1;=x"         | b 1;=x    | C020 quoted, with blanks and separators
            multipart/mixed ; Boundary = b1 ; charset=x | b1       | blanks everywhere, other case
            multipart/mixed;charset="a\\"b";boundary=b1 | b1       | an escaped quote before it
            multipart/mixed;boundary=a;boundary=b      | a         | the first of two
            multipart/mixed;;=x;boundary=b1            | b1        | empty parameters
            multipart/mixed;flag;boundary=b1;          | b1        | a parameter without a value, a last semicolon
            """)
    void readsTheBoundary(String header, String boundary, String why) {
        assertThat(MediaType.parse(header).orElseThrow().parameter("boundary"))
                .as(why)
                .contains(boundary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sdp", "/sdp", "application/", "a b/c", "application/sdp/x", ";boundary=x"})
    void isEmptyForWhatIsNoMediaType(String header) {
        assertThat(MediaType.parse(header)).isEmpty();
    }

    @Test
    void comparesWithoutCaseAndWritesItselfBack() {
        MediaType type = MediaType.parse("Application/RS-Metadata+XML;charset=UTF-8;x=\"a b\"")
                .orElseThrow();
        assertThat(type.is("application/rs-metadata+xml")).isTrue();
        assertThat(type.is("application/rs-metadata")).isFalse();
        assertThat(type).hasToString("application/rs-metadata+xml;charset=UTF-8;x=\"a b\"");
        assertThat(type.parameters()).isEqualTo(Map.of("charset", "UTF-8", "x", "a b"));
    }
}
