package io.siprec.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The metadata documents of RFC 8068's flows, named by section: our own of the same shape, and the RFC's where they are. */
enum FlowDocuments {
    OWN,
    RFC8068;

    private static final String CORPUS = System.getProperty("siprec.corpus", "");

    String document(String name) throws IOException {
        return new String(this == OWN ? own(name) : rfc(name), StandardCharsets.UTF_8);
    }

    private static byte[] own(String name) throws IOException {
        try (InputStream in = FlowDocuments.class.getResourceAsStream("flows/" + name + ".xml")) {
            return in.readAllBytes();
        }
    }

    private static byte[] rfc(String name) throws IOException {
        assumeTrue(!CORPUS.isEmpty(), "the corpus of public messages is not there (-Dsiprec.corpus)");
        return Files.readAllBytes(Path.of(CORPUS, "metadata", "rfc", "rfc8068-" + name + ".xml"));
    }
}
