package io.siprec.core.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What offer and answer have agreed on (RFC 3264), and what is paused. Its text shows no description, for these may hold
 * keys.
 *
 * @param originId the sess-id of our o= line (RFC 8866 §5.2), the same for the whole dialog
 * @param originVersion the highest sess-version that we have sent; the next description's is one more
 * @param localDescription our session description that stands, as sent
 * @param remoteDescription the SRC's, as received
 * @param lines what was made of them: one for each m-line, in order
 * @param pausedAll whether we hold all streams, also those to come (RFC 7866 §7.2)
 * @param pausedStreams numbers of the streams that we hold beside
 * @param audioOrigin the instant at which all files of the session begin; empty before any audio
 */
public record MediaSnapshot(
        String originId,
        long originVersion,
        String localDescription,
        String remoteDescription,
        List<LineSnapshot> lines,
        boolean pausedAll,
        List<Integer> pausedStreams,
        Optional<Instant> audioOrigin) {
    /** Copies the lists. */
    public MediaSnapshot {
        Objects.requireNonNull(originId, "originId");
        Objects.requireNonNull(localDescription, "localDescription");
        Objects.requireNonNull(remoteDescription, "remoteDescription");
        lines = List.copyOf(lines);
        pausedStreams = List.copyOf(pausedStreams);
        Objects.requireNonNull(audioOrigin, "audioOrigin");
    }

    @Override
    public String toString() {
        return "MediaSnapshot[o=" + originId + ' ' + originVersion + ", " + lines.size() + " lines]";
    }
}
