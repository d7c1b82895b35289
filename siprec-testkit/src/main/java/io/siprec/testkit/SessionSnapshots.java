package io.siprec.testkit;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.SessionId;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.core.snapshot.DialogSnapshot;
import io.siprec.core.snapshot.LineSnapshot;
import io.siprec.core.snapshot.MediaSnapshot;
import io.siprec.core.snapshot.RecordingPart;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.snapshot.SrtpSnapshot;
import io.siprec.core.snapshot.UnknownFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Snapshots for tests of stores. */
public final class SessionSnapshots {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private SessionSnapshots() {}

    /** A session of one stream, with a new id. */
    public static SessionSnapshot of(String node, String callId) {
        return of(node, SessionId.create(START.toEpochMilli()), callId, SessionState.RECORDING, List.of());
    }

    /** The same session in another state. */
    public static SessionSnapshot in(SessionSnapshot snapshot, SessionState state) {
        RecordingSession session = snapshot.session();
        return of(snapshot.node(), session.id(), session.callId(), state, session.attributes());
    }

    /** A session that is at least so large in its JSON form, with text of several scripts. */
    public static SessionSnapshot large(String node, int bytes) {
        List<CallAttribute> attributes = IntStream.rangeClosed(0, bytes / 512)
                .mapToObj(i -> new CallAttribute("header.x-" + i, "äß\u65e5\u672c\ud83d\ude00\\\"".repeat(40), ""))
                .toList();
        return of(node, SessionId.create(START.toEpochMilli()), "large", SessionState.RECORDING, attributes);
    }

    /** A session with all that can be told of dialog and media, and with fields that only a newer version knows. */
    public static SessionSnapshot complete(String node) {
        SessionSnapshot plain = of(node, "complete@192.0.2.1");
        return new SessionSnapshot(
                node,
                plain.session(),
                plain.parts(),
                Optional.of(dialog()),
                Optional.of(media()),
                new UnknownFields(
                        "{\"later\":[1,{\"a\":null}],\"session\":{\"streams\":[{\"gain\":0.5,\"number\":1}]}}"));
    }

    private static DialogSnapshot dialog() {
        return new DialogSnapshot(
                "<sip:srs@192.0.2.9>",
                "\"SRC\" <sip:src@192.0.2.1>",
                4_294_967_000L,
                102,
                List.of("<sip:192.0.2.2;lr>", "<sip:192.0.2.3;lr>"),
                "sip:src@192.0.2.1:5070",
                "sip:192.0.2.9:5060",
                "TCP",
                "192.0.2.2:34567",
                List.of("INVITE", "ACK", "BYE"),
                true,
                Optional.of(new DialogSnapshot.SessionTimer(1800, false, START.plusSeconds(1800))),
                Optional.of(START.plusSeconds(3)));
    }

    private static MediaSnapshot media() {
        SrtpSnapshot srtp = new SrtpSnapshot(
                1,
                "AES_CM_128_HMAC_SHA1_80",
                List.of(new SrtpSnapshot.Key("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5", "2^20", "1:4")),
                new SrtpSnapshot.Key("OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEw", "", ""),
                List.of(new SrtpSnapshot.Rollover(4_000_000_000L, 2)));
        LineSnapshot line = new LineSnapshot(
                1,
                1,
                "96",
                "RTP/SAVP",
                "recvonly",
                Optional.of("192.0.2.1:40000"),
                Optional.empty(),
                true,
                List.of(new LineSnapshot.Format(0, "PCMU", 8000, 1, "")),
                Optional.of(srtp));
        return new MediaSnapshot(
                "1767225600123", 3, "v=0\r\n", "v=0\r\n", List.of(line), false, List.of(1), Optional.of(START));
    }

    private static SessionSnapshot of(
            String node, SessionId id, String callId, SessionState state, List<CallAttribute> attributes) {
        String directory = "2026/01/01/" + id;
        return new SessionSnapshot(
                node,
                new RecordingSession(
                        id,
                        callId,
                        "local",
                        "remote",
                        state,
                        START,
                        Optional.empty(),
                        Optional.empty(),
                        new SessionPeer("UDP", "192.0.2.1:5060", "<sip:a@b>", "<sip:c@d>", "sip:c@d", ""),
                        directory,
                        attributes,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(stream()),
                        List.of(),
                        List.of(Finding.of(FindingCode.SDP_MISSING_TIMING, "no t= line"))),
                List.of(new RecordingPart(node, "/var/spool/recordings", directory, START, Optional.empty())));
    }

    private static SessionStream stream() {
        StreamPhase held =
                new StreamPhase(START, Optional.of(START.plusSeconds(9)), StreamPhase.State.INACTIVE, List.of());
        StreamPhase paused =
                new StreamPhase(START.plusSeconds(9), Optional.empty(), StreamPhase.State.PAUSED, List.of("PCMU/8000"));
        return new SessionStream(1, "96", "stream-1.wav", 10_000, "", List.of(held, paused), List.of());
    }
}
