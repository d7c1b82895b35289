package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipDialog;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** One short call on a bench, with an ending of the test's choice. */
final class SoakCall implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench;
    private final FakeNetwork.FakePeer peer;
    private final Requests src;
    private final int number;
    private SipDialog dialog;

    /** How a call ends. */
    enum Ending {
        BYE_BY_SRC,
        BYE_BY_SRC_WITHOUT_ACK,
        BYE_BY_US,
        BYE_BY_US_UNANSWERED,
        BYE_BY_US_BEFORE_THE_ACK,
        BYES_CROSS,
        BYE_IN_REINVITE_BY_SRC,
        BYE_IN_REINVITE_BY_US,
        BYE_IN_UPDATE_BY_US,
        CANCEL,
        CANCEL_AFTER_THE_ANSWER,
        NO_ACK,
        CONNECTION_RESET,
        CONNECTION_RESET_IN_REINVITE_BY_US,
        CONNECTION_RESET_BEFORE_THE_ANSWER,
        REQUEST_TIMES_OUT,
        REQUEST_GETS_408,
        REQUEST_GETS_481,
        REJECTED,
        REJECTED_WITHOUT_ACK,
        OURS_ENDED_BY_PEER,
        OURS_ENDED_BY_US,
        OURS_REJECTED,
        OURS_CANCELLED,
        OURS_UNANSWERED
    }

    SoakCall(Bench bench, int number, Ending ending) {
        this.bench = bench;
        this.number = number;
        boolean stream = number % 2 == 1 || ending.name().startsWith("CONNECTION");
        this.peer = stream ? bench.network.from(Transport.TCP, 10_000 + number % 50_000) : bench.udp;
        this.src = new Requests(stream ? "TCP" : "UDP");
        src.callId = "soak-" + number;
        src.branchPrefix = "z9hG4bK-" + number + "-";
    }

    /** Plays the call up to the last message that the peer sends of its own. */
    void play(Ending ending) {
        switch (ending) {
            case BYE_BY_SRC -> {
                establish();
                request("BYE", 2, 200);
            }
            case BYE_BY_SRC_WITHOUT_ACK -> {
                accept(invite());
                request("BYE", 2, 200);
            }
            case BYE_BY_US -> {
                establish();
                dialog.bye(List.of());
                answer("BYE", 200);
            }
            case BYE_BY_US_UNANSWERED -> {
                establish();
                dialog.bye(List.of());
                bench.sentRequest();
            }
            case BYE_BY_US_BEFORE_THE_ACK -> {
                accept(invite());
                dialog.bye(List.of());
                bench.nothingSent();
                bench.receive(src.request("ACK", 1), peer);
                answer("BYE", 200);
            }
            case BYES_CROSS -> {
                establish();
                dialog.bye(List.of());
                SipRequest ours = bench.sentRequest();
                request("BYE", 2, 200);
                answer(ours, 481, peer);
            }
            case BYE_IN_REINVITE_BY_SRC -> byeInReinviteBySrc();
            case BYE_IN_REINVITE_BY_US -> {
                establish();
                dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
                SipRequest reinvite = bench.sentRequest();
                request("BYE", 2, 200);
                answer(reinvite, 487, peer);
                expectAck();
            }
            case BYE_IN_UPDATE_BY_US -> {
                establish();
                dialog.request("UPDATE", List.of(), Optional.empty(), response -> {});
                SipRequest update = bench.sentRequest();
                request("BYE", 2, 200);
                answer(update, 200, peer);
            }
            case CANCEL -> {
                invite();
                bench.receive(src.sameBranch("CANCEL", 1), peer);
                src.learnTag(expect(200));
                expect(487);
                bench.receive(src.sameBranch("ACK", 1), peer);
            }
            case CANCEL_AFTER_THE_ANSWER -> {
                accept(invite());
                bench.receive(src.sameBranch("CANCEL", 1), peer);
                expect(200);
                bench.receive(src.request("ACK", 1), peer);
                request("BYE", 2, 200);
            }
            case NO_ACK -> accept(invite());
            case CONNECTION_RESET -> {
                establish();
                reset();
                dialog.bye(List.of());
                Peer other = bench.nextPeer();
                answer(bench.sentRequest(), 200, other);
            }
            case CONNECTION_RESET_IN_REINVITE_BY_US -> {
                establish();
                dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
                bench.sentRequest();
                reset();
                bench.network.unreachable = true;
                dialog.bye(List.of());
                bench.network.unreachable = false;
            }
            case CONNECTION_RESET_BEFORE_THE_ANSWER -> {
                ServerInvite invite = invite();
                reset();
                invite.reject(480, "Temporarily Unavailable");
                expect(480);
                bench.receive(src.sameBranch("ACK", 1), bench.tcp);
            }
            case REQUEST_TIMES_OUT -> {
                establish();
                dialog.request("UPDATE", List.of(), Optional.empty(), response -> {});
                bench.sentRequest();
            }
            case REQUEST_GETS_408 -> requestFails(408);
            case REQUEST_GETS_481 -> requestFails(481);
            case REJECTED -> {
                invite().reject(486, "Busy Here");
                src.learnTag(expect(486));
                bench.receive(src.sameBranch("ACK", 1), peer);
            }
            case REJECTED_WITHOUT_ACK -> {
                invite().reject(486, "Busy Here");
                expect(486);
            }
            case OURS_ENDED_BY_PEER -> {
                SipRequest invite = call();
                accepted(invite);
                bench.receive(
                        src.request("BYE", 1)
                                .replaceFirst("From:.*", "From: <sip:srs@127.0.0.2>;tag=callee")
                                .replaceFirst("To:.*", "To: " + invite.from().text()),
                        peer);
                expect(200);
            }
            case OURS_ENDED_BY_US -> {
                accepted(call());
                dialog.bye(List.of());
                answer("BYE", 200);
            }
            case OURS_REJECTED -> {
                answer(call(), 486, peer);
                expectAck();
            }
            case OURS_CANCELLED -> {
                ClientCall call = prepare();
                SipRequest invite = bench.sentRequest();
                answer(invite, 180, peer);
                call.cancel();
                answer("CANCEL", 200);
                answer(invite, 487, peer);
                expectAck();
            }
            case OURS_UNANSWERED -> call();
        }
    }

    private void byeInReinviteBySrc() {
        establish();
        bench.receive(src.request("INVITE", 2), peer);
        expect(100);
        bench.reinvites.remove(0);
        String ack = src.sameBranch("ACK", 2);
        bench.receive(src.request("BYE", 3), peer);
        assertThat(List.of(bench.sentResponse().status(), bench.sentResponse().status()))
                .containsExactlyInAnyOrder(200, 487);
        bench.receive(ack, peer);
    }

    private void requestFails(int status) {
        establish();
        dialog.request("UPDATE", List.of(), Optional.empty(), response -> {});
        answer("UPDATE", status);
        answer("BYE", 481);
    }

    private ServerInvite invite() {
        bench.receive(src.request("INVITE", 1), peer);
        expect(100);
        return bench.invites.remove(0);
    }

    private void accept(ServerInvite invite) {
        dialog = invite.accept(List.of(), SDP, bench);
        src.learnTag(expect(200));
    }

    private void establish() {
        accept(invite());
        bench.receive(src.request("ACK", 1), peer);
        bench.acks.clear();
    }

    private void request(String method, int cseq, int status) {
        bench.receive(src.request(method, cseq), peer);
        expect(status);
    }

    private SipResponse expect(int status) {
        SipResponse response = bench.sentResponse();
        assertThat(response.status()).isEqualTo(status);
        return response;
    }

    private void expectAck() {
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
    }

    private void answer(String method, int status) {
        SipRequest request = bench.sentRequest();
        assertThat(request.method()).isEqualTo(method);
        answer(request, status, peer);
    }

    private void answer(SipRequest request, int status, Peer from) {
        bench.receive(
                SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "callee")
                        .toBytes(),
                from);
    }

    private void reset() {
        peer.open = false;
        bench.agent.onClosed(peer, "reset by the peer");
    }

    private SipRequest call() {
        prepare();
        return bench.sentRequest();
    }

    private ClientCall prepare() {
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                peer.transport(),
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(),
                SDP);
        UserAgent.Call call = bench.agent.prepare(invite, this, src.callId);
        bench.agent.invite(call);
        return call.handle();
    }

    private void accepted(SipRequest invite) {
        bench.receive(
                SipResponse.answer(invite, FakeNetwork.LOCAL, 200, "OK", "callee")
                        .header("Contact", "<sip:srs@127.0.0.2:5062>")
                        .toBytes(),
                peer);
        expectAck();
    }

    @Override
    public void onAccepted(SipResponse response, SipDialog made) {
        dialog = made;
    }

    @Override
    public void onRejected(SipResponse response) {}

    @Override
    public void onFailed(String reason) {}

    @Override
    public DialogListener dialogListener() {
        return bench;
    }

    /** After the call only timers may hold on to its connection, and after them nobody. */
    int connectionUsers() {
        return peer.users;
    }

    @Override
    public String toString() {
        return "call " + number;
    }

    /** Answers a request of ours that a timer made; what is only repeated is passed over. */
    static void answerByes(Bench bench) {
        while (!bench.network.sent.isEmpty()) {
            Peer to = bench.nextPeer();
            SipMessage message = bench.sent();
            if (message instanceof SipRequest request && request.method().equals("BYE")) {
                bench.receive(
                        SipResponse.answer(request, FakeNetwork.LOCAL, 200, "OK", "callee")
                                .toBytes(),
                        to);
            }
        }
    }
}
