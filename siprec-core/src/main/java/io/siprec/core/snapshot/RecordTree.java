package io.siprec.core.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.SessionId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Records as JSON trees. A component is a field of its name; an absent {@link Optional} is no field; enums are written as
 * their kebab-case names, times as ISO 8601 in UTC. What is absent reads as empty, "", 0 or false where the type has
 * such a value, so that a component can be added without making old trees unreadable.
 */
final class RecordTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordTree() {}

    static ObjectNode write(Record value) {
        ObjectNode node = NODES.objectNode();
        for (RecordShape.Part part : RecordShape.of(value.getClass()).parts()) {
            JsonNode child = node(part.get(value));
            if (child != null) {
                node.set(part.name(), child);
            }
        }
        return node;
    }

    /** Null for what is not written. */
    private static JsonNode node(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(RecordTree::node).orElse(null);
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? NODES.numberNode(optional.getAsInt()) : null;
        } else if (value instanceof Record inner && !(inner instanceof SessionId)) {
            return write(inner);
        } else if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, element) -> object.set((String) key, node(element)));
            return object;
        } else if (value instanceof Integer number) {
            return NODES.numberNode(number);
        } else if (value instanceof Long number) {
            return NODES.numberNode(number);
        } else if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        } else if (value instanceof Enum<?> constant) {
            return NODES.textNode(name(constant));
        }
        return NODES.textNode(value.toString()); // String, Instant, SessionId
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param path of {@code node}, for messages */
    static <T> T read(JsonNode node, Class<T> type, String path) throws SnapshotFormatException {
        return type.cast(value(node, type, path));
    }

    private static Object value(JsonNode node, Type type, String path) throws SnapshotFormatException {
        boolean absent = node == null || node.isNull();
        if (type instanceof ParameterizedType generic) {
            return generic(absent ? null : node, generic, path);
        } else if (type == OptionalInt.class) {
            return absent ? OptionalInt.empty() : OptionalInt.of((int) number(node, path, Integer.MAX_VALUE));
        } else if (type == String.class) {
            return absent ? "" : text(node, path);
        } else if (type == int.class || type == Integer.class) {
            return absent ? 0 : (int) number(node, path, Integer.MAX_VALUE);
        } else if (type == long.class) {
            return absent ? 0L : number(node, path, Long.MAX_VALUE);
        } else if (type == boolean.class) {
            return !absent && truth(node, path);
        } else if (absent) {
            throw new SnapshotFormatException(path + " is missing");
        }
        return required(node, (Class<?>) type, path);
    }

    private static Object required(JsonNode node, Class<?> type, String path) throws SnapshotFormatException {
        try {
            if (type == Instant.class) {
                return Instant.parse(text(node, path));
            } else if (type == SessionId.class) {
                return new SessionId(text(node, path));
            } else if (type.isEnum()) {
                return constant(text(node, path), type, path);
            }
            return record(node, RecordShape.of(type), path);
        } catch (DateTimeParseException | IllegalArgumentException | NullPointerException e) {
            throw new SnapshotFormatException(path + " has a value that can't be", e);
        }
    }

    private static Object record(JsonNode node, RecordShape shape, String path) throws SnapshotFormatException {
        if (!node.isObject()) {
            throw new SnapshotFormatException(path + " is no object");
        }
        List<RecordShape.Part> parts = shape.parts();
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            RecordShape.Part part = parts.get(i);
            values[i] = value(node.get(part.name()), part.type(), path + '.' + part.name());
        }
        return shape.create(values);
    }

    private static Object generic(JsonNode node, ParameterizedType type, String path) throws SnapshotFormatException {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return node == null ? Optional.empty() : Optional.of(value(node, arguments[0], path));
        } else if (type.getRawType() == List.class) {
            return list(node, arguments[0], path);
        }
        return map(node, arguments[1], path);
    }

    private static List<Object> list(JsonNode node, Type element, String path) throws SnapshotFormatException {
        if (node == null) {
            return List.of();
        } else if (!node.isArray()) {
            throw new SnapshotFormatException(path + " is no list");
        }
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode child : node) {
            list.add(value(child, element, path + '[' + list.size() + ']'));
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode node, Type element, String path) throws SnapshotFormatException {
        if (node == null) {
            return Map.of();
        } else if (!node.isObject()) {
            throw new SnapshotFormatException(path + " is no object");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            map.put(field.getKey(), value(field.getValue(), element, path + ".*"));
        }
        return map;
    }

    private static String text(JsonNode node, String path) throws SnapshotFormatException {
        if (!node.isTextual()) {
            throw new SnapshotFormatException(path + " is no text");
        }
        return node.textValue();
    }

    private static long number(JsonNode node, String path, long most) throws SnapshotFormatException {
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() > most
                || node.longValue() < -most - 1) {
            throw new SnapshotFormatException(path + " is no number from " + (-most - 1) + " to " + most);
        }
        return node.longValue();
    }

    private static boolean truth(JsonNode node, String path) throws SnapshotFormatException {
        if (!node.isBoolean()) {
            throw new SnapshotFormatException(path + " is neither true nor false");
        }
        return node.booleanValue();
    }

    private static Object constant(String name, Class<?> type, String path) throws SnapshotFormatException {
        for (Object constant : type.getEnumConstants()) {
            if (name((Enum<?>) constant).equals(name)) {
                return constant;
            }
        }
        throw new SnapshotFormatException(path + " has a value that this version doesn't know");
    }
}
