package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file's content. */
public final class Checksum {
    private static final int BUFFER_BYTES = 64 * 1024;

    private Checksum() {}

    /** Writes a file's checksum into the manifest; a file that can't be read must not cost the manifest of the others. */
    public static void write(ObjectNode node, Path file) {
        try {
            node.put("sha256", sha256(file));
        } catch (IOException e) {
            node.put("error", "no checksum: " + e);
        }
    }

    /** The checksum in lower-case hexadecimal. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
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
