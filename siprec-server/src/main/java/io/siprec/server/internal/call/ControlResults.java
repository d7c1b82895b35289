package io.siprec.server.internal.call;

import io.siprec.server.ControlResult;
import io.siprec.server.ControlResult.Outcome;
import io.siprec.sip.message.SipResponse;
import java.util.Optional;

/** The results of what an application asks of a session. */
final class ControlResults {
    static final ControlResult UNCHANGED = new ControlResult(Outcome.UNCHANGED, 0, "");
    static final ControlResult NO_SUCH_SESSION =
            new ControlResult(Outcome.NO_SUCH_SESSION, 0, "there is no such session");

    private ControlResults() {}

    static ControlResult notPossible(String why) {
        return new ControlResult(Outcome.NOT_POSSIBLE, 0, why);
    }

    /** Nothing had to be asked of the SRC. */
    static ControlResult done() {
        return new ControlResult(Outcome.DONE, 0, "");
    }

    /** What the final response to a request of ours says; empty when none came. */
    static ControlResult of(Optional<SipResponse> response) {
        if (response.isEmpty()) {
            return new ControlResult(Outcome.NO_ANSWER, 0, "the SRC did not answer");
        }
        int status = response.get().status();
        return response.get().success()
                ? new ControlResult(Outcome.DONE, status, "")
                : new ControlResult(Outcome.REFUSED, status, "the SRC answered " + status);
    }
}
