package io.siprec.server.internal.recognition;

import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.DataMode;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.metadata.ParticipantStreamAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recorded call as the header of a request describes it, for the recorders that Cisco had before SIPREC: the same model
 * as from metadata. The streams have no labels; they are the m-lines in their order.
 */
public final class SignalledCall {
    private final String callId;
    private final List<Participant> participants = new ArrayList<>(2);
    private final SortedMap<Integer, String> senders = new TreeMap<>(); // index of the m-line -> participant

    SignalledCall(String callId) {
        this.callId = callId;
    }

    /** What a request tells; empty for one that tells nothing of this kind. Never throws. */
    public static Optional<RecordingMetadata> in(SipRequest request) {
        return NetworkRecording.in(request).or(() -> BuiltInBridge.in(request)).map(SignalledCall::metadata);
    }

    /** @param aor "" when it is not known */
    void participant(String id, String aor, String name) {
        if (participants.stream().noneMatch(one -> one.id().equals(id))) {
            List<NameId> names = aor.isEmpty() ? List.of() : List.of(new NameId(aor, name, ""));
            participants.add(new Participant(id, names, List.of()));
        }
    }

    /** Says who is heard on the m-line with this index. */
    void sends(String participant, int line) {
        senders.putIfAbsent(line, participant);
    }

    private RecordingMetadata metadata() {
        List<MediaStream> streams = new ArrayList<>();
        for (int line = 0; !senders.isEmpty() && line <= senders.lastKey(); line++) {
            streams.add(new MediaStream(streamId(line), Optional.of(callId), Optional.empty(), List.of()));
        }
        CommunicationSession session = new CommunicationSession(
                callId, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        return new RecordingMetadata(
                DataMode.COMPLETE,
                List.of(),
                List.of(session),
                participants,
                streams,
                List.of(),
                participants.stream().map(this::attends).toList(),
                participants.stream().map(this::sending).toList(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private ParticipantSessionAssociation attends(Participant participant) {
        return new ParticipantSessionAssociation(
                participant.id(), callId, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private ParticipantStreamAssociation sending(Participant participant) {
        List<String> streams = senders.entrySet().stream()
                .filter(one -> one.getValue().equals(participant.id()))
                .map(Map.Entry::getKey)
                .map(SignalledCall::streamId)
                .toList();
        return new ParticipantStreamAssociation(
                participant.id(), streams, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    private static String streamId(int line) {
        return "line " + line;
    }
}
