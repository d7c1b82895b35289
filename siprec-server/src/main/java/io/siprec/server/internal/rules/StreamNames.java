package io.siprec.server.internal.rules;

/** How findings speak of streams. */
public final class StreamNames {
    private StreamNames() {}

    /** {@code stream 1 (label a)}. */
    public static String of(int number, String label) {
        return "stream " + number + (label.isEmpty() ? "" : " (label " + label + ")");
    }

    /** How the finding of audio that was not written begins. */
    public static String notWritten(String name) {
        return "audio of " + name + " was not written: ";
    }

    /** @param queueFull the disk is too slow, else it refuses */
    public static String notWritten(String name, boolean queueFull) {
        return notWritten(name) + "the disk " + (queueFull ? "is too slow" : "refused it");
    }
}
