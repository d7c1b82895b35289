package io.siprec.server.internal.metadata;

import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionParticipant;
import io.siprec.core.session.SessionPeer;
import io.siprec.rtp.StreamReport;
import io.siprec.server.RecordingReport;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is kept of what an SRC says, and what it may get wrong (RFC 7865 §10, §5.1).
 *
 * @param keepsNames whether names and addresses of participants are kept anywhere
 * @param endsOnErrors whether a document that can't be read to its end ends the session
 */
public record MetadataPolicy(boolean keepsNames, boolean endsOnErrors) {
    /** All is kept, nothing ends a recording. */
    public static final MetadataPolicy DEFAULT = new MetadataPolicy(true, false);

    /** Attributes that name calls and no people. */
    private static final Set<String> IMPERSONAL = Set.of(
            "ucid",
            "session-id",
            "session-id.remote",
            "cisco-guid",
            "cisco-guid.hex",
            "icid",
            "x-refci",
            "genesys-call-uuid",
            "broadworks-tracking-id",
            "broadworks-call-id",
            "broadworks-correlation-id",
            "ribbon-call-id",
            "ribbon-gcid",
            "jambonz-call-sid",
            "jambonz-recording-id");

    /** Without From, To and Request-URI, which may name people: the recorded phone, or whom a plain call is for. */
    public SessionPeer peer(SessionPeer peer) {
        return keepsNames ? peer : new SessionPeer(peer.transport(), peer.address(), "", "", "", peer.userAgent());
    }

    /** Without the CNAME of the senders, which may name people. */
    public RecordingReport report(List<StreamReport> streams) {
        return RecordingReport.of(
                keepsNames
                        ? streams
                        : streams.stream().map(StreamReport::withoutName).toList());
    }

    /** Those that may be kept. */
    public List<CallAttribute> attributes(List<CallAttribute> all) {
        return keepsNames
                ? all
                : all.stream().filter(one -> IMPERSONAL.contains(one.name())).toList();
    }

    /** Those that may be kept, under ids of ours: some SRCs use phone numbers as ids. */
    List<SessionParticipant> participants(List<SessionParticipant> all) {
        if (keepsNames) {
            return all;
        }
        return IntStream.range(0, all.size())
                .mapToObj(i ->
                        new SessionParticipant(ownId(i), List.of(), all.get(i).attendances()))
                .toList();
    }

    /** Without the reasons of their end: texts of the SRC, which may name people. */
    List<RecordedCs> communicationSessions(List<RecordedCs> all) {
        return keepsNames
                ? all
                : all.stream().map(MetadataPolicy::withoutReasons).toList();
    }

    private static RecordedCs withoutReasons(RecordedCs cs) {
        return new RecordedCs(cs.id(), cs.groupId(), cs.sipSessionIds(), cs.from(), cs.to(), List.of());
    }

    /** The id under which a participant is known outside. */
    String idOf(String participant, List<SessionParticipant> all) {
        if (keepsNames) {
            return participant;
        }
        int place = 0;
        while (place < all.size() && !all.get(place).id().equals(participant)) {
            place++;
        }
        return ownId(place);
    }

    private static String ownId(int place) {
        return "participant-" + (place + 1);
    }
}
