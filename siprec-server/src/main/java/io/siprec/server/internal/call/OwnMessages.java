package io.siprec.server.internal.call;

import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the recorder's own requests and answers in a call have in common. */
final class OwnMessages {
    /** Of each that may carry a session description. */
    static final List<Header> HEADERS = List.of(new Header("Accept", SessionBody.ACCEPT));

    private static final String OPTION = "siprec";

    private OwnMessages() {}

    /**
     * Of each request of ours in a dialog, with {@code Require: siprec} as RFC 7866 §9.2 shows it: where the SRC has said that it
     * knows the option tag. Some that never do would refuse the request for it (RFC 3261 §8.2.2.3).
     */
    static List<Header> requestHeaders(SipDialog dialog, Header... more) {
        List<Header> headers = new ArrayList<>(HEADERS);
        SipRequest invite = dialog.invite();
        boolean known = Stream.of("Require", "Supported")
                .flatMap(name -> invite.values(name).stream())
                .anyMatch(OPTION::equalsIgnoreCase);
        if (known) {
            headers.add(0, new Header("Require", OPTION));
        }
        headers.addAll(List.of(more));
        return headers;
    }

    static SipBody sdp(byte[] description) {
        return new SipBody("application/sdp", description);
    }
}
