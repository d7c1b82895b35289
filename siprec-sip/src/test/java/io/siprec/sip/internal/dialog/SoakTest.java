package io.siprec.sip.internal.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.siprec.sip.SipStatistics;
import io.siprec.sip.internal.dialog.SoakCall.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Calls that end, well or badly, leave nothing behind: the dialogs that end well are those that leak elsewhere. */
class SoakTest {
    private static final int CALLS = 100_000;
    private static final int BATCH = 1_000;
    private static final int WARM_UP_BATCHES = 20;
    private static final long MAX_GROWTH_BYTES = 1_048_576; // 13 bytes for each call after the warm-up
    private static final Duration SIXTY_FOUR_T1 = Duration.ofMillis(32_001);

    private static final Logger USER_AGENT = (Logger) LoggerFactory.getLogger(UserAgent.class);

    private final Bench bench = new Bench();

    @BeforeAll
    static void thatSomePeersAreUnreachableIsWanted() {
        USER_AGENT.setLevel(Level.ERROR);
    }

    @AfterAll
    static void restoreTheLog() {
        USER_AGENT.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeft64T1AfterTheLastMessage(Ending ending) {
        for (int number = 0; number < 2; number++) { // UDP and TCP
            SoakCall call = new SoakCall(bench, number, ending);
            call.play(ending);
            SoakCall.answerByes(bench);
            bench.advance(SIXTY_FOUR_T1);
            if (isLate(ending)) { // the call has only ended now: by a BYE of ours or the time for one
                SoakCall.answerByes(bench);
                bench.advance(SIXTY_FOUR_T1);
            }
            assertNothingIsLeft(List.of(call));
            bench.network.sent.clear(); // what was repeated
        }
    }

    private static boolean isLate(Ending ending) {
        return ending == Ending.NO_ACK || ending == Ending.REQUEST_TIMES_OUT;
    }

    @Test
    void C136_C140_C142_theHeapIsFlatOverAHundredThousandCalls() {
        long afterWarmUp = 0;
        int number = 0;
        for (int batch = 0; batch < CALLS / BATCH; batch++) {
            List<SoakCall> calls = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++, number++) {
                Ending ending = Ending.values()[number / 2 % Ending.values().length];
                calls.add(new SoakCall(bench, number, ending));
                calls.get(i).play(ending);
            }
            bench.advance(SIXTY_FOUR_T1);
            SoakCall.answerByes(bench);
            bench.advance(SIXTY_FOUR_T1);
            SoakCall.answerByes(bench);
            assertNothingIsLeft(calls);
            bench.ends.clear();
            bench.network.made.clear();
            if (batch == WARM_UP_BATCHES) {
                afterWarmUp = heapBytes();
            }
        }
        assertThat(number).isEqualTo(CALLS);
        assertThat(heapBytes() - afterWarmUp).as("growth of the heap").isLessThan(MAX_GROWTH_BYTES);
    }

    private void assertNothingIsLeft(List<SoakCall> calls) {
        SipStatistics now = bench.statistics();
        assertThat(now.serverTransactions()).as("server transactions").isZero();
        assertThat(now.clientTransactions()).as("client transactions").isZero();
        assertThat(now.dialogs()).as("dialogs").isZero();
        assertThat(bench.timerCount()).as("timers").isZero();
        assertThat(now.loopErrors()).as("faults").isZero();
        assertThat(bench.invites).isEmpty();
        assertThat(bench.reinvites).isEmpty();
        assertThat(calls).allMatch(call -> call.connectionUsers() == 0);
        assertThat(bench.network.made).allMatch(peer -> peer.users == 0);
    }

    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
