package io.siprec.server.internal.call;

import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import java.util.List;

/** What the recorder's own requests and answers in a call have in common. */
final class OwnMessages {
    /** Of each that may carry a session description. */
    static final List<Header> HEADERS = List.of(new Header("Accept", SessionBody.ACCEPT));

    private OwnMessages() {}

    static SipBody sdp(byte[] description) {
        return new SipBody("application/sdp", description);
    }
}
