package io.siprec.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.core.Corpus;
import io.siprec.core.Finding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** All sample documents: those of the RFCs without a finding, those of vendors to participants and streams. */
class MetadataCorpusTest {
    private static MetadataUpdate parse(String file) {
        return MetadataParser.parse(Corpus.read("metadata", file), Optional.empty(), MetadataLimits.defaults());
    }

    private static List<String> codes(String file) {
        return parse(file).findings().stream().map(Finding::code).toList();
    }

    @Test
    void readsEachDocumentInTime() {
        for (Map<String, String> row : Corpus.index("metadata")) {
            String file = row.get("file");
            MetadataUpdate update = Assertions.assertTimeout(Duration.ofSeconds(1), () -> parse(file), file);
            boolean malformed =
                    update.findings().stream().anyMatch(one -> one.code().equals("metadata-malformed"));
            assertThat(malformed).as(file).isEqualTo(row.get("well_formed").equals("no"));
            boolean refused = file.contains("evil-xxe") || file.contains("evil-parameter");
            boolean recording = !refused
                    && !row.get("root").equals("requestsnapshot")
                    && !row.get("root").equals("-");
            assertThat(update.metadata().isPresent()).as(file).isEqualTo(recording);
        }
    }

    @Test
    void C056_C057_understandsEachVendor() {
        List<String> poor = new ArrayList<>();
        for (Map<String, String> row : Corpus.index("metadata")) {
            if (!row.get("file").startsWith("vendor/")) continue;
            RecordingMetadata metadata = parse(row.get("file")).metadata().orElseThrow();
            boolean named = metadata.participants().size() >= 2
                    && metadata.participants().stream()
                            .allMatch(one -> !one.nameIds().isEmpty()
                                    && !one.nameIds().get(0).aor().isEmpty());
            boolean labelled = !metadata.streams().isEmpty()
                    && metadata.streams().stream().allMatch(one -> one.label().isPresent());
            if (!named || !labelled || metadata.sessions().isEmpty()) poor.add(row.get("file"));
        }
        assertThat(poor)
                .containsExactly(
                        "vendor/synthetic-avaya-siprec-invite-badlength.xml",
                        "vendor/synthetic-cisco-siprec-invite-badlength.xml");
    }

    @Test
    void hasNothingToSayAboutTheRfcs() {
        for (Map<String, String> row : Corpus.index("metadata")) {
            String file = row.get("file");
            if (!file.startsWith("rfc/") || file.contains("requestsnapshot")) continue;
            assertThat(codes(file)).as(file).isSubsetOf("metadata-unknown-reference");
        }
    }

    @Test
    void crossChecksSomeOfTheCrafted() {
        Corpus.index("metadata");
        RecordingMetadata base = parse("crafted/ok-base.xml").metadata().orElseThrow();
        for (String same :
                List.of("ok-prefix", "ok-no-datamode", "bad-order", "bad-datamode-case", "bad-namespace-none")) {
            RecordingMetadata other =
                    parse("crafted/" + same + ".xml").metadata().orElseThrow();
            assertThat(other.participants()).as(same).isEqualTo(base.participants());
            assertThat(other.streams()).as(same).isEqualTo(base.streams());
        }
        assertThat(codes("crafted/bad-uuid-two-kinds.xml")).contains("metadata-duplicate-id");
        assertThat(codes("crafted/bad-duplicate-participant.xml")).contains("metadata-duplicate-id");
        assertThat(codes("crafted/evil-deep-nesting.xml")).contains("metadata-too-deep");
        assertThat(codes("crafted/evil-long-attribute.xml")).contains("metadata-value-cut");
        assertThat(parse("crafted/ok-many-participants.xml")
                        .metadata()
                        .orElseThrow()
                        .participants())
                .hasSizeGreaterThan(399);
    }

    @Test
    void whatIsWrittenAgainSatisfiesTheSchema() throws IOException, SAXException {
        Schema schema = schema();
        for (Map<String, String> row : Corpus.index("metadata")) {
            String file = row.get("file");
            if (!row.get("schema_valid").equals("yes") || file.contains("requestsnapshot")) continue;
            Optional<RecordingMetadata> metadata = parse(file).metadata();
            if (metadata.isEmpty()) continue;
            byte[] written = MetadataWriter.write(metadata.get());
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(written)));
            assertThat(MetadataParser.parse(written, Optional.empty(), MetadataLimits.defaults())
                            .metadata())
                    .as(file)
                    .contains(withoutAttributes(metadata.get()));
        }
    }

    /** The schema has no room for foreign attributes at the top, such as a schemaLocation. */
    private static RecordingMetadata withoutAttributes(RecordingMetadata metadata) {
        return new RecordingMetadata(
                metadata.dataMode(),
                metadata.groups(),
                metadata.sessions(),
                metadata.participants(),
                metadata.streams(),
                metadata.sessionRecordings(),
                metadata.participantSessions(),
                metadata.participantStreams(),
                Optional.empty(),
                Optional.empty(),
                metadata.extensions().stream().filter(one -> !one.isAttribute()).toList());
    }

    /** The schema of RFC 7865 §9; skips the test where there is no corpus. */
    static Schema schema() throws SAXException {
        Path folder = Path.of(System.getProperty("siprec.corpus", ""), "metadata", "schema");
        Path file = folder.resolve("rfc7865-recording-1-offline.xsd");
        assumeTrue(file.toFile().isFile(), "no corpus");
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        return factory.newSchema(file.toFile());
    }
}
