package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientCallTest implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final List<String> events = new ArrayList<>();
    private SipDialog dialog;
    private boolean hangUpAtOnce;
    private SipBody ackBody = SipBody.none();

    @Override
    public void onProvisional(SipResponse response) {
        events.add("provisional " + response.status());
    }

    @Override
    public void onAccepted(SipResponse response, SipDialog made) {
        events.add("accepted");
        dialog = made;
        if (hangUpAtOnce) {
            made.bye(List.of());
        }
    }

    @Override
    public void onRejected(SipResponse response) {
        events.add("rejected " + response.status());
    }

    @Override
    public void onFailed(String reason) {
        events.add("failed " + reason);
    }

    @Override
    public DialogListener dialogListener() {
        return bench;
    }

    @Override
    public SipBody answer(SipResponse response) {
        return ackBody;
    }

    private ClientCall call(Transport transport, Header... headers) {
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                transport,
                new InetSocketAddress("127.0.0.2", 5062),
                Stream.concat(Stream.of(new Header("Require", "siprec")), Stream.of(headers))
                        .toList(),
                SDP);
        UserAgent.Call call = bench.agent.prepare(invite, this, "call-9");
        bench.agent.invite(call);
        return call.handle();
    }

    private void answer(SipRequest request, int status, String tag, String... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", tag);
        for (String header : headers) {
            int colon = header.indexOf(':');
            response.header(header.substring(0, colon), header.substring(colon + 1));
        }
        bench.receive(response.toBytes(), bench.udp);
    }

    @Test
    void aCallFromInviteToBye() {
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        assertThat(invite.method()).isEqualTo("INVITE");
        assertThat(invite.callId()).isEqualTo("call-9");
        assertThat(invite.from().tag()).isPresent();
        assertThat(invite.to().tag()).isEmpty();
        assertThat(invite.topVia().hasUniqueBranch()).isTrue();
        assertThat(invite.header("Contact")).contains("<sip:127.0.0.1:5060;transport=udp>;+sip.srs");
        assertThat(invite.body()).isEqualTo(SDP.content());

        answer(invite, 100, "");
        answer(
                invite,
                200,
                "t",
                "Contact:<sip:srs@127.0.0.2:5070>",
                "Record-Route:<sip:127.0.0.8;lr>,<sip:127.0.0.9:5071;lr>");
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.cseq().number()).isEqualTo(invite.cseq().number());
        assertThat(ack.requestUri()).isEqualTo("sip:srs@127.0.0.2:5070");
        assertThat(ack.values("Route"))
                .as("the route set is turned round")
                .containsExactly("<sip:127.0.0.9:5071;lr>", "<sip:127.0.0.8;lr>");
        assertThat(ack.to().tag()).contains("t");
        assertThat(ack.topVia().branch()).isNotEqualTo(invite.topVia().branch());

        dialog.bye(List.of());
        assertThat(bench.nextPeer().remote().getPort()).isEqualTo(5071);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.cseq().number()).isEqualTo(invite.cseq().number() + 1);
        answer(bye, 200, "");
        assertThat(events).containsExactly("provisional 100", "accepted");
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void theSuccessThatComesAgainIsAcknowledgedAgain() {
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 200, "t");
        answer(invite, 200, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(events).containsExactly("accepted");
    }

    @Test
    void anotherForkIsAcknowledgedAndEnded() {
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 200, "t");
        bench.sentRequest();
        answer(invite, 200, "other");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        assertThat(bye.to().tag()).contains("other");
        assertThat(Reason.of(bye)).containsExactly(Reason.sip(200, "Call completed elsewhere"));
        answer(bye, 200, "other");
        answer(invite, 200, "other");
        assertThat(bench.sentRequest().method())
                .as("the ACK again, and no second BYE")
                .isEqualTo("ACK");
        bench.nothingSent();
        for (int fork = 3; fork < 20; fork++) {
            answer(invite, 200, "fork" + fork);
        }
        assertThat(bench.network.sent)
                .as("8 forks in all, each with ACK and BYE")
                .hasSize(6 * 2);
        assertThat(bench.statistics().dropped()).containsEntry("stray-response", 11L);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void withoutAnOfferTheAckHasTheAnswer() {
        ackBody = SDP;
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 200, "t");
        SipRequest ack = bench.sentRequest();
        assertThat(ack.body()).isEqualTo(SDP.content());
        assertThat(ack.contentType()).contains("application/sdp");
    }

    @Test
    void aCancelSaysWhyAndTakesTheRouteOfItsInvite() {
        ClientCall call = call(Transport.UDP, new Header("Route", "<sip:127.0.0.2:5062;lr>"));
        SipRequest invite = bench.sentRequest();
        answer(invite, 180, "t");
        call.cancel(Reason.sip(503, "Shutting down"));
        SipRequest cancel = bench.sentRequest();
        assertThat(Reason.of(cancel)).containsExactly(Reason.sip(503, "Shutting down"));
        assertThat(cancel.headers("Route")).isEqualTo(invite.headers("Route")).hasSize(1);
        assertThat(cancel.requestUri()).isEqualTo(invite.requestUri());
        assertThat(cancel.header("Require")).as("RFC 3261 section 9.1").isEmpty();
    }

    @Test
    void C155_aCallThatIsCancelledIsNotTriedAgain() {
        ClientCall call = call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 180, "t");
        call.cancel();
        bench.sentRequest();
        answer(invite, 503, "t", "Retry-After:1");
        bench.sentRequest();
        bench.advance(Duration.ofSeconds(10));
        assertThat(events).containsExactly("provisional 180", "rejected 503");
        bench.assertEmptyTables();
    }

    @Test
    void hangingUpInTheCallbackComesAfterTheAck() {
        hangUpAtOnce = true;
        call(Transport.UDP);
        answer(bench.sentRequest(), 200, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
    }

    @Test
    void aRefusalIsAcknowledgedByTheTransaction() {
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 488, "t");
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.topVia().branch()).isEqualTo(invite.topVia().branch());
        assertThat(ack.to().tag()).contains("t");
        answer(invite, 488, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(events).containsExactly("rejected 488");
        bench.assertEmptyTables();
    }

    @Test
    void noAnswerFailsAfter32Seconds() {
        call(Transport.UDP);
        bench.advance(Duration.ofSeconds(31));
        assertThat(bench.network.sent)
                .as("at 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s")
                .hasSize(6);
        bench.advance(Duration.ofSeconds(1));
        assertThat(events).containsExactly("failed no answer within 32 s");
        bench.assertEmptyTables();
    }

    @Test
    void aConnectionThatEndsFailsTheCall() {
        call(Transport.TCP);
        bench.agent.onClosed(bench.network.made.get(0), "Connection refused");
        assertThat(events).containsExactly("failed Connection refused");
        bench.assertEmptyTables();
    }

    @Test
    void withoutAWayTheCallFails() {
        bench.network.unreachable = true;
        call(Transport.TCP);
        assertThat(events).containsExactly("failed unreachable");
        bench.assertEmptyTables();
    }

    @Test
    void cancelWaitsForAProvisionalResponse() {
        ClientCall call = call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        call.cancel();
        bench.nothingSent();
        answer(invite, 180, "t");
        SipRequest cancel = bench.sentRequest();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.topVia()).isEqualTo(invite.topVia());
        assertThat(cancel.cseq().number()).isEqualTo(invite.cseq().number());
        answer(cancel, 200, "t");
        answer(invite, 487, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(events).containsExactly("provisional 180", "rejected 487");
        bench.assertEmptyTables();
    }

    @Test
    void anAnswerThatCrossesTheCancelIsEnded() {
        ClientCall call = call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 180, "t");
        call.cancel();
        assertThat(bench.sentRequest().method()).isEqualTo("CANCEL");
        answer(invite, 200, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
        assertThat(events).hasSize(2).last().asString().startsWith("failed cancelled");
        assertThat(dialog).isNull();
        bench.assertEmptyTables();
    }

    @Test
    void aCancelThatIsIgnoredEndsTheCall() {
        ClientCall call = call(Transport.UDP);
        answer(bench.sentRequest(), 180, "t");
        call.cancel();
        bench.advance(Duration.ofSeconds(33));
        assertThat(events).last().asString().startsWith("failed cancelled");
        bench.assertEmptyTables();
    }

    @Test
    void thePeersByeEndsTheDialog() {
        call(Transport.UDP);
        SipRequest invite = bench.sentRequest();
        answer(invite, 200, "t");
        bench.sentRequest();
        Requests srs = new Requests("UDP");
        srs.callId = "call-9";
        srs.toTag = invite.from().tag().orElseThrow();
        bench.receive(srs.request("BYE", 1).replace("tag=src", "tag=t"), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.REMOTE_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void closingFailsWhatIsOpen() {
        call(Transport.UDP);
        bench.agent.close();
        assertThat(events).containsExactly("failed endpoint closed");
    }
}
