package io.siprec.core.metadata;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** The form of the ids in a metadata document (RFC 7865 §6.10). */
public final class MetadataIds {
    private static final int UUID_BYTES = 16;

    private MetadataIds() {}

    /** A new id, which says nothing about anybody. */
    public static String random() {
        return of(UUID.randomUUID());
    }

    /** {@code uuid} in base64. */
    public static String of(UUID uuid) {
        ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits());
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
