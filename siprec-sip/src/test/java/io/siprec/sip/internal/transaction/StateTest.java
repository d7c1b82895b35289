package io.siprec.sip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The whole tables of the four machines: each state on each input, once. A row names one state, some inputs, the state
 * after them, and why.
 */
class StateTest {

    @Test
    void C138_C139_C141_inviteServer() {
        check("""
                PROCEEDING | INVITE                           | PROCEEDING | RFC 3261 17.2.1: the last provisional goes again
                PROCEEDING | SENT_1XX                         | PROCEEDING | RFC 3261 17.2.1: any number of them
                PROCEEDING | SENT_2XX                         | ACCEPTED   | RFC 6026 7.1: no longer TERMINATED
                PROCEEDING | SENT_300_699                     | COMPLETED  | RFC 3261 17.2.1
                PROCEEDING | ACK                              | PROCEEDING | there is nothing to acknowledge yet
                PROCEEDING | TIMER_G TIMER_H TIMER_I TIMER_L  | PROCEEDING | none is set yet
                PROCEEDING | TRANSPORT_ERROR                  | PROCEEDING | RFC 6026 7.1: the state outlives the connection
                ACCEPTED   | INVITE                           | ACCEPTED   | RFC 6026 7.1: absorbed, no response
                ACCEPTED   | ACK                              | ACCEPTED   | RFC 6026 7.1: handed to the dialog
                ACCEPTED   | SENT_2XX                         | ACCEPTED   | RFC 6026 7.1: the dialog repeats it
                ACCEPTED   | SENT_1XX SENT_300_699            | ACCEPTED   | an INVITE has one final response
                ACCEPTED   | TIMER_L                          | TERMINATED | RFC 6026 7.1
                ACCEPTED   | TIMER_G TIMER_H TIMER_I          | ACCEPTED   | those of a refusal
                ACCEPTED   | TRANSPORT_ERROR                  | ACCEPTED   | RFC 6026 7.1
                COMPLETED  | INVITE                           | COMPLETED  | RFC 3261 17.2.1: the refusal goes again
                COMPLETED  | ACK                              | CONFIRMED  | RFC 3261 17.2.1
                COMPLETED  | SENT_1XX SENT_2XX SENT_300_699   | COMPLETED  | RFC 3261 17.2.1: discarded
                COMPLETED  | TIMER_G                          | COMPLETED  | RFC 3261 17.2.1: the refusal goes again
                COMPLETED  | TIMER_H                          | TERMINATED | RFC 3261 17.2.1: never acknowledged
                COMPLETED  | TIMER_I TIMER_L                  | COMPLETED  | not set here
                COMPLETED  | TRANSPORT_ERROR                  | COMPLETED  | RFC 6026 7.1: no longer TERMINATED
                CONFIRMED  | INVITE ACK                       | CONFIRMED  | RFC 3261 17.2.1: absorbed
                CONFIRMED  | SENT_1XX SENT_2XX SENT_300_699   | CONFIRMED  | RFC 3261 17.2.1: discarded
                CONFIRMED  | TIMER_I                          | TERMINATED | RFC 3261 17.2.1
                CONFIRMED  | TIMER_G TIMER_H TIMER_L          | CONFIRMED  | ended with the ACK
                CONFIRMED  | TRANSPORT_ERROR                  | CONFIRMED  | nothing is sent here
                TERMINATED | INVITE ACK SENT_1XX SENT_2XX SENT_300_699 TIMER_G TIMER_H TIMER_I TIMER_L TRANSPORT_ERROR | TERMINATED | the end
                """, InviteServerState::valueOf, InviteServerState.Input::valueOf, InviteServerState::on, 5 * 10);
    }

