package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.WavAudio;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcStreamReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of an ended session, to be checked against what was sent. */
record RecordedCall(Path folder, JsonNode manifest) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RecordedCall of(Path recordings, RecordingSession session) throws IOException {
        Path folder = recordings.resolve(session.directory());
        JsonNode manifest = JSON.readTree(Files.readAllBytes(folder.resolve("manifest.json")));
        ManifestSchema.check(manifest);
        return new RecordedCall(folder, manifest);
    }

    /** The stream with this label; each label stands once. */
    JsonNode stream(String label) {
        for (JsonNode stream : manifest.get("streams")) {
            if (stream.get("label").asText().equals(label)) {
                return stream;
            }
        }
        throw new AssertionError("no stream " + label + " in " + manifest);
    }

    WavAudio audio(String label) throws IOException {
        return WavAudio.read(folder.resolve(stream(label).get("file").asText()));
    }

    /** Every packet counted, every sample at its place, nothing else in the file. */
    void assertHoldsAllOf(SrcStreamReport sent) throws IOException {
        String label = sent.stream().label();
        RecordingCheck.Match match =
                RecordingCheck.find(sent.samples(), audio(label).samples());
        assertThat(match.exact()).as("stream %s: %s", label, match.describe()).isTrue();
        JsonNode packets = stream(label).get("packets");
        assertThat(packets.get("received").asLong()).isEqualTo(sent.packetsSent());
        assertThat(packets.get("expected").asLong()).isEqualTo(sent.packetsSent());
        assertThat(packets.get("lost").asLong()).isZero();
        assertThat(packets.get("droppedByUs").asLong()).isZero();
        assertThat(stream(label).at("/completeness/complete").asBoolean())
                .as("%s", stream(label))
                .isTrue();
    }
}
