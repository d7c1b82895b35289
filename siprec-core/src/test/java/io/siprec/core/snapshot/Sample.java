package io.siprec.core.snapshot;

import io.siprec.core.Finding;
import io.siprec.core.SessionId;
import io.siprec.core.Severity;
import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.CsGroup;
import io.siprec.core.metadata.DataMode;
import io.siprec.core.metadata.Extension;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.metadata.ParticipantStreamAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.metadata.SessionRecordingAssociation;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.core.session.SessionParticipant;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A snapshot in which every field has a value. */
final class Sample {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00.123456789Z");
    private static final Instant LATER = Instant.parse("2026-01-01T10:01:00Z");
    private static final String FOLDER = "2026/01/01/0190f4a0-0000-7000-8000-000000000001";

    private Sample() {}

    static SessionSnapshot complete() {
        RecordingPart part = new RecordingPart("node-1", "/var/spool/rec", FOLDER, START, Optional.of(LATER));
        return new SessionSnapshot(
                "node-1", session(), List.of(part), Optional.of(dialog()), Optional.of(media()), UnknownFields.NONE);
    }

    private static RecordingSession session() {
        return new RecordingSession(
                new SessionId("0190f4a0-0000-7000-8000-000000000001"),
                "call-1@192.0.2.1",
                "our-tag",
                "their-tag",
                SessionState.FINISHING,
                START,
                Optional.of(LATER),
                Optional.of(EndCause.SRC_BYE),
                new SessionPeer("TCP", "192.0.2.1:5060", "<sip:a@b>;tag=x", "<sip:c@d>", "sip:c@d", "SBC/1"),
                FOLDER,
                List.of(new CallAttribute("ucid", "00001234567890123456", "header User-to-User")),
                Optional.of(metadata()),
                List.of(new RecordedCs(
                        "cs", "group", List.of("ab30"), START, Optional.of(LATER), List.of("Call completed"))),
                List.of(new SessionParticipant(
                        "p1",
                        List.of(new NameId("sip:bob@b", "Bob \ud83d\ude00", "en")),
                        List.of(new Attendance("cs", START, Optional.of(LATER))))),
                List.of(new SessionStream(
                        1,
                        "96",
                        "stream-1.wav",
                        10_000,
                        "AES_CM_128_HMAC_SHA1_80",
                        List.of(new StreamPhase(
                                START, Optional.of(LATER), StreamPhase.State.RECEIVING, List.of("PCMU/8000"))),
                        List.of(new Attribution("p1", Attribution.Grade.PROVEN, START, Optional.of(LATER))))),
                List.of(new SessionLink(
                        SessionLink.Kind.CALL_REFERENCE, "42", new SessionId("0190f4a0-0000-7000-8000-000000000002"))),
                List.of(new Finding("odd", Severity.WARNING, "RFC 8866 \u00a75.7", "odd; kept all the same")));
    }

    private static RecordingMetadata metadata() {
        Extension extension = new Extension(
                "urn:x",
                "vendor",
                Map.of("a", "1"),
                "text",
                List.of(new Extension("", "@b", Map.of(), "2", List.of())));
        List<Extension> extensions = List.of(extension);
        return new RecordingMetadata(
                DataMode.COMPLETE,
                List.of(new CsGroup("group", Optional.of(START), Optional.of(LATER), extensions)),
                List.of(new CommunicationSession(
                        "cs",
                        List.of("ab30"),
                        List.of(new CommunicationSession.Reason("SIP", OptionalInt.of(200), "Call completed")),
                        Optional.of("group"),
                        Optional.of(START),
                        Optional.of(LATER),
                        extensions)),
                List.of(new Participant("p1", List.of(new NameId("sip:bob@b", "Bob", "")), extensions)),
                List.of(new MediaStream("s1", Optional.of("cs"), Optional.of("96"), extensions)),
                List.of(new SessionRecordingAssociation("cs", Optional.of(START), Optional.of(LATER), extensions)),
                List.of(new ParticipantSessionAssociation(
                        "p1",
                        "cs",
                        Optional.of(START),
                        Optional.of(LATER),
                        List.of(new ParticipantSessionAssociation.Param("name", "value")),
                        extensions)),
                List.of(new ParticipantStreamAssociation(
                        "p1", List.of("s1"), List.of("s2"), Optional.of(START), Optional.of(LATER), extensions)),
                Optional.of(START),
                Optional.of(LATER),
                extensions);
    }

    private static DialogSnapshot dialog() {
        return new DialogSnapshot(
                "<sip:c@d>",
                "<sip:a@b>",
                4_294_967_000L,
                102,
                List.of("<sip:192.0.2.2;lr>", "<sip:192.0.2.3;lr>"),
                "sip:src@192.0.2.1:5070",
                "sip:192.0.2.9:5060",
                "TCP",
                "192.0.2.2:34567",
                List.of("INVITE", "BYE"),
                true,
                Optional.of(new DialogSnapshot.SessionTimer(1800, true, LATER)),
                Optional.of(LATER));
    }

    private static MediaSnapshot media() {
        SrtpSnapshot srtp = new SrtpSnapshot(
                1,
                "AES_CM_128_HMAC_SHA1_80",
                List.of(new SrtpSnapshot.Key("c2VjcmV0LW9mLXRoZS1zcmM=", "2^20", "1:4")),
                new SrtpSnapshot.Key("c2VjcmV0LW9mLW91cnM=", "", ""),
                List.of(new SrtpSnapshot.Rollover(4_000_000_000L, 2)));
        LineSnapshot line = new LineSnapshot(
                1,
                1,
                "96",
                "RTP/SAVP",
                "recvonly",
                Optional.of("192.0.2.1:40000"),
                Optional.of("192.0.2.1:40001"),
                true,
                List.of(new LineSnapshot.Format(0, "PCMU", 8000, 1, "x=1")),
                Optional.of(srtp));
        return new MediaSnapshot(
                "1767261600123",
                3,
                "v=0\r\na=crypto:1 secret-of-ours\r\n",
                "v=0\r\na=crypto:1 secret-of-the-src\r\n",
                List.of(line),
                true,
                List.of(1),
                Optional.of(START));
    }
}
