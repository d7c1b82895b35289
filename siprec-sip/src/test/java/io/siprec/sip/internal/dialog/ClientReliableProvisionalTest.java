package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reliable provisional responses to INVITEs of ours (RFC 3262 section 4). */
class ClientReliableProvisionalTest implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench(settings -> settings.reliableProvisionals(true));
    private final List<Integer> provisionals = new ArrayList<>();
    private SipDialog dialog;

    @Override
    public void onProvisional(SipResponse response) {
        provisionals.add(response.status());
    }

    @Override
    public void onAccepted(SipResponse response, SipDialog made) {
        dialog = made;
    }

    @Override
    public void onRejected(SipResponse response) {
        throw new AssertionError("rejected");
    }

    @Override
    public void onFailed(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public DialogListener dialogListener() {
        return bench;
    }

    private SipRequest called(Bench on, SipBody body) {
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                Transport.UDP,
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(),
                body);
        on.agent.invite(on.agent.prepare(invite, this, "call-9"));
        return on.sentRequest();
    }

    private void answer(SipRequest request, int status, String tag, String... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", tag);
        response.header("Contact", "<sip:" + tag + "@127.0.0.2:5062>");
        for (String header : headers) {
            response.header(header.split(": ")[0], header.split(": ")[1]);
        }
        bench.receive(response.toBytes(), bench.udp);
    }

    private void ring(SipRequest invite, String tag, long rseq) {
        answer(invite, 180, tag, "Require: 100rel", "RSeq: " + rseq, "Record-Route: <sip:p1@127.0.0.8;lr>");
    }

    @ParameterizedTest(name = "set {0}, offer {1}: {2}")
    @CsvSource({"true,true,true", "true,false,false", "false,true,false"})
    void C166_ourInviteAsksForThemWhereConfigured(boolean set, boolean offer, boolean asks) {
        Bench on = new Bench(settings -> settings.reliableProvisionals(set));
        SipRequest invite = called(on, offer ? SDP : SipBody.none());
        assertThat(invite.values("Supported").contains("100rel")).isEqualTo(asks);
        assertThat(invite.values("Allow")).contains("PRACK");
    }

    @Test
    void C168_eachIsAcknowledgedInItsEarlyDialog() {
        SipRequest invite = called(bench, SDP);
        ring(invite, "srs", 41);
        SipRequest prack = bench.sentRequest();
        assertThat(prack.method()).isEqualTo("PRACK");
        assertThat(prack.header("RAck")).contains("41 " + invite.cseq().number() + " INVITE");
        assertThat(prack.requestUri()).isEqualTo("sip:srs@127.0.0.2:5062");
        assertThat(prack.values("Route")).containsExactly("<sip:p1@127.0.0.8;lr>");
        assertThat(prack.to().tag()).contains("srs");
        assertThat(prack.from().tag()).isEqualTo(invite.from().tag());
        assertThat(prack.cseq().number()).isEqualTo(invite.cseq().number() + 1);
        answer(prack, 200, "srs");
        assertThat(provisionals).containsExactly(180);
    }

    @Test
    void C168_theNextInOrderIsAcknowledgedAndNoOther() {
        SipRequest invite = called(bench, SDP);
        ring(invite, "srs", 41);
        answer(bench.sentRequest(), 200, "srs");
        ring(invite, "srs", 41);
        ring(invite, "srs", 40);
        ring(invite, "srs", 43);
        bench.nothingSent();
        assertThat(provisionals).as("no repetition, nothing out of order").containsExactly(180);
        ring(invite, "srs", 42);
        SipRequest second = bench.sentRequest();
        assertThat(second.header("RAck")).contains("42 " + invite.cseq().number() + " INVITE");
        assertThat(second.cseq().number()).isEqualTo(invite.cseq().number() + 2);
        answer(second, 200, "srs");
        assertThat(provisionals).containsExactly(180, 180);
    }

    @Test
    void C168_eachBranchHasItsOwnOrder() {
        SipRequest invite = called(bench, SDP);
        ring(invite, "one", 41);
        ring(invite, "two", 7);
        SipRequest one = bench.sentRequest();
        SipRequest two = bench.sentRequest();
        assertThat(one.to().tag()).contains("one");
        assertThat(two.to().tag()).contains("two");
        assertThat(two.cseq().number()).isEqualTo(one.cseq().number());
        answer(one, 200, "one");
        answer(two, 200, "two");
        ring(invite, "two", 8);
        assertThat(bench.sentRequest().to().tag()).contains("two");
    }

    @Test
    void C148_theDialogGoesOnWithTheNextNumber() {
        SipRequest invite = called(bench, SDP);
        ring(invite, "srs", 1);
        answer(bench.sentRequest(), 200, "srs");
        answer(invite, 200, "srs");
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.cseq().number()).isEqualTo(invite.cseq().number());
        dialog.bye(List.of());
        SipRequest bye = bench.sentRequest();
        assertThat(bye.cseq().number()).isEqualTo(invite.cseq().number() + 2);
        answer(bye, 200, "srs");
        bench.assertEmptyTables();
    }

    @Test
    void aPrackIsRepeatedWhenItIsLostAndEndsNothingWhenItFails() {
        SipRequest invite = called(bench, SDP);
        ring(invite, "srs", 1);
        SipRequest prack = bench.sentRequest();
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentRequest().cseq()).isEqualTo(prack.cseq());
        answer(prack, 481, "srs");
        bench.nothingSent();
        answer(invite, 200, "srs");
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void C168_reliableResponsesToAReinviteAreAcknowledgedToo() {
        SipRequest invite = called(bench, SDP);
        answer(invite, 200, "srs");
        bench.sentRequest();
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        SipRequest reinvite = bench.sentRequest();
        assertThat(reinvite.values("Supported")).contains("100rel");
        ring(reinvite, "srs", 9);
        ring(reinvite, "srs", 9);
        SipRequest prack = bench.sentRequest();
        assertThat(prack.header("RAck")).contains("9 " + reinvite.cseq().number() + " INVITE");
        answer(prack, 200, "srs");
        bench.nothingSent();
        answer(reinvite, 200, "srs");
        SipRequest ack = bench.sentRequest();
        assertThat(ack.cseq().number()).isEqualTo(reinvite.cseq().number());
    }

    @Test
    void anUnreliableResponseIsOnlyTold() {
        SipRequest invite = called(bench, SDP);
        answer(invite, 183, "srs", "RSeq: 5");
        answer(invite, 180, "srs", "Require: 100rel");
        bench.nothingSent();
        assertThat(provisionals).containsExactly(183, 180);
    }
}
