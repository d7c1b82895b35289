package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import java.util.List;

/** A call as the rules see it. Loop thread only. */
public interface WatchedCall {
    /** The streams that were ever opened. */
    List<? extends WatchedStream> streams();

    /** Something is worth telling; the session has changed. */
    void report(Finding finding);

    /** Asks the SRC whether it still knows the dialog; if it doesn't, the dialog ends. */
    void probe(Runnable known);

    /** Ends the call. */
    void end(EndCause cause, String text);
}
