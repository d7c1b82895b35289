package io.siprec.sip.internal.transaction;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.Via;

/** What names a transaction (RFC 3261 sections 17.1.3 and 17.2.3). */
final class TransactionKeys {
    private TransactionKeys() {}

    /** The server transaction that the request belongs to; an ACK belongs to its INVITE's. */
    static String server(SipRequest request) {
        return server(request, request.method().equals("ACK") ? "INVITE" : request.method());
    }

    /** The transaction of another method with the same branch: what a CANCEL is about (section 9.2). */
    static String server(SipRequest request, String method) {
        Via via = request.topVia();
        if (via.hasUniqueBranch()) {
            return method + ' ' + via.branch().orElseThrow() + ' ' + via.sentBy();
        }
        return method + " 2543 " + request.requestUri() + ' '
                + request.from().tag().orElse("") + ' '
                + request.callId() + ' ' + request.cseq().number() + ' ' + via.sentBy() + ' '
                + via.branch().orElse("");
    }

    static String client(SipRequest request) {
        return client(request.topVia(), request.method());
    }

    static String client(SipResponse response) {
        return client(response.topVia(), response.cseq().method());
    }

    private static String client(Via via, String method) {
        return method + ' ' + via.branch().orElse("");
    }
}
