package io.siprec.sip.internal.transaction;

import io.siprec.sip.message.SipResponse;

/** The user of a client transaction. */
public interface ClientTransactionListener {
    /** Each provisional response; the final one; for an INVITE each 2xx. */
    void onResponse(SipResponse response);

    /** No final response came: timer B or F. */
    void onTimeout();

    /** The request can't have arrived: the connection was refused or ended. */
    void onTransportError(String reason);
}
