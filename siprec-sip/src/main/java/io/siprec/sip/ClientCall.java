package io.siprec.sip;

import io.siprec.sip.message.Reason;

/** An INVITE of ours on its way. Any thread. */
public interface ClientCall {
    /** The Call-ID that the INVITE carries. */
    String callId();

    /** The loop that the call lives on: all calls of its listeners come from there. */
    SipLoop loop();

    /**
     * Gives the call up before its final answer (RFC 3261 section 9.1): the CANCEL goes out once a provisional response has
     * come. A 2xx that crosses it is acknowledged and ended with BYE, and the listener's {@code onFailed} says so.
     */
    default void cancel() {
        cancel(Reason.NORMAL_CLEARING);
    }

    /** The same, with what the CANCEL gives as its reason (RFC 3326). */
    void cancel(Reason reason);
}
