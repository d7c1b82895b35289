package io.siprec.sip.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.internal.loop.Counters;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class PeerLogTest {
    private static final long MINUTE = 60_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(PeerLog.class);
    private final ch.qos.logback.classic.Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nowNs = 77;
    private final GuardState state = new GuardState(SipGuard.open(), () -> nowNs);
    private final PeerLog one = new LoopGuard(state, new Counters()).log();
    private final PeerLog other = new LoopGuard(state, new Counters()).log();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(before);
        logger.setAdditive(true);
    }

    private void write(PeerLog log, String address) throws UnknownHostException {
        log.write(Level.INFO, InetAddress.getByName(address), "{} does what it should not", address);
    }

    private List<String> text() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void C212_aScanMakesOneLineForASourceAndMinuteOnAllLoops() throws UnknownHostException {
        for (int i = 0; i < 50; i++) {
            write(one, "192.0.2.1");
            write(other, "192.0.2.1");
        }
        write(other, "192.0.2.2");
        assertThat(text()).containsExactly("192.0.2.1 does what it should not", "192.0.2.2 does what it should not");

        nowNs += MINUTE - 1;
        write(one, "192.0.2.1");
        assertThat(text()).hasSize(2);
        nowNs++;
        write(one, "192.0.2.1");
        write(one, "192.0.2.2");
        assertThat(text().subList(2, 4))
                .containsExactly(
                        "192.0.2.1 does what it should not (and 100 more of this source since the last line)",
                        "192.0.2.2 does what it should not");
    }

    @Test
    void C212_manySourcesFillNoLogEither() throws UnknownHostException {
        for (int i = 0; i < 1_000; i++) {
            write(one, "198.51." + i / 250 + "." + i % 250);
        }
        assertThat(text()).hasSize(LogQuota.LINES);
        nowNs += MINUTE;
        write(one, "192.0.2.1");
        assertThat(text().get(LogQuota.LINES))
                .isEqualTo("192.0.2.1 does what it should not (940 lines about other sources left out)");
    }

    @Test
    void whatIsNotLoggedAtAllTakesNoPlace() throws UnknownHostException {
        one.write(Level.DEBUG, InetAddress.getByName("192.0.2.1"), "hidden");
        assertThat(text()).isEmpty();
        assertThat(state.sources.size()).isZero();
    }
}
