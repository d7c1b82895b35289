package io.siprec.server.internal.admission;

import io.siprec.sip.message.Header;
import java.util.List;

/** An INVITE or UPDATE that can't be taken, with the answer that says why (RFC 3261 §21). */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Header> headers;

    public Refusal(int status, String reason, Header... headers) {
        super(reason, null, false, false);
        this.status = status;
        this.headers = List.of(headers);
    }

    /** 488 with a Warning that tells the operator of the SRC more than the status can (RFC 3261 §20.43). */
    public static Refusal notAcceptable(int warnCode, String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return new Refusal(488, "Not Acceptable Here", new Header("Warning", warnCode + " siprec \"" + quoted + "\""));
    }

    public int status() {
        return status;
    }

    public List<Header> headers() {
        return headers;
    }
}
