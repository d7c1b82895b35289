package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes metadata documents in the order of the schema of RFC 7865 §9. They satisfy it where the ids do, which are base64
 * there ({@link MetadataIds}); those of an SRC that writes others are written as they are.
 */
public final class MetadataWriter {
    private final XmlText out = new XmlText();

    private MetadataWriter() {}

    /**
     * The octets of {@code metadata}, in UTF-8. Extensions are written where the schema allows them: elements in a
     * foreign namespace. The start and the end of the recording have no place in the schema. What the schema demands and
     * the model lacks is written as nothing: a participant without a nameID gets one with an empty AoR, a reason
     * without a cause the cause 0.
     *
     * @throws IllegalArgumentException when an extension's name, or that of an attribute of it, is no XML name
     */
    public static byte[] write(RecordingMetadata metadata) {
        MetadataWriter writer = new MetadataWriter();
        writer.document(metadata);
        return writer.out.toString().getBytes(UTF_8);
    }

    private void document(RecordingMetadata metadata) {
        out.declaration();
        out.open("recording", "xmlns", Namespaces.RECORDING);
        out.element("datamode", metadata.dataMode() == DataMode.PARTIAL ? "partial" : "complete");
        metadata.groups().forEach(this::group);
        metadata.sessions().forEach(this::session);
        metadata.participants().forEach(this::participant);
        metadata.streams().forEach(this::stream);
        metadata.sessionRecordings().forEach(this::sessionRecording);
        metadata.participantSessions().forEach(this::participantSession);
        metadata.participantStreams().forEach(this::participantStream);
        extensions(metadata.extensions());
        out.close("recording");
    }

    private void group(CsGroup group) {
        out.open("group", "group_id", group.id());
        times(group.associateTime(), group.disassociateTime());
        extensions(group.extensions());
        out.close("group");
    }

    private void session(CommunicationSession session) {
        out.open("session", "session_id", session.id());
        session.sipSessionIds().forEach(id -> out.element("sipSessionID", id));
        session.reasons().forEach(this::reason);
        session.groupRef().ifPresent(id -> out.element("group-ref", id));
        session.startTime().ifPresent(time -> out.element("start-time", time.toString()));
        session.stopTime().ifPresent(time -> out.element("stop-time", time.toString()));
        extensions(session.extensions());
        out.close("session");
    }

    private void reason(CommunicationSession.Reason reason) {
        int cause = reason.cause().orElse(0);
        boolean fits = cause == (short) cause; // the schema's type
        out.element(
                "reason", reason.text(), "cause", fits ? Integer.toString(cause) : "0", "protocol", reason.protocol());
    }

    private void participant(Participant participant) {
        out.open("participant", "participant_id", participant.id());
        if (participant.nameIds().isEmpty()) out.element("nameID", "", "aor", "");
        for (NameId name : participant.nameIds()) {
            out.open("nameID", "aor", name.aor());
            if (!name.name().isEmpty()) {
                if (name.language().isEmpty()) out.element("name", name.name());
                else out.element("name", name.name(), "xml:lang", name.language());
            }
            out.close("nameID");
        }
        extensions(participant.extensions());
        out.close("participant");
    }

    private void stream(MediaStream stream) {
        if (stream.sessionId().isEmpty()) out.open("stream", "stream_id", stream.id());
        else
            out.open(
                    "stream",
                    "stream_id",
                    stream.id(),
                    "session_id",
                    stream.sessionId().get());
        stream.label().ifPresent(label -> out.element("label", label));
        extensions(stream.extensions());
        out.close("stream");
    }

    private void sessionRecording(SessionRecordingAssociation association) {
        out.open("sessionrecordingassoc", "session_id", association.sessionId());
        times(association.associateTime(), association.disassociateTime());
        extensions(association.extensions());
        out.close("sessionrecordingassoc");
    }

    private void participantSession(ParticipantSessionAssociation association) {
        out.open(
                "participantsessionassoc",
                "participant_id",
                association.participantId(),
                "session_id",
                association.sessionId());
        times(association.associateTime(), association.disassociateTime());
        association.params().forEach(param -> {
            out.open("param", "pname", param.name(), "pval", param.value());
            out.close("param");
        });
        extensions(association.extensions());
        out.close("participantsessionassoc");
    }

    private void participantStream(ParticipantStreamAssociation association) {
        out.open("participantstreamassoc", "participant_id", association.participantId());
        association.send().forEach(id -> out.element("send", id));
        association.receive().forEach(id -> out.element("recv", id));
        times(association.associateTime(), association.disassociateTime());
        extensions(association.extensions());
        out.close("participantstreamassoc");
    }

    private void times(Optional<Instant> associate, Optional<Instant> disassociate) {
        associate.ifPresent(time -> out.element("associate-time", time.toString()));
        disassociate.ifPresent(time -> out.element("disassociate-time", time.toString()));
    }

    private void extensions(List<Extension> extensions) {
        for (Extension extension : extensions) {
            boolean foreign =
                    !extension.namespace().isEmpty() && !extension.namespace().equals(Namespaces.RECORDING);
            if (foreign && !extension.isAttribute()) out.extension(extension, Namespaces.RECORDING);
        }
    }
}
