package io.siprec.core.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The JSON form of a snapshot, which stores keep and nodes of different versions share.
 *
 * <p>Fields are the components of {@link SessionSnapshot} and of what it holds. Beside them stand {@code format}, the version of
 * the form that wrote it, and {@code readableBy}, the lowest version that may act on it. A new version adds fields and leaves
 * {@code readableBy} as it is; what an older node does not know it keeps and writes back, as long as the object that has it
 * is there ({@link UnknownFields}; in lists those objects that have a {@code number}). A version whose new fields must be
 * understood raises {@code readableBy}: older nodes then refuse the snapshot as a whole. A field that an older version did not
 * write reads as empty. Any thread.
 */
public final class SnapshotJson {
    /** The version that this one writes. */
    public static final int FORMAT = 1;

    /** The most octets that are read. */
    public static final int MAX_BYTES = 16 << 20;

    private static final String FORMAT_FIELD = "format";
    private static final String READABLE_BY_FIELD = "readableBy";
    private static final String UNKNOWN_FIELD = "unknown";
    private static final ObjectMapper MAPPER =
            new ObjectMapper(new JsonFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SnapshotJson() {}

    /**
     * The octets of a snapshot, in UTF-8.
     *
     * @throws IllegalArgumentException if its unknown fields are no JSON object
     */
    public static byte[] write(SessionSnapshot snapshot) {
        try {
            ObjectNode tree = tree(snapshot);
            FieldOverlay.add(tree, fields(snapshot.unknown()));
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static ObjectNode fields(UnknownFields unknown) {
        try {
            if (unknown.equals(UnknownFields.NONE)) {
                return MAPPER.createObjectNode();
            } else if (MAPPER.readTree(unknown.json()) instanceof ObjectNode fields) {
                return fields;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the unknown fields are no JSON", e);
        }
        throw new IllegalArgumentException("the unknown fields are no JSON object");
    }

    private static ObjectNode tree(SessionSnapshot snapshot) {
        ObjectNode tree = MAPPER.createObjectNode().put(FORMAT_FIELD, FORMAT).put(READABLE_BY_FIELD, 1);
        tree.setAll(RecordTree.write(snapshot));
        tree.remove(UNKNOWN_FIELD);
        return tree;
    }

    /** @throws SnapshotFormatException if these octets are no snapshot, or one that only a newer version may read */
    public static SessionSnapshot read(byte[] json) throws SnapshotFormatException {
        ObjectNode whole = parse(json);
        int readableBy = number(whole, READABLE_BY_FIELD);
        if (readableBy > FORMAT) {
            throw new SnapshotFormatException("the snapshot has format " + number(whole, FORMAT_FIELD)
                    + ", which only versions that read format " + readableBy + " may use; this one reads " + FORMAT);
        }
        ObjectNode known = whole.deepCopy();
        known.putObject(UNKNOWN_FIELD).put("json", UnknownFields.NONE.json());
        SessionSnapshot read = RecordTree.read(known, SessionSnapshot.class, "snapshot");
        ObjectNode rest = FieldOverlay.difference(whole, tree(read));
        UnknownFields unknown = unknown(rest);
        return new SessionSnapshot(read.node(), read.session(), read.parts(), read.dialog(), read.media(), unknown);
    }

    /** In an order of its own, so that the same fields are always the same text. */
    private static UnknownFields unknown(ObjectNode rest) {
        try {
            return new UnknownFields(MAPPER.writer()
                    .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .writeValueAsString(rest));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    private static ObjectNode parse(byte[] json) throws SnapshotFormatException {
        if (json.length > MAX_BYTES) {
            throw new SnapshotFormatException("a snapshot of " + json.length + " bytes; at most " + MAX_BYTES);
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree instanceof ObjectNode object && number(object, FORMAT_FIELD) > 0) {
                return object;
            }
            throw new SnapshotFormatException("no session snapshot");
        } catch (IOException e) {
            throw new SnapshotFormatException("no JSON"); // the cause would show what it is instead
        }
    }

    private static int number(ObjectNode tree, String field) {
        return tree.path(field).asInt(0);
    }
}
