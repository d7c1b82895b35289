package io.siprec.core.history;

import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.MetadataState;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.ParticipantStreamAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.metadata.SessionRecordingAssociation;
import io.siprec.core.session.Attribution.Grade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Who is heard on which line now (RFC 7865 §6.8): those who are said to send its stream. Where the SRC says it of some
 * participants only, or of none, those of whom nothing is said are matched with the streams that nobody is said to send.
 */
final class WhoIsHeard {
    private final MetadataState state;
    private final List<MediaStream> streams;
    private final Map<String, Map<String, Optional<Instant>>> senders = new HashMap<>(); // by stream, then participant
    private final List<String> untold; // participants of whom is not said what they send

    private WhoIsHeard(MetadataState state, RecordingMetadata known, List<MediaStream> streams, Set<String> present) {
        this.state = state;
        this.streams = streams;
        Set<String> ids = new HashSet<>();
        streams.forEach(one -> ids.add(one.id()));
        Set<String> candidates = new LinkedHashSet<>();
        known.participants().stream()
                .map(Participant::id)
                .filter(present::contains)
                .forEach(candidates::add);
        Set<String> told = new HashSet<>();
        for (ParticipantStreamAssociation one : known.participantStreams()) {
            if (!candidates.contains(one.participantId())) continue;
            if (one.disassociateTime().isPresent() || isTelling(one, ids)) told.add(one.participantId());
            if (one.disassociateTime().isEmpty()) sends(one);
        }
        candidates.removeAll(told);
        this.untold = List.copyOf(candidates);
    }

    /** By number of the stream; lines that are not recorded are left out. */
    static Map<Integer, List<Heard>> on(
            List<StreamLine> lines, MetadataState state, Set<String> present, Findings findings) {
        if (state.known().isEmpty() || lines.isEmpty()) return Map.of();
        RecordingMetadata known = state.known().get();
        List<MediaStream> streams = liveStreams(known);
        boolean undescribed = streams.isEmpty() && known.streams().isEmpty();
        if (undescribed) streams = onePerLine(lines);
        Map<Integer, LineMatch.Found> matches =
                LineMatch.of(lines, streams, state, undescribed ? new Findings() : findings);
        WhoIsHeard who = new WhoIsHeard(state, known, streams, present);
        Map<Integer, List<Heard>> heard = new HashMap<>();
        matches.forEach((line, found) -> {
            int stream = lines.get(line).stream();
            if (stream != StreamLine.NOT_RECORDED) heard.put(stream, who.on(found));
        });
        return heard;
    }

    /** Those of sessions that go on. */
    private static List<MediaStream> liveStreams(RecordingMetadata known) {
        Set<String> ended = new HashSet<>();
        known.sessions().stream()
                .filter(one -> one.stopTime().isPresent())
                .map(CommunicationSession::id)
                .forEach(ended::add);
        known.sessionRecordings().stream()
                .filter(one -> one.disassociateTime().isPresent())
                .map(SessionRecordingAssociation::sessionId)
                .forEach(ended::add);
        return known.streams().stream()
                .filter(one -> one.sessionId().filter(ended::contains).isEmpty())
                .toList();
    }

    /** Some SRCs describe participants and no streams. */
    private static List<MediaStream> onePerLine(List<StreamLine> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new MediaStream("line " + i, Optional.empty(), Optional.empty(), List.of()))
                .toList();
    }

    private boolean isTelling(ParticipantStreamAssociation one, Set<String> ids) {
        if (one.send().isEmpty()) return state.saysWhoSends();
        return one.send().stream().anyMatch(ids::contains);
    }

    private void sends(ParticipantStreamAssociation one) {
        for (String stream : one.send()) {
            senders.computeIfAbsent(stream, id -> new LinkedHashMap<>())
                    .putIfAbsent(one.participantId(), one.associateTime());
        }
    }

    private List<Heard> on(LineMatch.Found found) {
        MediaStream stream = found.stream();
        List<Heard> heard = new ArrayList<>();
        senders.getOrDefault(stream.id(), Map.of())
                .forEach((participant, since) -> heard.add(new Heard(participant, found.grade(), since)));
        boolean mixed = stream.isMixed() && heard.size() < 2;
        if (!heard.isEmpty() && !mixed) return heard;
        Grade grade = LineMatch.weaker(found.grade(), mixed ? Grade.ASSERTED : guess());
        for (String participant : mixed ? untold : candidates(stream)) {
            heard.add(new Heard(participant, grade, Optional.empty()));
        }
        return heard;
    }

    /** On the only stream all of whom nothing is said; else the n-th of them on the n-th stream without a sender. */
    private List<String> candidates(MediaStream stream) {
        if (streams.size() == 1) return untold;
        List<MediaStream> unsent = unsent();
        return unsent.size() == untold.size() ? List.of(untold.get(unsent.indexOf(stream))) : List.of();
    }

    private List<MediaStream> unsent() {
        return streams.stream().filter(one -> !senders.containsKey(one.id())).toList();
    }

    private Grade guess() {
        return untold.size() == 1 ? Grade.ASSERTED : Grade.GUESSED;
    }
}
