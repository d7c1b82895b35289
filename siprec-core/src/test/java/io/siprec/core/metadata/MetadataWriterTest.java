package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void writesPartialDocumentsAndWhatHasNoNameOrCause() {
        RecordingMetadata partial = new RecordingMetadata(
                DataMode.PARTIAL,
                List.of(),
                List.of(new CommunicationSession(
                        "S=",
                        List.of(),
                        List.of(new CommunicationSession.Reason("SIP", OptionalInt.of(99_999), "")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Instant.parse("2026-01-01T10:00:00.5Z")),
                        List.of())),
                List.of(new Participant("A=", List.of(), List.of())),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ParticipantStreamAssociation(
                        "A=", List.of(), List.of("x"), Optional.empty(), Optional.empty(), List.of())),
                Optional.empty(),
                Optional.empty(),
                List.of());
        RecordingMetadata again = again(partial);
        assertThat(again.dataMode()).isEqualTo(DataMode.PARTIAL);
        assertThat(again.participants()).isEqualTo(partial.participants());
        assertThat(again.participantStreams()).isEqualTo(partial.participantStreams());
        assertThat(again.sessions().get(0).stopTime())
                .isEqualTo(partial.sessions().get(0).stopTime());
        assertThat(again.sessions().get(0).reasons().get(0).cause()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a><script", "1a", "x:y", "é<", "xmlns"})
    void refusesAnExtensionWhoseNameIsNone(String name) {
        Extension bad = new Extension("urn:x", name, Map.of(), "", List.of());
        Extension attribute = new Extension("urn:x", "a", Map.of(name, "1"), "", List.of());
        for (Extension extension : List.of(bad, attribute)) {
            RecordingMetadata metadata = withName("sip:a", "", List.of(extension));
            assertThatThrownBy(() -> MetadataWriter.write(metadata)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void C077_escapesWhatWouldBeMarkup() {
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
    void C072_idsAreUuidsInBase64() {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        String id = MetadataIds.of(uuid);
        assertThat(Base64.getDecoder().decode(id)).hasSize(16).startsWith(0x00, 0x11, 0x22);
        assertThat(id).isEqualTo("ABEiM0RVZneImaq7zN3u/w==");
        String random = MetadataIds.random();
        assertThat(Base64.getDecoder().decode(random)).hasSize(16);
        assertThat(Base64.getDecoder().decode(random)[6] >> 4)
                .as("a random UUID")
                .isEqualTo(4);
        assertThat(MetadataIds.random()).isNotEqualTo(random);
    }
}
