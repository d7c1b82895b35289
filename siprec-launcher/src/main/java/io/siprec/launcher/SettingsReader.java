package io.siprec.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Turns setting values into types and gathers what is wrong with them. */
final class SettingsReader {
    private static final int MAX_PORT = 65_535;

    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> values) {
        this.values = values;
    }

    String text(String name, String fallback) {
        String value = values.getOrDefault(name, "").trim();
        return value.isEmpty() ? fallback : value;
    }

    /** Whether the setting has a value. */
    boolean given(String name) {
        return !text(name, "").isEmpty();
    }

    int number(String name, int fallback, int min, int max) {
        String value = text(name, Integer.toString(fallback));
        OptionalInt number = parse(value, min, max);
        if (number.isEmpty()) {
            wrong(name, value, "out of range", "use a number from " + min + " to " + max);
        }
        return number.orElse(fallback);
    }

    /** A time span such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 1h}, {@code 2d}; a bare number is seconds. */
    Duration duration(String name, Duration fallback, Duration min, Duration max) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return fallback;
        }
        Optional<Duration> time = TimeSpan.parse(value);
        if (time.isEmpty()) {
            wrong(name, value, "not a time span", "use a number with ms, s, m, h or d, as in 30s or 1h");
        } else if (time.get().compareTo(min) < 0 || time.get().compareTo(max) > 0) {
            wrong(name, value, "out of range", "use " + TimeSpan.text(min) + " to " + TimeSpan.text(max));
        }
        return time.orElse(fallback);
    }

    int port(String name, int fallback) {
        String value = text(name, Integer.toString(fallback));
        OptionalInt port = parsePort(value);
        if (port.isEmpty()) {
            wrong(name, value, "not a port", "use a number from 0 to 65535");
        }
        return port.orElse(fallback);
    }

    List<Integer> ports(String name, String fallback) {
        String value = text(name, fallback);
        List<Integer> ports = new ArrayList<>();
        for (String item : value.split(",", -1)) {
            OptionalInt port = parsePort(item.trim());
            if (port.isEmpty()) {
                wrong(name, value, "not a list of ports", "use numbers from 0 to 65535 with commas, as in 5060,5061");
                return List.of();
            }
            ports.add(port.getAsInt());
        }
        if (ports.stream().filter(port -> port != 0).distinct().count()
                < ports.stream().filter(port -> port != 0).count()) {
            wrong(name, value, "a port stands twice", "name each port once");
        }
        return List.copyOf(ports);
    }

    Path path(String name, String fallback) {
        String value = text(name, fallback);
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            wrong(name, value, "not a path", "name a directory");
            return Path.of(fallback);
        }
    }

    /** Values with commas between them; none when the setting is absent. */
    List<String> list(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Files with commas between them. */
    List<Path> paths(String name) {
        List<Path> paths = new ArrayList<>();
        for (String item : list(name)) {
            try {
                paths.add(Path.of(item).toAbsolutePath().normalize());
            } catch (InvalidPathException e) {
                wrong(name, item, "not a path", "name files, with commas");
            }
        }
        return paths;
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        String value = text(name, spelled(fallback));
        for (E constant : type.getEnumConstants()) {
            if (spelled(constant).equalsIgnoreCase(value)) {
                return constant;
            }
        }
        String choices = Arrays.stream(type.getEnumConstants())
                .map(SettingsReader::spelled)
                .collect(Collectors.joining(", "));
        wrong(name, value, "unknown", "use one of " + choices);
        return fallback;
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Two ports that bound a range with room for at least one pair; both 0 let the system choose. */
    void range(String minName, int min, String maxName, int max) {
        boolean any = min == 0 && max == 0;
        if (!any && (min == 0 || max < min + 1)) {
            wrong(minName + "/" + maxName, min + "/" + max, "not a range", "set " + maxName + " above " + minName);
        }
    }

    void throwIfWrong() throws SettingsException {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private void wrong(String name, String value, String problem, String remedy) {
        wrong(name, value, problem + "; " + remedy);
    }

    /** A fault that another class found, with its remedy. */
    void wrong(String name, String value, String problemAndRemedy) {
        problems.add(name + "=" + value + ": " + problemAndRemedy);
    }

    /** A fault of a value that nobody may read. */
    void wrongSecret(String name, String problemAndRemedy) {
        problems.add(name + ": " + problemAndRemedy);
    }

    private static OptionalInt parsePort(String text) {
        return parse(text, 0, MAX_PORT);
    }

    private static OptionalInt parse(String text, int min, int max) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number < min || number > max ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
