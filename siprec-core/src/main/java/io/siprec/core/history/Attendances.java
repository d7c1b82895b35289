package io.siprec.core.history;

import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.session.Attendance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** When one participant was in which communication session. */
final class Attendances {
    private final List<Attendance> spans = new ArrayList<>(1);

    List<Attendance> list() {
        return spans.stream().sorted(Comparator.comparing(Attendance::from)).toList();
    }

    boolean isIn(String cs) {
        return spans.stream().anyMatch(one -> one.csId().equals(cs) && one.to().isEmpty());
    }

    /** True where that association is told of already, as far as one can see: documents repeat what they said. */
    boolean has(ParticipantSessionAssociation association) {
        boolean ofThat = false;
        for (Attendance one : spans) {
            if (!one.csId().equals(association.sessionId())) continue;
            boolean sameEnd = one.to().isPresent() && one.to().equals(association.disassociateTime());
            boolean sameStart =
                    association.associateTime().filter(one.from()::equals).isPresent();
            if (sameEnd || sameStart) return true;
            ofThat = true;
        }
        return ofThat && association.associateTime().isEmpty();
    }

    void add(Attendance span) {
        spans.add(span);
    }

    /** A time of joining before the last leaving is that of an earlier attendance, repeated. */
    void join(String cs, Optional<Instant> joinedAt, Instant arrivedAt) {
        Optional<Instant> lastLeft = lastLeft(cs);
        Instant from = joinedAt.filter(time -> lastLeft.isEmpty() || time.isAfter(lastLeft.get()))
                .orElse(arrivedAt);
        spans.add(new Attendance(cs, from, Optional.empty()));
    }

    /** A later document gives the time of joining that was taken from the arrival of an earlier one. */
    void wasThereSince(String cs, Instant time) {
        if (lastLeft(cs).isPresent()) return;
        spans.replaceAll(one ->
                one.csId().equals(cs) && time.isBefore(one.from()) ? new Attendance(cs, time, Optional.empty()) : one);
    }

    void leaveAllBut(Set<String> still, Function<String, Instant> leftAt, Findings findings) {
        spans.replaceAll(one -> one.to().isPresent() || still.contains(one.csId())
                ? one
                : new Attendance(
                        one.csId(),
                        one.from(),
                        Optional.of(Times.notBefore(one.from(), leftAt.apply(one.csId()), findings))));
    }

    private Optional<Instant> lastLeft(String cs) {
        return spans.stream()
                .filter(one -> one.csId().equals(cs))
                .flatMap(one -> one.to().stream())
                .max(Comparator.naturalOrder());
    }
}
