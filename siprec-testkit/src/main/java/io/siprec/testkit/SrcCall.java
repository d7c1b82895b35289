package io.siprec.testkit;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.Optional;
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

    /** The m-lines as they were agreed last; what to change for the next offer. */
    SrcMedia media();

    /**
     * Completes once so much of the call's audio time has passed, from the ACK on, held or not: all packets before are sent.
     * Exceptionally with an {@link IllegalStateException} when the call ends before.
     */
    CompletableFuture<Void> played(Duration audio);

    /**
     * Sends a re-INVITE. Streams that its offer holds or ends fall silent before it leaves; what it begins or changes begins
     * with the 2xx; when it is refused, all goes on as before.
     *
     * @return the final response, of any status; exceptionally with an {@link IllegalStateException} when there was none, no
     *     usable answer, or no dialog
     */
    CompletableFuture<SipResponse> reinvite(SrcRequest request);

    /** The same with an UPDATE (RFC 3311). */
    CompletableFuture<SipResponse> update(SrcRequest request);

    /**
     * The next request that the recorder sent in the dialog: a re-INVITE, UPDATE, BYE or any other, in order. It is answered
     * already, as {@link SrcCallSettings#replies} says. Empty when none comes in time.
     */
    Optional<SipRequest> nextRequest(Duration patience) throws InterruptedException;

    /** Stops sending and ends the call by a BYE, or by a CANCEL when it isn't answered yet. */
    void hangUp();

    /** The same; the BYE has the metadata and the headers of this (RFC 8068 §3.2.4). */
    void hangUp(SrcRequest last);

    /** Takes the INVITE back (RFC 3261 §9.1); a call that is answered already goes on. */
    void cancel();
}
