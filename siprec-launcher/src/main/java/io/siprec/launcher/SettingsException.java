package io.siprec.launcher;

import java.util.List;

/** Settings that can't be used: one line each, naming the setting, its value and the remedy. */
final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    SettingsException(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    SettingsException(String line) {
        this(List.of(line));
    }

    List<String> lines() {
        return lines;
    }
}
