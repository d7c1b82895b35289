package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.Severity;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.SessionLink;
import io.siprec.core.session.SessionState;
import io.siprec.core.session.StreamPhase;
import io.siprec.rtp.Gap;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest's schema, its explanation and the code that writes it say the same. */
class ManifestSchemaTest {
    @TempDir
    Path recordings;

    @Test
    void theSchemaNamesEveryValueThatTheCodeCanWrite() {
        assertNames("/properties/state", SessionState.values(), SessionState::id);
        assertNames("/properties/endCause", EndCause.values(), EndCause::id);
        assertNames("/properties/links/items/properties/kind", SessionLink.Kind.values(), SessionLink.Kind::id);
        assertNames("/properties/findings/items/properties/severity", Severity.values(), Severity::id);
        String stream = "/$defs/stream/properties";
        assertNames(stream + "/phases/items/properties/state", StreamPhase.State.values(), StreamPhase.State::id);
        assertNames(stream + "/attributions/items/properties/grade", Attribution.Grade.values(), Attribution.Grade::id);
        assertNames(stream + "/gaps/items/properties/cause", Gap.Cause.values(), Gap.Cause::id);
    }

    @Test
    void everyFieldAndValueIsExplained() throws Exception {
        String text = Files.readString(ManifestSchema.DOCS.resolve("manifest.md"));
        Set<String> words = new TreeSet<>();
        collect(ManifestSchema.document(), words);

        assertThat(words)
                .hasSizeGreaterThan(60)
                .allSatisfy(word -> assertThat(text).as("docs/manifest.md").contains("`" + word + "`"));
    }

    @Test
    void aFieldThatTheSchemaDoesNotKnowIsSeen() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                            .duration(Duration.ofMillis(200))
                            .build())
                    .result()
                    .get(10, TimeUnit.SECONDS);
            JsonNode manifest = server.awaitRecording().manifest();
            ManifestSchema.check(manifest);
            ((ObjectNode) manifest.at("/streams/0/packets")).put("stray", 1);

            assertThatThrownBy(() -> ManifestSchema.check(manifest))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("stray");
        }
    }

    private static <T> void assertNames(String pointer, T[] values, Function<T, String> id) {
        Set<String> named = new TreeSet<>();
        ManifestSchema.document().at(pointer).get("enum").forEach(value -> named.add(value.asText()));
        assertThat(named)
                .as(pointer)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(values).map(id).toList());
    }

    /** The names of all properties and the values of all enums. */
    private static void collect(JsonNode schema, Set<String> words) {
        if (schema.has("properties") && schema.get("properties").isObject()) {
            schema.get("properties").fieldNames().forEachRemaining(words::add);
        }
        if (schema.has("enum") && schema.get("enum").isArray()) {
            schema.get("enum").forEach(value -> words.add(value.asText()));
        }
        schema.forEach(child -> collect(child, words));
    }
}
