package io.siprec.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    @Test
    void aFreshIdIsAVersion7UuidOfItsTime() {
        long now = 1_795_000_000_123L;
        UUID uuid = UUID.fromString(SessionId.create(now).value());

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(now);
    }

    @Test
    void idsSortByTimeAndDoNotRepeat() {
        assertThat(SessionId.create(1_000)).isLessThan(SessionId.create(1_001));
        Set<SessionId> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(SessionId.create(5))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "0190A1B2-0000-7000-8000-00000000000", "../../../../../../../../etc/passwd/xx"})
    void C077_whatIsNoUuidIsNoId(String text) {
        assertThatThrownBy(() -> SessionId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPersonMayWriteCapitals() {
        SessionId id = SessionId.create(7);
        assertThat(SessionId.of(id.value().toUpperCase())).isEqualTo(id);
    }
}
