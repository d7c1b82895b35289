package io.siprec.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The checksums of audio files that a manifest holds. */
final class ManifestChecksums {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Map<String, String> byFile = new HashMap<>();

    private ManifestChecksums() {}

    /** Those of a session; none where its manifest can't be read. */
    static ManifestChecksums of(Path session) throws IOException {
        ManifestChecksums checksums = new ManifestChecksums();
        try {
            byte[] manifest = Files.readAllBytes(session.resolve("manifest.json"));
            for (JsonNode stream : new ObjectMapper().readTree(manifest).path("streams")) {
                if (stream.hasNonNull("sha256")) {
                    checksums.byFile.put(
                            stream.path("file").asText(), stream.path("sha256").asText());
                }
            }
        } catch (NoSuchFileException | JsonProcessingException e) {
            checksums.byFile.clear();
        }
        return checksums;
    }

    /** That of an audio file, by its name. */
    Optional<String> of(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /** SHA-256 of a file, in lower-case hexadecimal. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            while (in.read(buffer) >= 0) {
                continue; // reading is digesting
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
