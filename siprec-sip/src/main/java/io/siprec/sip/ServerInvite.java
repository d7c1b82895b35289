package io.siprec.sip;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.util.List;

/** An INVITE, initial or in a dialog, that waits for its final answer. Loop thread only. */
public interface ServerInvite {
    /** The request. */
    SipRequest request();

    /** Where it came from. */
    MessageSource source();

    /** The loop that the INVITE and its dialog live on, for tasks and timers that are about them. Any thread. */
    SipLoop loop();

    /** The host that the stack names in a Contact for this peer: an address of ours that the peer can reach. */
    String localContactHost();

    /**
     * Answers 200, which is repeated until the ACK comes (RFC 3261 section 13.3.1.4). The stack writes Contact, Allow and
     * what it copies from the request.
     *
     * @param listener of the dialog; for a re-INVITE it takes the place of the one before
     * @return the dialog, for a re-INVITE the same one as before
     * @throws IllegalStateException when the INVITE has its final answer already, see {@link #pending()}
     */
    SipDialog accept(List<Header> headers, SipBody body, DialogListener listener);

    /** Answers with a status of 300 to 699; without effect when the INVITE has its final answer already. */
    void reject(int status, String reason, Header... headers);

    /** Sets what runs when a CANCEL or BYE ended the INVITE: the stack has answered it with 487 by then. */
    void onCancel(Runnable listener);

    /** Why the CANCEL or BYE that ended the INVITE was sent, in the peer's words (RFC 3326); empty when it gave no reason. */
    List<Reason> cancelReasons();

    /** Whether the INVITE still waits for its final answer. */
    boolean pending();
}
