package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns elements into values of the model, in the spellings of RFC 7865 and of its drafts. */
final class ElementMapper {
    private static final String LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang";

    /** Named by Avaya's SBC until an update names the real one. */
    private static final String PLACEHOLDER = "sip:ASBCE@asbce.com";

    private final String root;
    private final Findings findings;
    private final ImpliedAssociations implied;

    ElementMapper(String root, Findings findings, ImpliedAssociations implied) {
        this.root = root;
        this.findings = findings;
        this.implied = implied;
    }

    CsGroup group(Extension element) {
        Fields fields = fields(element);
        return new CsGroup(
                id(fields, "group_id", "id"),
                fields.time("associate-time"),
                fields.time("disassociate-time"),
                fields.rest());
    }

    CommunicationSession session(Extension element) {
        Fields fields = fields(element);
        String id = id(fields, "session_id", "id", "session");
        implied.sessionRecording(id, fields.time("associate-time"), fields.time("disassociate-time"));
        return new CommunicationSession(
                id,
                fields.elements("sipSessionID").stream()
                        .map(one -> Fields.withoutBlanks(one.text()))
                        .toList(),
                fields.elements("reason").stream().map(this::reason).toList(),
                groupRef(fields),
                fields.time("start-time"),
                fields.time("stop-time"),
                fields.rest());
    }

    Participant participant(Extension element) {
        Fields fields = fields(element);
        String id = id(fields, "participant_id", "id");
        List<NameId> names = new ArrayList<>(1);
        fields.elements("nameID").stream()
                .map(one -> nameId(fields(one)))
                .filter(one -> !one.aor().isEmpty() || !one.name().isEmpty())
                .forEach(names::add);
        names.addAll(draftNames(fields));
        if (names.isEmpty()) {
            findings.once(FindingCode.METADATA_NO_NAME, "a participant without a nameID");
        }
        if (names.stream().anyMatch(one -> one.aor().equalsIgnoreCase(PLACEHOLDER))) {
            findings.once(
                    FindingCode.METADATA_PLACEHOLDER,
                    "a participant is Avaya's placeholder for one who is not known yet");
        }
        Optional<String> session = fields.attribute("session_id", "session");
        List<String> send = fields.ids("send");
        List<String> receive = fields.ids("recv");
        if (session.isPresent() || !send.isEmpty() || !receive.isEmpty()) {
            implied.participant(
                    id, session, send, receive, fields.time("associate-time"), fields.time("disassociate-time"));
        }
        return new Participant(id, names, fields.rest());
    }

    MediaStream stream(Extension element) {
        Fields fields = fields(element);
        return new MediaStream(
                id(fields, "stream_id", "id", "streamid"),
                fields.attribute("session_id", "session").map(Fields::withoutBlanks),
                fields.text("label").or(() -> fields.attribute("label")).filter(label -> !label.isEmpty()),
                fields.rest());
    }

    SessionRecordingAssociation sessionRecording(Extension element) {
        Fields fields = fields(element);
        return new SessionRecordingAssociation(
                id(fields, "session_id", "session", "sessionid"),
                fields.time("associate-time"),
                fields.time("disassociate-time"),
                fields.rest());
    }

    ParticipantSessionAssociation participantSession(Extension element) {
        Fields fields = fields(element);
        return new ParticipantSessionAssociation(
                id(fields, "participant_id", "participant"),
                id(fields, "session_id", "session"),
                fields.time("associate-time"),
                fields.time("disassociate-time"),
                fields.elements("param").stream().map(this::param).toList(),
                fields.rest());
    }

    ParticipantStreamAssociation participantStream(Extension element) {
        Fields fields = fields(element);
        return new ParticipantStreamAssociation(
                id(fields, "participant_id", "participant"),
                fields.ids("send"),
                fields.ids("recv"),
                fields.time("associate-time"),
                fields.time("disassociate-time"),
                fields.rest());
    }

    private Fields fields(Extension element) {
        return new Fields(element, root, findings);
    }

    private static String id(Fields fields, String... names) {
        return fields.attribute(names).map(Fields::withoutBlanks).orElse("");
    }

    private Optional<String> groupRef(Fields fields) {
        List<Extension> references = fields.elements("group-ref");
        if (references.size() > 1) {
            findings.once(FindingCode.METADATA_TWO_GROUPS, "a session in more than one group");
        }
        Optional<String> draft = fields.attribute("group").map(Fields::withoutBlanks);
        return references.isEmpty()
                ? draft
                : Optional.of(Fields.withoutBlanks(references.get(0).text()));
    }

    private CommunicationSession.Reason reason(Extension element) {
        String protocol = element.attributes().getOrDefault("protocol", "SIP");
        return new CommunicationSession.Reason(
                protocol, cause(element.attributes().getOrDefault("cause", "")), element.text());
    }

    private OptionalInt cause(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            findings.once(FindingCode.METADATA_REASON_CAUSE, "a reason without a numeric cause");
            return OptionalInt.empty();
        }
    }

    private ParticipantSessionAssociation.Param param(Extension element) {
        return new ParticipantSessionAssociation.Param(
                element.attributes().getOrDefault("pname", ""),
                element.attributes().getOrDefault("pval", ""));
    }

    private static NameId nameId(Fields fields) {
        String aor = fields.attribute("aor").or(() -> fields.text("aor")).orElse("");
        List<Extension> names = fields.elements("name");
        return names.isEmpty()
                ? new NameId(aor, "", "")
                : new NameId(aor, names.get(0).text(), language(names.get(0)));
    }

    /** In drafts, aor and name stood in the participant itself. */
    private static List<NameId> draftNames(Fields fields) {
        List<Extension> aors = fields.elements("aor");
        if (aors.isEmpty()) return List.of();
        List<Extension> names = fields.elements("name");
        String name = names.isEmpty()
                ? fields.attribute("name").orElse("")
                : names.get(0).text();
        String language = names.isEmpty() ? "" : language(names.get(0));
        return aors.stream().map(aor -> new NameId(aor.text(), name, language)).toList();
    }

    private static String language(Extension name) {
        return name.attributes().getOrDefault(LANGUAGE, "");
    }
}
