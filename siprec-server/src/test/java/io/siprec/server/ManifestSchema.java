package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of manifests, to which every manifest of every test is held. */
final class ManifestSchema {
    static final Path DOCS =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("docs");

    private static final JsonNode TEXT = read(DOCS.resolve("manifest.schema.json"));
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT.toString(), InputFormat.JSON);

    private ManifestSchema() {}

    /** The schema itself. */
    static JsonNode document() {
        return TEXT;
    }

    /** Fails with what the schema has against the manifest. */
    static void check(JsonNode manifest) {
        List<Error> errors = SCHEMA.validate(
                manifest, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s", manifest).isEmpty();
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
