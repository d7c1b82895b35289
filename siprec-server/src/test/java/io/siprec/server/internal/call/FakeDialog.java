package io.siprec.server.internal.call;

import io.siprec.sip.SipDialog;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A dialog whose requests go nowhere: the test answers them. */
final class FakeDialog implements SipDialog {
    private static final SipRequest INVITE = request("INVITE");

    /** The answers that are waited for, oldest first. */
    final List<Consumer<Optional<SipResponse>>> open = new ArrayList<>();

    int requests;

    /** Answers the oldest open request. */
    void answer(int status) {
        open.remove(0).accept(Optional.of(response(request("UPDATE"), status)));
    }

    /** A request of the SRC without an Allow. */
    static SipRequest request(String method) {
        return SipRequest.builder(method, "sip:src@127.0.0.1")
                .header("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1")
                .header("From", "<sip:srs@127.0.0.1>;tag=1")
                .header("To", "<sip:src@127.0.0.1>;tag=2")
                .header("Call-ID", "1")
                .header("CSeq", "1 " + method)
                .build();
    }

    private static SipResponse response(SipRequest request, int status) {
        return SipResponse.builder(status, "Because")
                .copy(request, "Via")
                .copy(request, "From")
                .copy(request, "To")
                .copy(request, "Call-ID")
                .copy(request, "CSeq")
                .build();
    }

    @Override
    public void request(
            String method, List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        requests++;
        open.add(onFinal);
    }

    @Override
    public boolean peerAllows(String method) {
        return true;
    }

    @Override
    public boolean ending() {
        return false;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public String callId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String localTag() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String remoteTag() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SipLoop loop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SipRequest invite() {
        return INVITE;
    }

    @Override
    public void bye(List<Header> headers, SipBody body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reinvite(List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reinvite(
            List<Header> headers,
            Supplier<SipBody> body,
            Function<SipResponse, SipBody> answer,
            Consumer<Optional<SipResponse>> onFinal) {
        throw new UnsupportedOperationException();
    }
}
