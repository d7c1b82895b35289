package io.siprec.core.snapshot;

import io.siprec.core.session.RecordingSession;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store keeps of one recording session: what is known of it, and what another node needs to speak in its dialog
 * and to record its media. Immutable. {@link SnapshotJson} is its form in stores; the names of the components are the
 * names of the fields there, so they are part of that form.
 *
 * @param node the node that records it
 * @param session its state as events and manifests tell it, with the Call-ID and the tags of the dialog, all metadata,
 *     and the history of each stream: codecs, holds, pauses
 * @param parts where its recording lies, oldest first; each node that records it has one
 * @param dialog what is needed to send and to understand requests; empty where the node that saved it does not tell, and
 *     then the dialog can't be taken over
 * @param media what was negotiated; empty likewise
 * @param unknown what a newer version has written beside; kept and written back
 */
public record SessionSnapshot(
        String node,
        RecordingSession session,
        List<RecordingPart> parts,
        Optional<DialogSnapshot> dialog,
        Optional<MediaSnapshot> media,
        UnknownFields unknown) {
    /** Copies the list. */
    public SessionSnapshot {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(session, "session");
        parts = List.copyOf(parts);
        Objects.requireNonNull(dialog, "dialog");
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(unknown, "unknown");
    }

    /** A snapshot of what is known without the dialog's and the media's inner state. */
    public SessionSnapshot(String node, RecordingSession session, List<RecordingPart> parts) {
        this(node, session, parts, Optional.empty(), Optional.empty(), UnknownFields.NONE);
    }

    /** The same session in the hands of another node. */
    public SessionSnapshot withNode(String newNode) {
        return new SessionSnapshot(newNode, session, parts, dialog, media, unknown);
    }
}
