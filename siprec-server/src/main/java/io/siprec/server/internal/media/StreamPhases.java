package io.siprec.server.internal.media;

import io.siprec.core.session.StreamPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was negotiated for one stream, and when. Loop thread only. */
final class StreamPhases {
    /** An SRC that changes a line more often than that gets its last phase changed instead of a further one. */
    private static final int MOST = 1000;

    private final List<StreamPhase> phases = new ArrayList<>(1);

    /** Begins a phase, unless it is the one that lasts already. */
    void enter(StreamPhase.State state, List<String> codecs, Instant now) {
        if (!phases.isEmpty()) {
            StreamPhase last = phases.get(phases.size() - 1);
            if (last.state() == state && last.codecs().equals(codecs)) {
                return;
            }
            end(now);
        }
        if (phases.size() == MOST) {
            phases.remove(MOST - 1);
        }
        phases.add(new StreamPhase(now, Optional.empty(), state, codecs));
    }

    /** Ends the phase that lasts. */
    void end(Instant now) {
        int last = phases.size() - 1;
        StreamPhase open = phases.get(last);
        if (open.to().isEmpty()) {
            phases.set(last, new StreamPhase(open.from(), Optional.of(now), open.state(), open.codecs()));
        }
    }

    /** Whether audio is expected now. */
    boolean receiving() {
        StreamPhase last = phases.get(phases.size() - 1);
        return last.state() == StreamPhase.State.RECEIVING && last.to().isEmpty();
    }

    List<StreamPhase> list() {
        return List.copyOf(phases);
    }
}
