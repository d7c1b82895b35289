package io.siprec.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets make a session description that can be written and read again, or are refused. */
class SdpParserFuzzTest {
    /** What is written may be longer than what was read: it has the lines that were missing, and UTF-8. */
    private static final SdpLimits WIDE = new SdpLimits(1_000_000, 10_000, 128, 128);

    @MethodSource("io.siprec.core.Corpus#sessionDescriptions")
    @FuzzTest(maxDuration = "3m")
    void parse(byte[] octets) throws SdpException {
        SessionDescription description;
        try {
            description = SdpParser.parse(octets, SdpLimits.defaults()).description();
        } catch (SdpException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        byte[] written = SdpWriter.write(description);
        SessionDescription again = SdpParser.parse(written, WIDE).description();
        assertThat(again.media()).hasSameSizeAs(description.media());
        assertThat(again.origin()).isEqualTo(description.origin());
        assertThat(SdpWriter.write(again)).isEqualTo(written);
    }
}
