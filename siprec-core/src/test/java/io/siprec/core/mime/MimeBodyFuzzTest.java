package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content type with any octets makes parts within the body's size, or is refused. */
class MimeBodyFuzzTest {

    /** The octets are a content type, a line feed, and the body. */
    @MethodSource("io.siprec.core.Corpus#bodies")
    @FuzzTest(maxDuration = "3m")
    void parse(byte[] octets) {
        int end = 0;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        String contentType = new String(octets, 0, end, ISO_8859_1);
        byte[] body = Arrays.copyOfRange(octets, Math.min(end + 1, octets.length), octets.length);
        try {
            MimeBody parsed = MimeBody.parse(contentType, body, MimeLimits.defaults());
            long size = 0;
            for (BodyPart part : parsed.parts()) {
                size += part.content().length;
                part.isSdp();
                part.isMetadata();
                part.type().parameter("charset");
            }
            assertThat(size).isLessThanOrEqualTo(body.length);
            assertThat(parsed.metadata().size())
                    .isLessThanOrEqualTo(parsed.parts().size());
        } catch (MimeException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
