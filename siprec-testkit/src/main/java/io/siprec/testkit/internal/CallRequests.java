package io.siprec.testkit.internal;

import io.siprec.core.sdp.SessionDescription;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcReply;
import io.siprec.testkit.SrcRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The requests within a call's dialog, ours and the recorder's. Signalling loop, where nothing else is said. */
final class CallRequests {
    private static final int MOST_KEPT = 1_000;

    private final SrcCallSettings settings;
    private final CallLines lines;
    private final CallMedia media;
    private final MediaSender sender;
    private final Consumer<Runnable> loop;
    private final BlockingQueue<SipRequest> received = new LinkedBlockingQueue<>(MOST_KEPT);
    private boolean answerInAck; // to our offer in the 200 of the recorder's re-INVITE

    /** @param loop runs something on the signalling loop */
    CallRequests(
            SrcCallSettings settings, CallLines lines, CallMedia media, MediaSender sender, Consumer<Runnable> loop) {
        this.settings = settings;
        this.lines = lines;
        this.media = media;
        this.sender = sender;
        this.loop = loop;
    }

    /** The next request of the recorder. Any thread. */
    Optional<SipRequest> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(received.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Keeps a request of the recorder for {@link #next}. */
    void keep(SipRequest request) {
        received.offer(request); // of more than that the first ones are enough for any test
    }

    /** Sends a re-INVITE or UPDATE; what an offer ends or holds falls silent before it leaves. */
    void send(SipDialog dialog, String method, SrcRequest request, CompletableFuture<SipResponse> done) {
        try {
            Optional<CallLines.Change> change = Optional.empty();
            if (request.media().isPresent()) {
                change = Optional.of(lines.prepare(request.media().get()));
            }
            OwnRequest own = new OwnRequest(method, request, change, done);
            sender.command(() -> {
                own.change.ifPresent(CallLines.Change::silence);
                loop.accept(() -> own.send(dialog));
            });
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /** The body and the headers of a request; an offer made from what is agreed or to be agreed. */
    RequestBody body(SrcRequest request, Optional<byte[]> offer) {
        Optional<byte[]> sdp = offer.or(() -> request.sdp().map(text -> text.getBytes(StandardCharsets.UTF_8)));
        RequestBody body = RequestBody.of(sdp, request.metadata(), request.metadataType());
        List<Header> headers = new ArrayList<>(body.headers());
        headers.addAll(request.headers());
        return new RequestBody(body.body(), headers);
    }

    /** A request of ours until its answer. */
    private final class OwnRequest {
        private final String method;
        private final SrcRequest request;
        private final Optional<CallLines.Change> change;
        private final CompletableFuture<SipResponse> done;

        OwnRequest(
                String method,
                SrcRequest request,
                Optional<CallLines.Change> change,
                CompletableFuture<SipResponse> done) {
            this.method = method;
            this.request = request;
            this.change = change;
            this.done = done;
        }

        void send(SipDialog dialog) {
            try {
                RequestBody body = body(request, change.map(CallLines.Change::sdp));
                List<Header> headers = new ArrayList<>();
                if (!settings.dialect().require().isEmpty()) {
                    headers.add(new Header(
                            "Require", String.join(", ", settings.dialect().require())));
                }
                headers.addAll(body.headers());
                if (method.equals("INVITE")) {
                    dialog.reinvite(headers, body::body, this::answer, this::onFinal);
                } else {
                    dialog.request(method, headers, Optional.of(body.body()), this::onFinal);
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private boolean offers() {
            return change.isPresent() || request.sdp().isPresent();
        }

        /** The ACK holds our answer where the 200 had the offer. */
        private SipBody answer(SipResponse ok) {
            return offers()
                    ? SipBody.none()
                    : theirs(ok)
                            .map(theirs -> new SipBody("application/sdp", lines.answer(theirs)))
                            .orElse(SipBody.none());
        }

        private void onFinal(Optional<SipResponse> response) {
            if (response.isEmpty()) {
                fail(new IllegalStateException("no answer to the " + method));
            } else if (response.get().status() >= 300) {
                settle(() -> change.ifPresent(CallLines.Change::abandon), response.get());
            } else {
                accepted(response.get());
            }
        }

        private void accepted(SipResponse ok) {
            try {
                if (change.isPresent()) {
                    List<Optional<InetSocketAddress>> targets = SrcAnswer.targets(
                            ok, request.media().orElseThrow().lines().size());
                    settle(() -> change.get().agree(targets).forEach(media::add), ok);
                } else if (!offers() && method.equals("INVITE")) {
                    SessionDescription theirs = SrcAnswer.description(ok);
                    settle(() -> takeOffer(theirs), ok);
                } else {
                    settle(() -> {}, ok);
                }
            } catch (UnusableAnswerException e) {
                fail(new IllegalStateException(e.getMessage(), e));
            }
        }

        private void settle(Runnable consequence, SipResponse response) {
            sender.command(() -> {
                consequence.run();
                done.completeAsync(() -> response); // what a test does with it must not hold up packets
            });
        }

        private void fail(RuntimeException reason) {
            sender.command(() -> {
                change.ifPresent(CallLines.Change::abandon);
                done.completeExceptionally(reason);
            });
        }
    }

    /** A re-INVITE of the recorder. */
    void onReinvite(ServerInvite invite, Acceptance acceptance) {
        keep(invite.request());
        SrcReply reply = settings.replies().apply(invite.request());
        if (reply.status() >= 300) {
            invite.reject(reply.status(), reply.reason(), reply.headers().toArray(Header[]::new));
        } else if (reply.status() > 0) {
            Optional<SessionDescription> theirs = theirs(invite.request());
            answerInAck = theirs.isEmpty();
            afterTaking(theirs, () -> {
                if (invite.pending()) {
                    byte[] body = theirs.map(lines::answer).orElseGet(lines::currentOffer);
                    acceptance.accept(invite, reply.headers(), new SipBody("application/sdp", body));
                }
            });
        }
    }

    /** Accepts an INVITE for the dialog's listener. */
    interface Acceptance {
        void accept(ServerInvite invite, List<Header> headers, SipBody body);
    }

    /** An UPDATE, or any other request but BYE. */
    void onRequest(ServerRequest request) {
        keep(request.request());
        SrcReply reply = settings.replies().apply(request.request());
        if (reply.status() == 0) {
            return;
        }
        Optional<SessionDescription> theirs = reply.status() < 300 ? theirs(request.request()) : Optional.empty();
        afterTaking(theirs, () -> {
            Optional<SipBody> body = theirs.map(offer -> new SipBody("application/sdp", lines.answer(offer)));
            request.respond(reply.status(), reply.reason(), reply.headers(), body);
        });
    }

    /** Whoever offers to receive does so already, and whoever hears our answer finds us doing what it says (RFC 3264 §5.1). */
    private void afterTaking(Optional<SessionDescription> theirs, Runnable answer) {
        if (theirs.isEmpty()) {
            answer.run();
        } else {
            sender.command(() -> {
                takeOffer(theirs.get());
                loop.accept(answer);
            });
        }
    }

    /** An ACK may hold the recorder's answer to the offer in our 200. */
    void onAck(SipRequest ack) {
        if (!answerInAck) {
            return;
        }
        answerInAck = false;
        theirs(ack).ifPresent(theirs -> sender.command(() -> takeOffer(theirs)));
    }

    /** Sends to where the recorder says, what it wants. Sender's thread. */
    private void takeOffer(SessionDescription theirs) {
        try {
            List<Optional<InetSocketAddress>> wanted = lines.wanted(theirs);
            lines.end(theirs);
            lines.aim(wanted);
        } catch (UnusableAnswerException e) {
            lines.aim(lines.nowhere());
        }
    }

    private static Optional<SessionDescription> theirs(SipMessage message) {
        try {
            return Optional.of(SrcAnswer.description(message));
        } catch (UnusableAnswerException e) {
            return Optional.empty();
        }
    }
}
