package io.siprec.core.history;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import io.siprec.core.session.Attribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who was heard on which stream when. */
final class AttributionHistory {
    private static final int MAX_SPANS = 500; // per stream

    private final Map<Integer, List<Attribution>> spans = new HashMap<>();

    List<Attribution> of(int stream) {
        return List.copyOf(spans.getOrDefault(stream, List.of()));
    }

    /** What {@code heard} says goes on or begins, all else ends. An SRC may name thousands: nothing here is squared. */
    void update(Map<Integer, List<Heard>> heard, Instant now, Findings findings) {
        spans.forEach((stream, list) -> {
            Set<Voice> still = new HashSet<>();
            heard.getOrDefault(stream, List.of()).forEach(one -> still.add(Voice.of(one)));
            list.replaceAll(one -> still.contains(Voice.of(one)) ? one : ended(one, now));
        });
        heard.forEach((stream, list) -> begin(stream, list, now, findings));
    }

    void end(Instant now) {
        spans.values().forEach(list -> list.replaceAll(one -> ended(one, now)));
    }

    private void begin(int stream, List<Heard> heard, Instant now, Findings findings) {
        List<Attribution> list = spans.computeIfAbsent(stream, number -> new ArrayList<>(2));
        Set<Voice> going = new HashSet<>();
        list.stream().filter(one -> one.to().isEmpty()).map(Voice::of).forEach(going::add);
        Optional<Instant> lastEnd =
                list.stream().flatMap(one -> one.to().stream()).max(Comparator.naturalOrder());
        for (Heard one : heard) {
            if (!going.add(Voice.of(one))) continue;
            Instant from = one.since()
                    .filter(time -> lastEnd.isEmpty() || time.isAfter(lastEnd.get()))
                    .orElse(now);
            if (list.size() >= MAX_SPANS && !dropOldest(list, findings)) return; // nor is there room for the others
            list.add(new Attribution(one.participantId(), one.grade(), from, Optional.empty()));
        }
    }

    /** What is true now is worth more than what was true long ago. */
    private static boolean dropOldest(List<Attribution> list, Findings findings) {
        findings.once(
                FindingCode.ATTRIBUTION_HISTORY_FULL,
                "more than " + MAX_SPANS + " changes of who is heard on a stream");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).to().isPresent()) {
                list.remove(i);
                return true;
            }
        }
        return false;
    }

    private static Attribution ended(Attribution one, Instant now) {
        if (one.to().isPresent()) return one;
        Instant to = now.isBefore(one.from()) ? one.from() : now;
        return new Attribution(one.participantId(), one.grade(), one.from(), Optional.of(to));
    }

    /** Somebody heard, as surely as that. */
    private record Voice(String participantId, Attribution.Grade grade) {
        static Voice of(Heard heard) {
            return new Voice(heard.participantId(), heard.grade());
        }

        static Voice of(Attribution span) {
            return new Voice(span.participantId(), span.grade());
        }
    }
}
