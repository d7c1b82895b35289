package io.siprec.sip;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A dialog (RFC 3261 section 12) that an INVITE made. Loop thread only. */
public interface SipDialog {
    /** The Call-ID. */
    String callId();

    /** Our tag. */
    String localTag();

    /** The peer's tag; empty when it sent none. */
    String remoteTag();

    /** The loop that the dialog lives on, for tasks and timers that are about it. Any thread. */
    SipLoop loop();

    /** The INVITE that made the dialog. */
    SipRequest invite();

    /**
     * Ends the dialog with BYE, whose Reason is "normal call clearing" unless the headers have one. Before the ACK of our 2xx the BYE waits for it, at most 64*T1 (section 15). The listener's
     * {@code onEnded} follows when the BYE was answered or given up. A second call is without effect.
     */
    default void bye(List<Header> headers) {
        bye(headers, SipBody.none());
    }

    /** The same with a body: some SRCs tell in their BYE how the recorded call ended (RFC 8068 section 3.2.4). */
    void bye(List<Header> headers, SipBody body);

    /**
     * Sends a request other than INVITE, ACK, CANCEL and BYE.
     *
     * @param onFinal gets the final response; empty when none came
     * @throws IllegalStateException when the dialog has ended
     */
    void request(String method, List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal);

    /**
     * Sends a re-INVITE; a 2xx gets its ACK from the stack.
     *
     * @param onFinal gets the final response; empty when none came
     * @throws IllegalStateException when the dialog has ended, or an INVITE is open in either direction (section 14.1)
     */
    void reinvite(List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal);

    /**
     * Sends a re-INVITE whose bodies are made when they are needed.
     *
     * @param body asked for at each try, as the session may have changed when a refused request goes out again; without a
     *     session description the peer makes the offer
     * @param answer makes the body of the ACK from the 2xx: the answer to the peer's offer, if that is where it was
     */
    void reinvite(
            List<Header> headers,
            Supplier<SipBody> body,
            Function<SipResponse, SipBody> answer,
            Consumer<Optional<SipResponse>> onFinal);

    /**
     * Whether the peer takes requests with this method, by the last Allow that it sent (RFC 3261 section 20.5): a method that
     * is not in it would be refused. True when it sent none, which says nothing.
     */
    boolean peerAllows(String method);

    /** Whether the dialog is over, or BYE is on its way: it takes no request of ours any more. */
    boolean ending();

    /** Whether the dialog is over. */
    boolean ended();
}
