package io.siprec.server.internal.files;

import io.siprec.core.session.RecordingSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code manifest.json} says of a session at one moment.
 *
 * @param node that records it
 * @param session its state
 * @param audioStartedAt the wall-clock time of the first sample of every file, once there is one
 * @param streams one per file
 * @param mix of the streams, once it was made
 * @param capture of the packets, where there is one
 * @param kept what the SRC sent beside audio
 */
public record Manifest(
        String node,
        RecordingSession session,
        Optional<Instant> audioStartedAt,
        List<StreamRecord> streams,
        Optional<MixRecord> mix,
        Optional<CaptureRecord> capture,
        KeptFiles kept) {
    /** The file's name in the session's folder. */
    public static final String FILE = "manifest.json";

    /** Rises when a reader of older manifests could misread a newer one. */
    public static final int FORMAT = 1;

    public Manifest {
        streams = List.copyOf(streams);
    }
}
