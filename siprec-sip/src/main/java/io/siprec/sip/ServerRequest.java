package io.siprec.sip;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.util.List;
import java.util.Optional;

/** A request in a dialog, other than INVITE, ACK, BYE and OPTIONS, that waits for its answer. Loop thread only. */
public interface ServerRequest {
    /** The request. */
    SipRequest request();

    /** Where it came from. */
    MessageSource source();

    /**
     * Answers with a final status, 200 to 699 but not 408; without effect when it was answered before, or when 64*T1 have
     * passed and no client waits any more (RFC 4320 section 4.2).
     */
    void respond(int status, String reason, List<Header> headers, Optional<SipBody> body);

    /** Answers 405 with Allow (RFC 3261 section 21.4.6), or 469 to an INFO of an Info Package (RFC 6086 section 4.2.2). */
    void refuseMethod();
}
