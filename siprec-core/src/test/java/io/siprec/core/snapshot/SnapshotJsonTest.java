package io.siprec.core.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.Mutations;
import io.siprec.core.session.SessionState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The file is what versions of this format have written: it changes with {@link SnapshotJson#FORMAT} only, or grows. */
    @Test
    void theFormIsStable() throws Exception {
        byte[] published = published();

        assertThat(SnapshotJson.read(published)).isEqualTo(Sample.complete());
        assertThat(MAPPER.readTree(SnapshotJson.write(Sample.complete()))).isEqualTo(MAPPER.readTree(published));
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        SessionSnapshot sample = Sample.complete();
        SessionSnapshot bare = new SessionSnapshot("node \ud83d", sample.session(), List.of()); // half a character

        assertThat(SnapshotJson.read(SnapshotJson.write(sample))).isEqualTo(sample);
        assertThat(SnapshotJson.read(SnapshotJson.write(bare))).isEqualTo(bare);
    }

    @Test
    void anOlderVersionsFieldsReadAsEmpty() throws Exception {
        ObjectNode old = (ObjectNode) MAPPER.readTree(published());
        old.remove(List.of("parts", "dialog"));
        at(old, "/session").remove(List.of("links", "metadata", "endCause", "directory"));
        at(old, "/media").remove(List.of("audioOrigin", "pausedAll", "originVersion"));

        SessionSnapshot read = SnapshotJson.read(MAPPER.writeValueAsBytes(old));

        assertThat(read.parts()).isEmpty();
        assertThat(read.dialog()).isEmpty();
        assertThat(read.session().links()).isEmpty();
        assertThat(read.session().metadata()).isEmpty();
        assertThat(read.session().endCause()).isEmpty();
        assertThat(read.session().directory()).isEmpty();
        assertThat(read.session().streams())
                .isEqualTo(Sample.complete().session().streams());
        assertThat(read.media().orElseThrow().audioOrigin()).isEmpty();
        assertThat(read.media().orElseThrow().pausedAll()).isFalse();
        assertThat(read.media().orElseThrow().originVersion()).isZero();
    }

    @Test
    void whatANewerVersionAddsIsKeptAndWrittenBack() throws Exception {
        ObjectNode newer = (ObjectNode) MAPPER.readTree(published());
        newer.put("format", 2).put("later", "x");
        newer.putArray("unknown").add(1);
        at(newer, "/session").putObject("mood").put("value", 1);
        at(newer, "/session/streams/0").put("gain", 0.5);
        at(newer, "/session/findings/0").put("count", 3);
        at(newer, "/media/lines/0").put("mid", "a");

        SessionSnapshot read = SnapshotJson.read(MAPPER.writeValueAsBytes(newer));
        JsonNode written = MAPPER.readTree(SnapshotJson.write(changed(read)));

        assertThat(read.session()).isEqualTo(Sample.complete().session());
        assertThat(written.at("/format").asInt()).isEqualTo(SnapshotJson.FORMAT);
        assertThat(written.at("/node").asText()).isEqualTo("node-2");
        assertThat(written.at("/later").asText()).isEqualTo("x");
        assertThat(written.at("/unknown/0").asInt()).isEqualTo(1);
        assertThat(written.at("/session/mood/value").asInt()).isEqualTo(1);
        assertThat(written.at("/session/streams/0/gain").asDouble()).isEqualTo(0.5);
        assertThat(written.at("/session/findings/0/count").isMissingNode())
                .as("findings have no number that tells which is which")
                .isTrue();
        assertThat(written.at("/media/lines/0/mid").asText()).isEqualTo("a");
        assertThat(SnapshotJson.read(SnapshotJson.write(read))).isEqualTo(read);
    }

    /** The same session in the hands of a node that goes on with it. */
    private static SessionSnapshot changed(SessionSnapshot read) {
        assertThat(read.session().state()).isEqualTo(SessionState.FINISHING);
        return new SessionSnapshot("node-2", read.session(), List.of(), Optional.empty(), read.media(), read.unknown());
    }

    @Test
    void whatOnlyANewerVersionMayReadIsRefused() throws Exception {
        ObjectNode newer = (ObjectNode) MAPPER.readTree(published());
        newer.put("format", 4).put("readableBy", 3);

        assertThatThrownBy(() -> SnapshotJson.read(MAPPER.writeValueAsBytes(newer)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage(
                        "the snapshot has format 4, which only versions that read format 3 may use; this one reads 1");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # octets                          | message                                | why
        ``                                | no session snapshot                    | nothing
        garbage                           | no JSON                                | no JSON
        {"format":1                       | no JSON                                | cut off
        {"format":1} {}                   | no JSON                                | two documents
        "x"                               | no session snapshot                    | no object
        {}                                | no session snapshot                    | no format
        {"format":"one"}                  | no session snapshot                    | a format that is no number
        {"format":1}                      | snapshot.session is missing            | nothing but a format
        {"format":1,"session":[]}         | snapshot.session is no object          | a list for an object
        {"format":1,"node":1}             | snapshot.node is no text               | a number for a text
        {"format":1,"session":{"id":"x"}} | snapshot.session.id has a value that can't be | a value that its type refuses
        {"format":1,"session":{"id":"0190f4a0-0000-7000-8000-000000000001","state":"tired"}} | snapshot.session.state has a value that this version doesn't know | an unknown constant
        """)
    void whatIsNoSnapshotIsRefused(String octets, String message, String why) {
        assertThatThrownBy(() -> SnapshotJson.read(octets.getBytes(UTF_8)))
                .as(why)
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # where                  | value          | message
        /session/startedAt       | "yesterday"    | snapshot.session.startedAt has a value that can't be
        /session/streams         | {}             | snapshot.session.streams is no list
        /session/streams/0/phases | []            | snapshot.session.streams[0] has a value that can't be
        /session/streams/0/number | 1.5           | snapshot.session.streams[0].number is no number from -2147483648 to 2147483647
        /session/streams/0/number | 4294967296    | snapshot.session.streams[0].number is no number from -2147483648 to 2147483647
        /dialog/localSeq         | 9223372036854775808 | snapshot.dialog.localSeq is no number from -9223372036854775808 to 9223372036854775807
        /dialog/acknowledged     | "yes"          | snapshot.dialog.acknowledged is neither true nor false
        /media/pausedStreams/0   | "1"            | snapshot.media.pausedStreams[0] is no number from -2147483648 to 2147483647
        /session/metadata/extensions/0/attributes | [] | snapshot.session.metadata.extensions[0].attributes is no object
        """)
    void aValueThatCanNotBeIsNamedByItsPlace(String where, String value, String message) throws Exception {
        JsonNode tree = MAPPER.readTree(published());
        int slash = where.lastIndexOf('/');
        JsonNode parent = tree.at(where.substring(0, slash));
        if (parent instanceof ObjectNode object) {
            object.set(where.substring(slash + 1), MAPPER.readTree(value));
        } else {
            ((ArrayNode) parent).set(0, MAPPER.readTree(value));
        }

        assertThatThrownBy(() -> SnapshotJson.read(MAPPER.writeValueAsBytes(tree)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage(message);
    }

    @Test
    void absurdDepthAndSizeAreRefused() {
        String deep = "{\"format\":1,\"x\":" + "[".repeat(100_000);

        assertThatThrownBy(() -> SnapshotJson.read(deep.getBytes(UTF_8))).isInstanceOf(SnapshotFormatException.class);
        assertThatThrownBy(() -> SnapshotJson.read(new byte[SnapshotJson.MAX_BYTES + 1]))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void damagedSnapshotsAreReadOrRefused() throws Exception {
        Mutations mutations = new Mutations(1);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = mutations.of(published());
            try {
                SessionSnapshot snapshot = SnapshotJson.read(damaged);
                assertThat(SnapshotJson.read(SnapshotJson.write(snapshot))).isEqualTo(snapshot);
                read++;
            } catch (SnapshotFormatException refused) {
                assertThat(refused).hasMessageNotContaining("secret");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void unknownFieldsThatAreNoneAreNotWritten() {
        SessionSnapshot sample = Sample.complete();
        SessionSnapshot bad = new SessionSnapshot(
                "a", sample.session(), List.of(), Optional.empty(), Optional.empty(), new UnknownFields("[1]"));

        assertThatThrownBy(() -> SnapshotJson.write(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTextOfASnapshotShowsAKey() {
        SessionSnapshot sample = Sample.complete();
        assertThat(sample.toString()).doesNotContain("secret", "c2VjcmV0");
        assertThat(sample.media().orElseThrow().lines().toString())
                .doesNotContain("c2VjcmV0")
                .contains("***");
    }

    private static ObjectNode at(ObjectNode tree, String pointer) {
        return (ObjectNode) tree.at(pointer);
    }

    private static byte[] published() throws IOException {
        try (InputStream file = SnapshotJsonTest.class.getResourceAsStream("snapshot-format-1.json")) {
            return file.readAllBytes();
        }
    }
}
