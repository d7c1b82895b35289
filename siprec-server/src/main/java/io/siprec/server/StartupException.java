package io.siprec.server;

import java.util.Objects;

/** The server can't start, for a reason that a person can mend. The message is one line: what, which value, why. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which setting is at fault. */
    public enum Setting {
        /** A SIP address or port. */
        LISTEN,
        /** The recording directory. */
        RECORDING_DIRECTORY,
        /** The range of RTP ports. */
        RTP_PORTS
    }

    private final Setting setting;
    private final String value;

    /**
     * @param setting at fault
     * @param value that it has
     * @param problem what is wrong with it, in a few words
     * @param cause the failure beneath
     */
    public StartupException(Setting setting, String value, String problem, Throwable cause) {
        super(problem, cause);
        this.setting = Objects.requireNonNull(setting, "setting");
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The setting at fault. */
    public Setting setting() {
        return setting;
    }

    /** The value that it has. */
    public String value() {
        return value;
    }
}
