package io.siprec.core.session;

import io.siprec.core.Finding;
import io.siprec.core.SessionId;
import io.siprec.core.metadata.RecordingMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A recording session (RS, RFC 7866 §3) at one moment.
 *
 * @param id our own id
 * @param callId of the SIP dialog
 * @param localTag our tag of the dialog
 * @param remoteTag the SRC's tag of the dialog, "" from an RFC 2543 sender
 * @param state how far it is
 * @param startedAt when the INVITE came, by its Date where that is plausible (RFC 7865 §6.1.1)
 * @param endedAt when the dialog ended, likewise by the Date of its BYE
 * @param endCause why, once ended
 * @param peer the SRC
 * @param directory the session's folder, relative to the recording directory, with {@code /}
 * @param attributes what the SRC told of the call beside the metadata's model
 * @param metadata what the SRC's documents say together now, with vendors' extension data as trees (RFC 7865); empty before the
 *     first, and where names are not to be kept
 * @param communicationSessions the recorded calls, also those that are over, as far as the metadata says
 * @param participants of the recorded calls, also those who have left, as far as the metadata says
 * @param streams in the order in which they came
 * @param links other sessions of this server that belong to the same call
 * @param findings what was odd and recorded all the same
 */
public record RecordingSession(
        SessionId id,
        String callId,
        String localTag,
        String remoteTag,
        SessionState state,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<EndCause> endCause,
        SessionPeer peer,
        String directory,
        List<CallAttribute> attributes,
        Optional<RecordingMetadata> metadata,
        List<RecordedCs> communicationSessions,
        List<SessionParticipant> participants,
        List<SessionStream> streams,
        List<SessionLink> links,
        List<Finding> findings) {
    public RecordingSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(localTag, "localTag");
        Objects.requireNonNull(remoteTag, "remoteTag");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(endCause, "endCause");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(directory, "directory");
        attributes = List.copyOf(attributes);
        Objects.requireNonNull(metadata, "metadata");
        communicationSessions = List.copyOf(communicationSessions);
        participants = List.copyOf(participants);
        streams = List.copyOf(streams);
        links = List.copyOf(links);
        findings = List.copyOf(findings);
    }
}
