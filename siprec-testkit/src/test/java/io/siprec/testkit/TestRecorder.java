package io.siprec.testkit;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The least that a recorder can be: answers calls as a test wants it and notes what happens. */
final class TestRecorder implements SipApplication, AutoCloseable {
    /** Answers every call with 200 and this SDP. */
    static Consumer<Context> answering(String sdp) {
        return context -> context.accept(sdp);
    }

    private final SipEndpoint endpoint;
    private final Consumer<Context> onCall;
    final BlockingQueue<SipRequest> invites = new LinkedBlockingQueue<>();
    final BlockingQueue<SipRequest> acks = new LinkedBlockingQueue<>();
    final BlockingQueue<DialogEnd> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<SipDialog> dialogs = new LinkedBlockingQueue<>();
    final BlockingQueue<SipRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancels = new LinkedBlockingQueue<>();

    /** The SDP of the 200 to a later INVITE or UPDATE, "" for none; null for a 488. */
    volatile Function<SipRequest, String> reanswer = request -> null;

    /** Over UDP and TCP. */
    TestRecorder(Consumer<Context> onCall) throws IOException {
        this(onCall, List.of(Transport.UDP, Transport.TCP), builder -> {});
    }

    /** Over TLS, too. */
    TestRecorder(TlsSettings tls, Consumer<Context> onCall) throws IOException {
        this(onCall, List.of(Transport.values()), builder -> builder.tls(tls));
    }

    private TestRecorder(Consumer<Context> onCall, List<Transport> transports, Consumer<SipEndpoint.Builder> more)
            throws IOException {
        this.onCall = onCall;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipEndpoint.Builder builder =
                SipEndpoint.builder(this).supportedOptions(Set.of("siprec")).contactParameters("+sip.srs");
        transports.forEach(transport -> builder.listen(transport, anyPort));
        more.accept(builder);
        endpoint = builder.build();
        endpoint.start();
    }

    /** The URI that a call goes to. */
    String uri(Transport transport) {
        return endpoint.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .map(point -> "sip:recorder@127.0.0.1:" + point.address().getPort())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void onInvite(ServerInvite invite) {
        invites.add(invite.request());
        invite.onCancel(() -> cancels.add(invite.request().callId()));
        onCall.accept(new Context(invite));
    }

    /** Hangs up the call that was answered last. */
    void bye() throws InterruptedException {
        SipDialog dialog = await(dialogs);
        dialog.loop().execute(() -> dialog.bye(List.of()));
    }

    /** The next entry; a failed test when there is none for five seconds. */
    static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing happened");
        }
        return next;
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** A call to answer. */
    final class Context implements DialogListener {
        private final ServerInvite invite;

        private Context(ServerInvite invite) {
            this.invite = invite;
        }

        SipRequest request() {
            return invite.request();
        }

        void accept(String sdp) {
            dialogs.add(invite.accept(List.of(), body(sdp), this));
        }

        void reject(int status, String reason, Header... headers) {
            invite.reject(status, reason, headers);
        }

        @Override
        public void onReinvite(ServerInvite reinvite) {
            requests.add(reinvite.request());
            String sdp = reanswer.apply(reinvite.request());
            if (sdp == null) {
                reinvite.reject(488, "Not Acceptable Here");
            } else {
                reinvite.accept(List.of(), body(sdp), this);
            }
        }

        @Override
        public void onRequest(ServerRequest request) {
            requests.add(request.request());
            String sdp = reanswer.apply(request.request());
            Optional<SipBody> body = Optional.ofNullable(sdp).map(Context::body);
            request.respond(sdp == null ? 488 : 200, "As Told", List.of(), body);
        }

        private static SipBody body(String sdp) {
            return sdp.isEmpty()
                    ? SipBody.none()
                    : new SipBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onAck(SipRequest ack) {
            acks.add(ack);
        }

        @Override
        public void onEnded(DialogEnd end) {
            ends.add(end);
        }
    }
}
