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
     * Answers with a provisional status of 101 to 199; without effect when the INVITE has its final answer already. Towards
     * a peer that knows 100rel the response is reliable (RFC 3262): it is repeated until its PRACK comes, the next one waits
     * for that, and without a PRACK within 64*T1 the INVITE gets 504. The stack writes Contact, Allow, Require and RSeq.
     *
     * @param listener hears of the PRACK, if the response is reliable
     * @throws IllegalStateException when eight responses wait for the PRACK of another
     */
    void progress(int status, String reason, List<Header> headers, SipBody body, PrackListener listener);

    /**
     * Answers 200, which is repeated until the ACK comes (RFC 3261 section 13.3.1.4). The stack writes Contact, Allow,
     * Supported, what it says of the session timer, and what it copies from the request. The 200 waits while a reliable
     * provisional response that describes the session has no PRACK; when the INVITE ends meanwhile, the dialog does.
     *
     * @param listener of the dialog; for a re-INVITE it takes the place of the one before
     * @return the dialog, for a re-INVITE the same one as before
     * @throws IllegalStateException when the INVITE has its final answer already, see {@link #pending()}
     */
    SipDialog accept(List<Header> headers, SipBody body, DialogListener listener);

    /** Answers with a status of 300 to 699; without effect when the INVITE has its final answer already. */
    void reject(int status, String reason, Header... headers);

    /**
     * Sets what runs when a CANCEL or BYE ended the INVITE, or no PRACK came: the stack has answered it with 487 or 504 by
     * then.
     */
    void onCancel(Runnable listener);

    /** Why the CANCEL or BYE that ended the INVITE was sent, in the peer's words (RFC 3326); empty when it gave no reason. */
    List<Reason> cancelReasons();

    /** Whether the INVITE still waits for its final answer. */
    boolean pending();
}
