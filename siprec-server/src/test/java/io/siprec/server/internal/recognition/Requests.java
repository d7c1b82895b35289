package io.siprec.server.internal.recognition;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;

/** INVITEs for the tests of this package. */
final class Requests {
    private Requests() {}

    /** An INVITE with further headers; null ones are left out. */
    static SipRequest invite(Header... headers) {
        return invite(SipBody.none(), headers);
    }

    static SipRequest invite(SipBody body, Header... headers) {
        SipRequest.Builder builder = SipRequest.builder("INVITE", "sip:srs@127.0.0.1")
                .header("Via", "SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1")
                .header("From", "<sip:src@127.0.0.1>;tag=1")
                .header("To", "<sip:srs@127.0.0.1>")
                .header("Call-ID", "1@127.0.0.1")
                .header("CSeq", "1 INVITE");
        for (Header header : headers) {
            if (header != null) {
                builder.header(header.name(), header.value());
            }
        }
        return builder.body(body).build();
    }
}
