package io.siprec.sip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moves that the figures of RFC 3261 section 17 and RFC 6026 draw, and some that they don't. */
class StateTest {

    @ParameterizedTest(name = "{0} on {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            PROCEEDING | INVITE       | PROCEEDING | the last provisional goes again
            PROCEEDING | SENT_1XX     | PROCEEDING |
            PROCEEDING | SENT_2XX     | ACCEPTED   | RFC 6026
            PROCEEDING | SENT_300_699 | COMPLETED  |
            PROCEEDING | ACK          | PROCEEDING | nothing to acknowledge yet
            ACCEPTED   | INVITE       | ACCEPTED   | C141 absorbed
            ACCEPTED   | ACK          | ACCEPTED   | the dialog's
            ACCEPTED   | TIMER_L      | TERMINATED |
            COMPLETED  | INVITE       | COMPLETED  | the response goes again
            COMPLETED  | TIMER_G      | COMPLETED  | C139
            COMPLETED  | ACK          | CONFIRMED  |
            COMPLETED  | TIMER_H      | TERMINATED | C139 never acknowledged
            CONFIRMED  | ACK          | CONFIRMED  | absorbed
            CONFIRMED  | TIMER_I      | TERMINATED |
            TERMINATED | INVITE       | TERMINATED |
            """)
    void inviteServer(InviteServerState from, InviteServerState.Input input, InviteServerState to, String why) {
        assertThat(from.on(input)).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0} on {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            CALLING    | TIMER_A          | CALLING    | sent again
            CALLING    | TIMER_B          | TERMINATED | nobody answers
            CALLING    | RECEIVED_1XX     | PROCEEDING |
            CALLING    | RECEIVED_2XX     | ACCEPTED   |
            CALLING    | RECEIVED_300_699 | COMPLETED  |
            CALLING    | TRANSPORT_ERROR  | TERMINATED |
            PROCEEDING | TIMER_B          | PROCEEDING | it was answered in time
            PROCEEDING | RECEIVED_2XX     | ACCEPTED   |
            PROCEEDING | RECEIVED_300_699 | COMPLETED  |
            ACCEPTED   | RECEIVED_2XX     | ACCEPTED   | RFC 6026: each goes to the dialog
            ACCEPTED   | RECEIVED_300_699 | ACCEPTED   |
            ACCEPTED   | TIMER_M          | TERMINATED |
            COMPLETED  | RECEIVED_300_699 | COMPLETED  | acknowledged again
            COMPLETED  | TIMER_D          | TERMINATED |
            """)
    void inviteClient(InviteClientState from, InviteClientState.Input input, InviteClientState to, String why) {
        assertThat(from.on(input)).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            TRYING     | REQUEST    | TRYING
            TRYING     | SENT_FINAL | COMPLETED
            COMPLETED  | REQUEST    | COMPLETED
            COMPLETED  | TIMER_J    | TERMINATED
            TERMINATED | REQUEST    | TERMINATED
            """)
    void nonInviteServer(NonInviteServerState from, NonInviteServerState.Input input, NonInviteServerState to) {
        assertThat(from.on(input)).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            TRYING     | TIMER_E         | TRYING
            TRYING     | RECEIVED_1XX    | PROCEEDING
            TRYING     | RECEIVED_FINAL  | COMPLETED
            TRYING     | TIMER_F         | TERMINATED
            TRYING     | TRANSPORT_ERROR | TERMINATED
            PROCEEDING | TIMER_F         | TERMINATED
            PROCEEDING | RECEIVED_FINAL  | COMPLETED
            COMPLETED  | TIMER_F         | COMPLETED
            COMPLETED  | RECEIVED_FINAL  | COMPLETED
            COMPLETED  | TIMER_K         | TERMINATED
            """)
    void nonInviteClient(NonInviteClientState from, NonInviteClientState.Input input, NonInviteClientState to) {
        assertThat(from.on(input)).isEqualTo(to);
    }
}
