package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import java.util.List;
import java.util.function.Consumer;

/** A call as the rules see it. Loop thread only. */
public interface WatchedCall {
    /** The streams that were ever opened. */
    List<WatchedStream> streams();

    /** Something is worth telling; the session has changed. */
    void report(Finding finding);

    /** Asks the SRC whether it still knows the dialog: true if it does. If it doesn't, the dialog's end may come first. */
    void probe(Consumer<Boolean> alive);

    /** Ends the call. */
    void end(EndCause cause, String text);
}
