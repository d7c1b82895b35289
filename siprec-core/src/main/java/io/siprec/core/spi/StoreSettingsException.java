package io.siprec.core.spi;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Settings that a store can't use. */
public final class StoreSettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** @param faults each of them; at least one */
    public StoreSettingsException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Each of them. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One setting that can't be used.
     *
     * @param setting its name
     * @param value as given; "" for one that nobody may read
     * @param problem what is wrong and what to do, in one line: {@code not a port; use a number from 0 to 65535}
     */
    public record Fault(String setting, String value, String problem) {
        public Fault {
            Objects.requireNonNull(setting, "setting");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(problem, "problem");
        }

        /** {@code SETTING=value: problem}. */
        @Override
        public String toString() {
            return setting + (value.isEmpty() ? "" : '=' + value) + ": " + problem;
        }
    }
}
