package io.siprec.core.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * What one tree has and another has not, as a tree with the same places. Objects in a list are the same when their
 * {@code number} is; objects of other lists come and go, so what is unknown in them is not kept.
 */
final class FieldOverlay {
    private static final String NUMBER = "number";

    private FieldOverlay() {}

    /** The fields of {@code whole} that {@code known} lacks. */
    static ObjectNode difference(ObjectNode whole, ObjectNode known) {
        ObjectNode missing = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : whole.properties()) {
            JsonNode there = known.get(field.getKey());
            if (there == null) {
                missing.set(field.getKey(), field.getValue());
            } else if (there instanceof ObjectNode inner && field.getValue() instanceof ObjectNode outer) {
                setIfFilled(missing, field.getKey(), difference(outer, inner));
            } else if (there instanceof ArrayNode inner && field.getValue() instanceof ArrayNode outer) {
                setIfFilled(missing, field.getKey(), difference(outer, inner));
            }
        }
        return missing;
    }

    private static ArrayNode difference(ArrayNode whole, ArrayNode known) {
        ArrayNode missing = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : whole) {
            numbered(known, element).ifPresent(same -> {
                ObjectNode fields = difference((ObjectNode) element, same);
                if (!fields.isEmpty()) {
                    missing.add(fields.set(NUMBER, element.get(NUMBER)));
                }
            });
        }
        return missing;
    }

    private static void setIfFilled(ObjectNode node, String name, JsonNode value) {
        if (!value.isEmpty()) {
            node.set(name, value);
        }
    }

    /** Adds to {@code tree} the fields of {@code missing} that it lacks; places that are no more are passed over. */
    static void add(ObjectNode tree, ObjectNode missing) {
        for (Map.Entry<String, JsonNode> field : missing.properties()) {
            JsonNode there = tree.get(field.getKey());
            if (there == null) {
                tree.set(field.getKey(), field.getValue());
            } else if (there instanceof ObjectNode inner && field.getValue() instanceof ObjectNode outer) {
                add(inner, outer);
            } else if (there instanceof ArrayNode inner && field.getValue() instanceof ArrayNode outer) {
                outer.forEach(element -> numbered(inner, element).ifPresent(same -> add(same, (ObjectNode) element)));
            }
        }
    }

    private static Optional<ObjectNode> numbered(ArrayNode array, JsonNode wanted) {
        if (wanted instanceof ObjectNode && wanted.has(NUMBER)) {
            for (JsonNode element : array) {
                if (element instanceof ObjectNode object && wanted.get(NUMBER).equals(object.get(NUMBER))) {
                    return Optional.of(object);
                }
            }
        }
        return Optional.empty();
    }
}