    @Test
    void inviteClient() {
        check("""
                CALLING    | TIMER_A                    | CALLING    | RFC 3261 17.1.1.2: sent again
                CALLING    | TIMER_B                    | TERMINATED | RFC 3261 17.1.1.2: nobody answers
                CALLING    | RECEIVED_1XX               | PROCEEDING | RFC 3261 17.1.1.2
                CALLING    | RECEIVED_2XX               | ACCEPTED   | RFC 6026 7.2: no longer TERMINATED
                CALLING    | RECEIVED_300_699           | COMPLETED  | RFC 3261 17.1.1.2: acknowledged
                CALLING    | TRANSPORT_ERROR            | TERMINATED | RFC 3261 17.1.1.2
                CALLING    | TIMER_D TIMER_M            | CALLING    | not set yet
                PROCEEDING | RECEIVED_1XX               | PROCEEDING | RFC 3261 17.1.1.2: handed up
                PROCEEDING | RECEIVED_2XX               | ACCEPTED   | RFC 6026 7.2
                PROCEEDING | RECEIVED_300_699           | COMPLETED  | RFC 3261 17.1.1.2
                PROCEEDING | TIMER_A TIMER_B            | PROCEEDING | RFC 3261 17.1.1.2: it was answered in time
                PROCEEDING | TIMER_D TIMER_M            | PROCEEDING | not set yet
                PROCEEDING | TRANSPORT_ERROR            | TERMINATED | the connection that the answer would come by is gone
                ACCEPTED   | RECEIVED_2XX               | ACCEPTED   | RFC 6026 7.2: each goes to the dialog
                ACCEPTED   | RECEIVED_1XX RECEIVED_300_699 | ACCEPTED | RFC 6026 7.2: dropped
                ACCEPTED   | TIMER_M                    | TERMINATED | RFC 6026 7.2
                ACCEPTED   | TIMER_A TIMER_B TIMER_D    | ACCEPTED   | ended with the 2xx
                ACCEPTED   | TRANSPORT_ERROR            | ACCEPTED   | RFC 6026 7.2: nothing is sent here
                COMPLETED  | RECEIVED_300_699           | COMPLETED  | RFC 3261 17.1.1.2: acknowledged again, not handed up
                COMPLETED  | RECEIVED_1XX RECEIVED_2XX  | COMPLETED  | it had its final response
                COMPLETED  | TIMER_D                    | TERMINATED | RFC 3261 17.1.1.2
                COMPLETED  | TIMER_A TIMER_B TIMER_M    | COMPLETED  | ended with the response
                COMPLETED  | TRANSPORT_ERROR            | TERMINATED | RFC 3261 17.1.1.2: the ACK could not be sent
                TERMINATED | RECEIVED_1XX RECEIVED_2XX RECEIVED_300_699 TIMER_A TIMER_B TIMER_D TIMER_M TRANSPORT_ERROR | TERMINATED | the end
                """, InviteClientState::valueOf, InviteClientState.Input::valueOf, InviteClientState::on, 5 * 8);
    }

    @Test
    void C143_nonInviteServer() {
        check("""
                TRYING     | REQUEST                    | TRYING     | RFC 3261 17.2.2: absorbed, there is no response yet
                TRYING     | SENT_100                   | PROCEEDING | RFC 4320 4.1: late, and no other provisional
                TRYING     | SENT_FINAL                 | COMPLETED  | RFC 3261 17.2.2
                TRYING     | TOO_LATE                   | TERMINATED | RFC 4320 4.2: no answer rather than a late one
                TRYING     | TIMER_J                    | TRYING     | not set yet
                TRYING     | TRANSPORT_ERROR            | TRYING     | nothing was sent
                PROCEEDING | REQUEST                    | PROCEEDING | RFC 3261 17.2.2: the 100 goes again
                PROCEEDING | SENT_100                   | PROCEEDING | RFC 3261 17.2.2
                PROCEEDING | SENT_FINAL                 | COMPLETED  | RFC 3261 17.2.2
                PROCEEDING | TOO_LATE                   | TERMINATED | RFC 4320 4.2
                PROCEEDING | TIMER_J                    | PROCEEDING | not set yet
                PROCEEDING | TRANSPORT_ERROR            | TERMINATED | RFC 3261 17.2.2
                COMPLETED  | REQUEST                    | COMPLETED  | RFC 3261 17.2.2: the response goes again
                COMPLETED  | SENT_100 SENT_FINAL        | COMPLETED  | RFC 3261 17.2.2: discarded
                COMPLETED  | TOO_LATE                   | COMPLETED  | it was answered
                COMPLETED  | TIMER_J TRANSPORT_ERROR    | TERMINATED | RFC 3261 17.2.2
                TERMINATED | REQUEST SENT_100 SENT_FINAL TOO_LATE TIMER_J TRANSPORT_ERROR | TERMINATED | the end
                """, NonInviteServerState::valueOf, NonInviteServerState.Input::valueOf, NonInviteServerState::on, 4 * 6);
    }

