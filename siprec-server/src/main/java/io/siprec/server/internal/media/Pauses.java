package io.siprec.server.internal.media;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The streams that we hold ourselves (RFC 7866 §7.2): all, also those to come, or some. Loop thread only. */
final class Pauses {
    private final Set<Integer> numbers = new HashSet<>();
    private boolean all;

    void pauseAll() {
        all = true;
    }

    void pause(Collection<Integer> streams) {
        numbers.addAll(streams);
    }

    void resumeAll() {
        all = false;
        numbers.clear();
    }

    /** Of a pause of all, the others stay paused. */
    void resume(Collection<Integer> streams, Collection<Integer> known) {
        if (all) {
            all = false;
            numbers.addAll(known);
        }
        numbers.removeAll(streams);
    }

    boolean paused(int number) {
        return all || numbers.contains(number);
    }
}
