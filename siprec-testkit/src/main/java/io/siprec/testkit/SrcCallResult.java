package io.siprec.testkit;

import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a call went.
 *
 * @param outcome in one word
 * @param detail in one sentence, for people: the status and reason, or what went wrong
 * @param response the final response to the INVITE; empty when there was none
 * @param answer the SDP of the answer; "" when there was none
 * @param setupTime from the INVITE to the final response
 * @param endedBy who ended the dialog
 * @param streams what was sent
 */
public record SrcCallResult(
        Outcome outcome,
        String detail,
        Optional<SipResponse> response,
        String answer,
        Duration setupTime,
        EndedBy endedBy,
        List<SrcStreamReport> streams) {
    /** Checks that all is there. */
    public SrcCallResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(setupTime, "setupTime");
        Objects.requireNonNull(endedBy, "endedBy");
        streams = List.copyOf(streams);
    }

    /** The status of the final response, 0 when there was none. */
    public int status() {
        return response.map(SipResponse::status).orElse(0);
    }

    /** The ways a call can go. */
    public enum Outcome {
        /** It was answered, and ended by a BYE of either side. */
        COMPLETED,
        /** It was answered with a status of 300 or more. */
        REJECTED,
        /** It got no answer, or none that could be used, or it broke off. */
        FAILED
    }

    /** Who ended a dialog. */
    public enum EndedBy {
        /** We did, by a BYE. */
        LOCAL,
        /** The recorder did, by a BYE. */
        REMOTE,
        /** Nobody: there was no dialog, or it broke off. */
        NOBODY
    }
}