    @Test
    void nonInviteClient() {
        check("""
                TRYING     | TIMER_E                    | TRYING     | RFC 3261 17.1.2.2: sent again
                TRYING     | RECEIVED_1XX               | PROCEEDING | RFC 3261 17.1.2.2
                TRYING     | RECEIVED_FINAL             | COMPLETED  | RFC 3261 17.1.2.2
                TRYING     | TIMER_F TRANSPORT_ERROR    | TERMINATED | RFC 3261 17.1.2.2
                TRYING     | TIMER_K                    | TRYING     | not set yet
                PROCEEDING | TIMER_E                    | PROCEEDING | RFC 3261 17.1.2.2: sent again, every T2
                PROCEEDING | RECEIVED_1XX               | PROCEEDING | RFC 3261 17.1.2.2
                PROCEEDING | RECEIVED_FINAL             | COMPLETED  | RFC 3261 17.1.2.2
                PROCEEDING | TIMER_F TRANSPORT_ERROR    | TERMINATED | RFC 3261 17.1.2.2: a provisional does not stop timer F
                PROCEEDING | TIMER_K                    | PROCEEDING | not set yet
                COMPLETED  | RECEIVED_1XX RECEIVED_FINAL | COMPLETED | RFC 3261 17.1.2.2: absorbed
                COMPLETED  | TIMER_E TIMER_F            | COMPLETED  | ended with the response
                COMPLETED  | TIMER_K                    | TERMINATED | RFC 3261 17.1.2.2
                COMPLETED  | TRANSPORT_ERROR            | COMPLETED  | nothing is sent here
                TERMINATED | TIMER_E TIMER_F TIMER_K RECEIVED_1XX RECEIVED_FINAL TRANSPORT_ERROR | TERMINATED | the end
                """, NonInviteClientState::valueOf, NonInviteClientState.Input::valueOf, NonInviteClientState::on, 4 * 6);
    }

    private static <S, I> void check(
            String table, Function<String, S> state, Function<String, I> input, BiFunction<S, I, S> move, int cells) {
        List<String> seen = new ArrayList<>();
        for (String row : table.lines().toList()) {
            String[] columns = row.split("\\|");
            S from = state.apply(columns[0].strip());
            for (String name : columns[1].strip().split(" ")) {
                seen.add(from + " " + name);
                assertThat(move.apply(from, input.apply(name)))
                        .as("%s on %s: %s", from, name, columns[3].strip())
                        .isEqualTo(state.apply(columns[2].strip()));
            }
        }
        assertThat(seen)
                .as("each state on each input, once")
                .doesNotHaveDuplicates()
                .hasSize(cells);
    }

    @Test
    void C143_theLate100ComesWhenTimerEReachesT2() {
        assertThat(NonInviteServerTransaction.timeToT2(SipTimers.withDefaults()))
                .isEqualTo(Duration.ofMillis(3_500));
        SipTimers quick = new SipTimers(Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(5));
        assertThat(NonInviteServerTransaction.timeToT2(quick)).isEqualTo(Duration.ofMillis(300));
    }
}
