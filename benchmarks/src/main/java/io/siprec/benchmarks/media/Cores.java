package io.siprec.benchmarks.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives the recorder one core and the sender another, where there are two. */
final class Cores {
    private static final int SENDER = 0;
    private static final int RECORDER = 1;

    private final boolean apart;

    Cores() {
        apart = Runtime.getRuntime().availableProcessors() > 1 && hasTaskset();
    }

    private static boolean hasTaskset() {
        try {
            return new ProcessBuilder("taskset", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> recorder(List<String> command) {
        return pinned(RECORDER, command);
    }

    List<String> sender(List<String> command) {
        return pinned(SENDER, command);
    }

    private List<String> pinned(int core, List<String> command) {
        List<String> whole = new ArrayList<>();
        if (apart) {
            whole.addAll(List.of("taskset", "-c", Integer.toString(core)));
        }
        whole.addAll(command);
        return whole;
    }

    @Override
    public String toString() {
        return apart ? "recorder on one core, sender on the other" : "recorder and sender share the cores";
    }
}
