package io.siprec.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets make metadata that can be written and read again, or findings that say why not. */
class MetadataParserFuzzTest {

    @MethodSource("io.siprec.core.Corpus#metadata")
    @FuzzTest(maxDuration = "3m")
    void parse(byte[] octets) {
        MetadataUpdate update = MetadataParser.parse(octets, Optional.empty(), MetadataLimits.defaults());
        if (update.metadata().isEmpty()) {
            assertThat(update.findings()).isNotEmpty();
            return;
        }
        RecordingMetadata metadata = update.metadata().get();
        byte[] written = MetadataWriter.write(metadata);
        MetadataUpdate again = MetadataParser.parse(written, Optional.empty(), MetadataLimits.defaults());
        assertThat(again.metadata()).isPresent();
        assertThat(again.metadata().get().participants()).hasSameSizeAs(metadata.participants());
        assertThat(again.metadata().get().streams()).hasSameSizeAs(metadata.streams());
    }
}
