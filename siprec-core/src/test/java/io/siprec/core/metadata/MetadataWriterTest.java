package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MetadataWriterTest {
    private static RecordingMetadata withName(String aor, String name, List<Extension> extensions) {
        return new RecordingMetadata(
                DataMode.PARTIAL,
                List.of(),
                List.of(),
                List.of(new Participant("A=", List.of(new NameId(aor, name, "")), extensions)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static RecordingMetadata again(RecordingMetadata metadata) {
        return MetadataParserTest.read(new String(MetadataWriter.write(metadata), UTF_8));
    }

    @Test
    void whatItWritesIsReadAsTheSame() {
        RecordingMetadata metadata = MetadataParserTest.read(MetadataParserTest.BASE);
        assertThat(again(metadata)).isEqualTo(metadata);
    }

    @Test
    void escapesWhatWouldBeMarkup() { // C077
        RecordingMetadata metadata = withName("sip:a?x=\"1\"&b=<\t>", "</name>]]>&amp; \uD83D\uDE00 'q'", List.of());
        assertThat(again(metadata)).isEqualTo(metadata);
    }

    @Test
    void leavesOutWhatXmlDoesNotHave() {
        RecordingMetadata metadata = withName("sip:a\u0000b", "x\u0001\uD800y\uFFFF", List.of());
        assertThat(again(metadata).participants().get(0).nameIds()).containsExactly(new NameId("sip:ab", "xy", ""));
    }

    @Test
    void writesForeignElementsOnly() {
        Extension child = new Extension("", "value", Map.of(), "1 < 2", List.of());
        Extension foreign = new Extension(
                "urn:x",
                "data",
                Map.of("label", "From", "{urn:y}b", "2", "{http://www.w3.org/XML/1998/namespace}lang", "en"),
                "",
                List.of(child));
        Extension own = new Extension(Namespaces.RECORDING, "mode", Map.of(), "mixed", List.of());
        Extension attribute = Extension.ofAttribute("urn:x", "a", "1");
        RecordingMetadata metadata = withName("sip:a", "", List.of(own, attribute, foreign));
        assertThat(again(metadata).participants().get(0).extensions()).containsExactly(foreign);
    }

    @Test
    void idsAreUuidsInBase64() { // C072
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        String id = MetadataIds.of(uuid);
        assertThat(Base64.getDecoder().decode(id)).hasSize(16).startsWith(0x00, 0x11, 0x22);
        assertThat(id).isEqualTo("ABEiM0RVZneImaq7zN3u/w==");
    }
}
