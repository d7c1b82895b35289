package io.siprec.testkit;

import io.siprec.sip.message.SipResponse;
import java.util.concurrent.CompletableFuture;

/** A call of a {@link SyntheticSrc}, from the INVITE to the end. Any thread. */
public interface SrcCall {
    /** The Call-ID of the dialog. */
    String callId();

    /** The 2xx; completes exceptionally with an {@link IllegalStateException} when the call is over without one. */
    CompletableFuture<SipResponse> accepted();

    /** How it went; completes once, never exceptionally. */
    CompletableFuture<SrcCallResult> result();

    /** Packets sent up to now, on all streams. */
    long packetsSent();

    /** Stops sending and ends the call by a BYE, or by a CANCEL when it isn't answered yet. */
    void hangUp();

    /** Takes the INVITE back (RFC 3261 §9.1); a call that is answered already goes on. */
    void cancel();
}
