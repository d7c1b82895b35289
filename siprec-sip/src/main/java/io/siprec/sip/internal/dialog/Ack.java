package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.Way;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/**
 * The ACK of a 2xx, sent as often as its 2xx comes: it goes its own way, with CSeq number and credentials of the INVITE (RFC
 * 3261 sections 13.2.2.4 and 22.1).
 */
final class Ack {
    private final Context context;
    private final DialogPath path;
    private final SipRequest invite;
    private final SipBody body;
    private SipRequest written;

    /** {@code body} has the answer when the 2xx had the offer. */
    Ack(Context context, DialogPath path, SipRequest invite, SipBody body) {
        this.context = context;
        this.path = path;
        this.invite = invite;
        this.body = body;
    }

    void send() {
        try {
            Way way = way();
            way.peer().send(way.request().toBytes());
        } catch (IOException e) {
            context.log().write(Level.WARN, "an ACK can't be sent: {}", e.getMessage());
        }
    }

    /** One that is too large for a datagram goes by TCP once; if its 2xx comes again, that was no way. */
    private Way way() throws IOException {
        Peer hop = path.firstHop();
        if (written != null) {
            return new Way(written, hop);
        }
        written = path.write("ACK", invite.cseq().number(), hop, credentials(), body);
        Way first = new Way(written, hop);
        return context.transactions().byTcp(first).orElse(first);
    }

    private List<Header> credentials() {
        List<Header> headers = new ArrayList<>(1);
        for (String name : List.of("Authorization", "Proxy-Authorization")) {
            invite.headers(name).forEach(value -> headers.add(new Header(name, value)));
        }
        return headers;
    }
}
