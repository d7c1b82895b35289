package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipResponse;

/** The peer's messages in a call, each with a branch of its own. */
final class Requests {
    private final String transport;
    private int branches;
    String branchPrefix = "z9hG4bK-";
    String callId = "call-1";
    String toTag = "";
    String contact = "<sip:src@127.0.0.2:5062>;+sip.src";

    Requests(String transport) {
        this.transport = transport;
    }

    /** A request with a new branch; {@code headers} are whole lines. */
    String request(String method, int cseq, String headers) {
        branches++;
        return text(method, "sip:srs@127.0.0.1", branches, cseq + " " + method, headers);
    }

    String request(String method, int cseq) {
        return request(method, cseq, "");
    }

    /** A request with a session description and a new branch. */
    String offer(String method, int cseq) {
        return request(method, cseq, "Content-Type: application/sdp\n").replace("Length: 0\n\n", "Length: 5\n\nv=0\n");
    }

    /** The ACK of a refusal or a CANCEL: same branch as the last request. */
    String sameBranch(String method, int cseq) {
        return text(method, "sip:srs@127.0.0.1", branches, cseq + " " + method, "");
    }

    String text(String method, String uri, int branch, String cseq, String headers) {
        return method + " " + uri + " SIP/2.0\n"
                + "Via: SIP/2.0/" + transport + " 127.0.0.2:5062;branch=" + branchPrefix + branch + "\n"
                + "Max-Forwards: 70\n"
                + "From: <sip:src@127.0.0.2>;tag=src\n"
                + "To: <sip:srs@127.0.0.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\n"
                + "Call-ID: " + callId + "\n"
                + "CSeq: " + cseq + "\n"
                + (contact.isEmpty() ? "" : "Contact: " + contact + "\n")
                + headers
                + "Content-Length: 0\n\n";
    }

    /** The peer's tag of ours is known from now on. */
    void learnTag(SipResponse response) {
        toTag = response.to().tag().orElseThrow();
    }
}
