package io.siprec.testkit;

import io.siprec.core.spi.InMemorySessionStore;
import io.siprec.core.spi.SessionStore;
import java.time.Duration;

class InMemorySessionStoreTest extends SessionStoreContract {
    private final ManualClock clock = new ManualClock();
    private final InMemorySessionStore shared = new InMemorySessionStore(clock.clock(), RETENTION);

    @Override
    protected SessionStore open() {
        return shared;
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }
}
