package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The flows of RFC 5407, each under its section, from the side or sides that a user agent can be on. */
class RaceFlowTest implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private final List<Optional<SipResponse>> finals = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Override
    public void onAccepted(SipResponse response, SipDialog dialog) {
        events.add("accepted");
    }

    @Override
    public void onRejected(SipResponse response) {
        events.add("rejected " + response.status());
    }

    @Override
    public void onFailed(String reason) {
        events.add("failed");
    }

    @Override
    public DialogListener dialogListener() {
        return bench;
    }

    /** A call in the Moratorium state: our 200 is out, its ACK has not come. */
    private SipDialog moratorium(boolean lateOffer) {
        bench.receive(lateOffer ? src.request("INVITE", 1) : src.offer("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        return dialog;
    }

    private SipDialog established() {
        SipDialog dialog = moratorium(false);
        bench.receive(src.request("ACK", 1), bench.udp);
        return dialog;
    }

    /** A call in the Mortal state: our BYE is out, its answer has not come. */
    private SipRequest mortal(SipDialog dialog) {
        dialog.bye(List.of());
        return bench.sentRequest();
    }

    private void answer(SipRequest request, int status) {
        bench.receive(
                SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src")
                        .toBytes(),
                bench.udp);
    }

    private void ended(DialogEnd.Cause cause) {
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(cause);
        bench.network.sent.clear();
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void section_3_1_1_anInviteAgainInTheMoratoriumStateIsAbsorbed() {
        moratorium(false);
        src.toTag = "";
        String again = src.text("INVITE", "sip:srs@127.0.0.1", 1, "1 INVITE", "");
        bench.receive(again, bench.udp);
        bench.nothingSent();
        assertThat(bench.invites).hasSize(1);
        assertThat(bench.statistics().dialogs()).isEqualTo(1);
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentResponse().status())
                .as("the 200 comes by its own timer")
                .isEqualTo(200);
    }

    @Test
    void section_3_1_2_aCancelInTheMoratoriumStateIsTooLate() {
        SipDialog dialog = moratorium(false);
        String tag = src.toTag;
        src.toTag = "";
        bench.receive(src.sameBranch("CANCEL", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        src.toTag = tag;
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(dialog.ended()).isTrue();
        ended(DialogEnd.Cause.REMOTE_BYE);
    }

    @Test
    void section_3_1_2_ourCancelThatMeetsA200IsFollowedByAckAndBye() {
        ClientCall call = call();
        SipRequest invite = bench.sentRequest();
        answer(invite, 180);
        call.cancel();
        SipRequest cancel = bench.sentRequest();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        answer(invite, 200);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        answer(cancel, 200);
        answer(bye, 200);
        assertThat(events).containsExactly("failed");
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void section_3_1_3_aByeInTheMoratoriumStateEndsTheCallAndTheRepetitions() {
        moratorium(false);
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.advance(Duration.ofSeconds(10));
        bench.nothingSent();
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.nothingSent();
        ended(DialogEnd.Cause.REMOTE_BYE);
    }

    @Test
    void section_3_1_4_aReinviteBeforeTheAckIsTakenWhenNoOfferIsOpen() {
        SipDialog dialog = moratorium(false);
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.reinvites.get(0).accept(List.of(), SDP, bench)).isSameAs(dialog);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.cseq().number()).isEqualTo(2);

        bench.advance(Duration.ofMillis(500));
        List<Long> repeated = new ArrayList<>();
        while (!bench.network.sent.isEmpty()) {
            repeated.add(bench.sentResponse().cseq().number());
        }
        assertThat(repeated).as("each waits for its own ACK").containsExactlyInAnyOrder(1L, 2L);
        bench.receive(src.request("ACK", 2), bench.udp);
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(2);
        bench.advance(Duration.ofSeconds(40));
        bench.nothingSent();
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void section_3_1_5_aReinviteBeforeTheAckThatBringsAnAnswerIsRefused() {
        SipDialog dialog = moratorium(true);
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status())
                .as("our offer has no answer yet")
                .isEqualTo(491);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(1);

        bench.receive(src.offer("INVITE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.reinvites).hasSize(1);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void section_3_1_6_aByeOfTheEstablishedStateInTheMoratoriumState() {
        moratorium(false);
        String ack = src.request("ACK", 1);
        bench.receive(src.request("BYE", 2), bench.udp); // overtook the ACK
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.receive(ack, bench.udp);
        bench.nothingSent();
        assertThat(bench.acks).isEmpty();
        ended(DialogEnd.Cause.REMOTE_BYE);
    }

    @Test
    void section_3_2_1_aByeInTheMortalStateIsAnswered() {
        SipRequest ours = mortal(established());
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        answer(ours, 200);
        ended(DialogEnd.Cause.LOCAL_BYE);
    }

    @Test
    void section_3_2_2_aReinviteInTheMortalStateIsAnswered481() {
        SipRequest ours = mortal(established());
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(481);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        assertThat(bench.reinvites).isEmpty();
        answer(ours, 200);
        ended(DialogEnd.Cause.LOCAL_BYE);
    }

    @Test
    void section_3_2_2_ourReinviteThatMeetsAByeIsAcknowledged() {
        SipDialog dialog = established();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(finals).containsExactly(Optional.empty());
        answer(invite, 481);
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.topVia().branch()).isEqualTo(invite.topVia().branch());
        ended(DialogEnd.Cause.REMOTE_BYE);
    }

    @Test
    void section_3_2_3_a200ToOurReinviteInTheMortalStateIsAcknowledged() {
        SipDialog dialog = established();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        SipRequest bye = mortal(dialog);
        answer(invite, 200);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        answer(bye, 200);
        answer(invite, 200);
        SipRequest again = bench.sentRequest();
        assertThat(again.method()).as("after the end of the dialog, too").isEqualTo("ACK");
        assertThat(again.cseq().number()).isEqualTo(invite.cseq().number());
        assertThat(finals).hasSize(1);
        ended(DialogEnd.Cause.LOCAL_BYE);
    }

    @Test
    void section_3_2_3_a200ToOurReinviteAfterThePeersByeIsAcknowledged() {
        SipDialog dialog = established();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        bench.receive(src.request("BYE", 2), bench.udp);
        bench.sentResponse();
        answer(invite, 200);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(finals).containsExactly(Optional.empty());
        ended(DialogEnd.Cause.REMOTE_BYE);
    }

    @Test
    void section_3_2_4_ourByeBeforeTheAckWaitsForIt() {
        SipDialog dialog = moratorium(false);
        dialog.bye(List.of());
        bench.nothingSent();
        bench.receive(src.request("ACK", 1), bench.udp);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        bench.receive(src.request("ACK", 1), bench.udp); // sent again: it is in the Mortal state now
        bench.nothingSent();
        answer(bye, 200);
        ended(DialogEnd.Cause.LOCAL_BYE);
    }

    @Test
    void section_3_3_1_reinvitesThatCrossAreBothRefusedAndOursIsSentAgain() {
        SipDialog dialog = established();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest ours = bench.sentRequest();
        bench.receive(src.offer("INVITE", 2), bench.udp);
        SipResponse theirs = bench.sentResponse();
        assertThat(theirs.status()).isEqualTo(491);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        answer(ours, 491);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(finals).isEmpty();

        SipMessage next = null;
        for (int i = 0; i < 200 && next == null; i++) {
            bench.advance(Duration.ofMillis(10));
            next = bench.network.sent.isEmpty() ? null : bench.sentRequest();
        }
        assertThat(next).as("within 2 s, as the peer made the Call-ID").isNotNull();
        answer((SipRequest) next, 200);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(finals).hasSize(1);
        bench.receive(src.offer("INVITE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void section_3_3_2_anUpdateThatCrossesOurReinvite() {
        SipDialog dialog = established();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest ours = bench.sentRequest();
        bench.receive(src.offer("UPDATE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(491);
        answer(ours, 491);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        bench.receive(src.offer("UPDATE", 3), bench.udp);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.of(SDP));
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.sentRequest().method()).isEqualTo("INVITE");
    }

    @Test
    void section_3_3_2_aReinviteThatCrossesOurUpdate() {
        SipDialog dialog = established();
        dialog.request("UPDATE", List.of(), Optional.of(SDP), finals::add);
        SipRequest ours = bench.sentRequest();
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(491);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        answer(ours, 491);
        bench.advance(Duration.ofSeconds(2));
        SipRequest again = bench.sentRequest();
        assertThat(again.method()).isEqualTo("UPDATE");
        answer(again, 200);
        assertThat(finals).hasSize(1);
    }

    private ClientCall call() {
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                Transport.UDP,
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(),
                SDP);
        UserAgent.Call call = bench.agent.prepare(invite, this, "call-9");
        bench.agent.invite(call);
        return call.handle();
    }
}
