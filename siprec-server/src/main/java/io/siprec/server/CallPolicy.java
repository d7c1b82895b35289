package io.siprec.server;

import java.util.concurrent.CompletionStage;

/**
 * Decides of each INVITE whether it is recorded (RFC 7866 §12.1). Set by {@link SiprecServer.Builder#callPolicy}.
 *
 * <p>Called once for an INVITE that the server can take, on a thread for policies alone: calls of this method never overlap,
 * and one that blocks delays other decisions, no recording. The SRC has its 100 by then.
 */
@FunctionalInterface
public interface CallPolicy {
    /**
     * What to do with this INVITE.
     *
     * @return completed on any thread. A failure answers 500; no decision within 30 s answers 503; one that comes after the SRC
     *     has given up is without effect
     */
    CompletionStage<CallDecision> decide(CallRequest request);
}
