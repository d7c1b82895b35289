package io.siprec.testkit.internal;

import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.CsGroup;
import io.siprec.core.metadata.DataMode;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.MetadataWriter;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.metadata.ParticipantStreamAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.metadata.SessionRecordingAssociation;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcParticipant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The metadata of a call (RFC 7865 §6): one group, one session, its parties and streams, and how they belong together. */
final class SrcMetadata {
    private final SrcCallSettings call;
    private final Optional<Instant> startTime;
    private final String groupId;
    private final String sessionId;
    private final List<String> participantIds;
    private final List<String> streamIds;

    SrcMetadata(SrcCallSettings call, Instant startTime) {
        this.call = call;
        this.startTime = Optional.of(startTime.truncatedTo(ChronoUnit.MILLIS));
        MetadataIds ids = new MetadataIds(call.seed());
        this.groupId = ids.next();
        this.sessionId = ids.next();
        this.participantIds =
                call.participants().stream().map(participant -> ids.next()).toList();
        this.streamIds = call.streams().stream().map(stream -> ids.next()).toList();
    }

    byte[] document() {
        return MetadataWriter.write(new RecordingMetadata(
                DataMode.COMPLETE,
                List.of(new CsGroup(groupId, startTime, Optional.empty(), List.of())),
                List.of(session()),
                participants(),
                streams(),
                List.of(new SessionRecordingAssociation(sessionId, startTime, Optional.empty(), List.of())),
                inSession(),
                onStreams(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }

    private CommunicationSession session() {
        return new CommunicationSession(
                sessionId, List.of(), List.of(), Optional.of(groupId), startTime, Optional.empty(), List.of());
    }

    private List<Participant> participants() {
        List<Participant> participants = new ArrayList<>();
        for (int i = 0; i < participantIds.size(); i++) {
            SrcParticipant party = call.participants().get(i);
            NameId nameId = new NameId(party.aor(), party.name(), "");
            participants.add(new Participant(participantIds.get(i), List.of(nameId), List.of()));
        }
        return participants;
    }

    private List<MediaStream> streams() {
        List<MediaStream> streams = new ArrayList<>();
        for (int i = 0; i < streamIds.size(); i++) {
            String label = call.streams().get(i).label();
            streams.add(new MediaStream(streamIds.get(i), Optional.of(sessionId), Optional.of(label), List.of()));
        }
        return streams;
    }

    private List<ParticipantSessionAssociation> inSession() {
        return participantIds.stream()
                .map(id -> new ParticipantSessionAssociation(
                        id, sessionId, startTime, Optional.empty(), List.of(), List.of()))
                .toList();
    }

    private List<ParticipantStreamAssociation> onStreams() {
        return IntStream.range(0, participantIds.size())
                .mapToObj(party -> new ParticipantStreamAssociation(
                        participantIds.get(party),
                        streams(party, true),
                        streams(party, false),
                        startTime,
                        Optional.empty(),
                        List.of()))
                .toList();
    }

    /** The streams that this party sends, or those that it receives: those that others send. */
    private List<String> streams(int party, boolean sent) {
        return IntStream.range(0, streamIds.size())
                .filter(stream -> (stream % participantIds.size() == party) == sent)
                .mapToObj(streamIds::get)
                .toList();
    }
}
