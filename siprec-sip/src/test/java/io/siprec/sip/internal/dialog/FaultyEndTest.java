package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogListener;
import io.siprec.sip.OptionsAnswer;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipStatistics;
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

/** What the network or the application does wrong ends like anything else: told, and with nothing left behind. */
class FaultyEndTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();

    private SipDialog established(Requests src, FakeNetwork.FakePeer source) {
        bench.receive(src.request("INVITE", 1, ""), source);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        bench.sentResponse();
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), source);
        return dialog;
    }

    private void answer(SipRequest request, int status, String tag) {
        bench.receive(
                SipResponse.answer(request, FakeNetwork.LOCAL, status, "R", tag).toBytes(), bench.udp);
    }

    private void assertNothingLeftButTheFault() {
        assertThat(bench.statistics().loopErrors()).isEqualTo(1);
        assertThat(bench.statistics().values())
                .filteredOn(value -> value.kind() == SipStatistics.Kind.GAUGE && value.value() != 0)
                .isEmpty();
    }

    @Test
    void anUpdateWhoseLate100HasNoWayBackLeavesTheDialogFree() {
        Requests src = new Requests("TCP");
        SipDialog dialog = established(src, bench.tcp);
        bench.receive(src.offer("UPDATE", 2), bench.tcp);
        bench.tcp.open = false;
        bench.network.unreachable = true;
        bench.agent.onClosed(bench.tcp, "gone");
        bench.advance(Duration.ofSeconds(5));
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.of(SDP));
        bench.network.unreachable = false;
        bench.network.sent.clear();

        bench.receive(src.offer("UPDATE", 3), bench.network.from(Transport.TCP, 40_001));
        assertThat(bench.requests).hasSize(2);
        bench.requests.get(1).respond(200, "OK", List.of(), Optional.of(SDP));
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        assertThat(bench.sentRequest().method()).isEqualTo("INVITE");
    }

    @Test
    void aCallWhoseListenerCannotBeHadIsAcknowledgedAndEnded() {
        List<String> failures = new ArrayList<>();
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                Transport.UDP,
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(),
                SDP);
        bench.agent.invite(bench.agent.prepare(invite, new Failing(failures), "call-9"));
        answer(bench.sentRequest(), 200, "t");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        answer(bye, 200, "t");
        assertThat(failures).hasSize(1);
        bench.advance(Duration.ofSeconds(70));
        assertNothingLeftButTheFault();
    }

    private record Failing(List<String> failures) implements ClientCallListener {
        @Override
        public void onAccepted(SipResponse response, SipDialog dialog) {}

        @Override
        public void onRejected(SipResponse response) {}

        @Override
        public void onFailed(String reason) {
            failures.add(reason);
        }

        @Override
        public DialogListener dialogListener() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void anOptionsThatTheApplicationCannotAnswerGets500() {
        bench.options = null;
        bench.receive(new Requests("UDP").request("OPTIONS", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(500);
        bench.advance(Duration.ofSeconds(33));
        assertNothingLeftButTheFault();
        assertThatThrownBy(() -> new OptionsAnswer(408, "Request Timeout", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterTheEndTheApplicationIsNotAskedForAnAnswer() {
        Requests src = new Requests("UDP");
        SipDialog dialog = established(src, bench.udp);
        List<String> asked = new ArrayList<>();
        dialog.reinvite(
                List.of(),
                SipBody::none,
                response -> {
                    asked.add("answer");
                    return SDP;
                },
                outcome -> {});
        SipRequest reinvite = bench.sentRequest();
        answer(reinvite, 100, "");
        bench.receive(src.request("BYE", 2), bench.udp);
        bench.sentResponse();
        answer(reinvite, 200, "src");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(asked).isEmpty();
    }
}
