package io.siprec.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.Attribution.Grade;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionStreamTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private static SessionStream stream(Optional<Instant> to) {
        return new SessionStream(
                1,
                "1",
                "stream-1.wav",
                40000,
                "",
                List.of(new StreamPhase(NOW, to, StreamPhase.State.RECEIVING, List.of("PCMU/8000"))),
                List.of(
                        new Attribution("alice", Grade.PROVEN, NOW, Optional.of(NOW)),
                        new Attribution("bob", Grade.PROVEN, NOW, to),
                        new Attribution("alice", Grade.GUESSED, NOW, Optional.of(NOW))));
    }

    @Test
    void tellsWhoIsHeardAndInTheEndWhoWas() {
        assertThat(stream(Optional.empty()).participantIds()).containsExactly("bob");
        assertThat(stream(Optional.of(NOW)).participantIds()).containsExactly("alice", "bob");
    }
}
