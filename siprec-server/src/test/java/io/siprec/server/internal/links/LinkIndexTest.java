package io.siprec.server.internal.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionLink;
import io.siprec.server.internal.links.LinkIndex.Key;
import io.siprec.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkIndexTest {
    private static final Key KEY = new Key(SessionLink.Kind.GROUP, "g");

    private final ManualClock clock = new ManualClock();
    private final LinkIndex index = new LinkIndex(clock.clock());

    @Test
    void aSessionFindsThoseThatWereThereBefore() {
        SessionId first = SessionId.create(1);
        SessionId second = SessionId.create(1);

        assertThat(index.join(first, KEY)).isEmpty();
        assertThat(index.join(second, KEY)).containsExactly(first);
        assertThat(index.join(second, KEY)).isEmpty();
        assertThat(index.join(second, new Key(SessionLink.Kind.COMMUNICATION_SESSION, "g")))
                .isEmpty();
    }

    @Test
    void anEndedSessionIsRememberedForAnHour() {
        SessionId first = SessionId.create(1);
        index.join(first, KEY);
        index.end(first, List.of(KEY));
        clock.advance(Duration.ofMinutes(59));
        assertThat(index.join(SessionId.create(1), KEY)).containsExactly(first);

        clock.advance(Duration.ofMinutes(1));
        SessionId last = SessionId.create(1);
        index.join(last, new Key(SessionLink.Kind.GROUP, "other"));
        index.end(last, List.of());

        assertThat(index.join(SessionId.create(1), KEY)).doesNotContain(first);
    }

    @Test
    void nothingIsKeptOfSessionsThatAreForgotten() {
        for (int i = 0; i < 100; i++) {
            SessionId session = SessionId.create(1);
            Key key = new Key(SessionLink.Kind.GROUP, "g" + i);
            index.join(session, key);
            index.end(session, List.of(key));
        }
        assertThat(index.size()).isEqualTo(100);
        clock.advance(Duration.ofHours(1));
        index.end(SessionId.create(1), List.of());

        assertThat(index.size()).isZero();
    }

    @Test
    void whatIsRememberedIsBoundedByItsKeys() {
        for (int i = 0; i < 2_000; i++) {
            SessionId session = SessionId.create(1);
            String id = "g" + i + "-";
            List<Key> keys = IntStream.range(0, 64)
                    .mapToObj(n -> new Key(SessionLink.Kind.GROUP, id + n))
                    .toList();
            keys.forEach(key -> index.join(session, key));
            index.end(session, keys);
        }
        assertThat(index.size()).isLessThanOrEqualTo(LinkIndex.MOST_REMEMBERED).isPositive();
    }

    @Test
    void aTextThatIsTooLongForAnIdLinksNothing() {
        String longest = "i".repeat(CallLinks.MOST_ID_CHARS);
        for (String id : List.of(longest, longest + "i")) {
            CallLinks first = new CallLinks(SessionId.create(1), index, (other, link) -> {});
            CallLinks second = new CallLinks(SessionId.create(1), index, (other, link) -> {});
            RecordedCs cs = new RecordedCs(id, "", List.of(), Instant.EPOCH, Optional.empty(), List.of());
            first.look(List.of(cs), List.of());
            second.look(List.of(cs), List.of());
            assertThat(second.list()).hasSize(id.equals(longest) ? 1 : 0);
        }
    }

    @Test
    void anIdThatEveryCallHasLinksNoMoreThanSome() {
        for (int i = 0; i < 1000; i++) {
            assertThat(index.join(SessionId.create(1), KEY)).hasSizeLessThan(LinkIndex.MOST_PER_KEY);
        }
    }
}
