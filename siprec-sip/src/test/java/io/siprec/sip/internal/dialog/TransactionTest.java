package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the four machines send, and when, on a clock moved by hand. */
class TransactionTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final List<Optional<SipResponse>> finals = new ArrayList<>();

    private FakeNetwork.FakePeer peer(String transport) {
        return transport.equals("UDP") ? bench.udp : bench.tcp;
    }

    private SipDialog established(Requests src, FakeNetwork.FakePeer from) {
        bench.receive(src.request("INVITE", 1), from);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), from);
        return dialog;
    }

    /** When something is sent in the next {@code seconds}, in milliseconds from now. */
    private String timesOfSending(int seconds) {
        long start = bench.nowMs();
        List<String> times = new ArrayList<>();
        while (bench.nowMs() - start < seconds * 1_000L) {
            bench.advance(Duration.ofMillis(100));
            while (!bench.network.sent.isEmpty()) {
                bench.network.sent.remove();
                times.add(Long.toString(bench.nowMs() - start));
            }
        }
        return String.join(" ", times);
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource(delimiter = '|', textBlock = """
            UDP | 500 1500 3500 7500 11500 15500 19500 23500 27500 31500
            TCP | ''
            """)
    void C139_aRefusalIsRepeatedOnTimerGUntilTimerH(String transport, String times) {
        bench.receive(new Requests(transport).request("INVITE", 1), peer(transport));
        bench.invites.get(0).reject(488, "Not Acceptable Here");
        bench.network.sent.clear();
        assertThat(timesOfSending(40)).isEqualTo(times);
        assertThat(bench.statistics().serverTransactions()).isZero();
        bench.assertEmptyTables();
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP, 5", "TCP, 0"})
    void C139_timerIAbsorbsAcksThatComeAgain(String transport, int seconds) {
        Requests src = new Requests(transport);
        bench.receive(src.request("INVITE", 1), peer(transport));
        bench.invites.get(0).reject(488, "Not Acceptable Here");
        bench.network.sent.clear();
        bench.receive(src.sameBranch("ACK", 1), peer(transport));
        bench.receive(src.sameBranch("ACK", 1), peer(transport));
        assertThat(bench.statistics().dropped().get("stray-ack")).isZero();
        assertThat(bench.statistics().serverTransactions()).isEqualTo(1);
        bench.advance(Duration.ofSeconds(seconds));
        assertThat(bench.statistics().serverTransactions()).isZero();
        bench.nothingSent();
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP", "TCP"})
    void C141_timerLHoldsAnAcceptedInviteFor64T1(String transport) {
        Requests src = new Requests(transport);
        established(src, peer(transport));
        bench.advance(Duration.ofMillis(31_900));
        assertThat(bench.statistics().serverTransactions()).isEqualTo(1);
        src.toTag = "";
        bench.receive(src.text("INVITE", "sip:srs@127.0.0.1", 1, "1 INVITE", ""), peer(transport));
        assertThat(bench.invites).hasSize(1);
        bench.advance(Duration.ofMillis(200));
        assertThat(bench.statistics().serverTransactions()).isZero();
        bench.nothingSent();
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP, 32000", "TCP, 0"})
    void C143_timerJ(String transport, long lifeMs) {
        Requests src = new Requests(transport);
        established(src, peer(transport));
        bench.advance(Duration.ofSeconds(40));
        String bye = src.request("BYE", 2);
        bench.receive(bye, peer(transport));
        byte[] first = bench.network.sent.remove().bytes();
        if (lifeMs > 0) {
            bench.advance(Duration.ofMillis(lifeMs - 10));
            bench.receive(bye, peer(transport));
            assertThat(bench.network.sent.remove().bytes()).isEqualTo(first);
            assertThat(bench.statistics().serverTransactions()).isEqualTo(1);
        }
        bench.advance(Duration.ofMillis(10));
        assertThat(bench.statistics().serverTransactions()).isZero();
        assertThat(bench.ends).hasSize(1);
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP", "TCP"})
    void C143_aSlowUpdateGetsALate100AndNothingBefore(String transport) {
        Requests src = new Requests(transport);
        established(src, peer(transport));
        String update = src.request("UPDATE", 2, "Timestamp: 7\n");
        bench.receive(update, peer(transport));
        bench.receive(update, peer(transport));
        bench.advance(Duration.ofMillis(3_490));
        bench.nothingSent();
        bench.advance(Duration.ofMillis(10));
        SipResponse trying = bench.sentResponse();
        assertThat(trying.status()).isEqualTo(100);
        assertThat(trying.header("Timestamp")).as("C145").contains("7");

        bench.receive(update, peer(transport));
        assertThat(bench.sentResponse().status())
                .as("the last provisional again")
                .isEqualTo(100);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.requests).hasSize(1);
        bench.advance(Duration.ofSeconds(32));
        bench.nothingSent();
        assertThat(bench.statistics().serverTransactions()).isZero();
    }

    @Test
    void C143_anAnswerThatComesTooLateIsNotSent() {
        Requests src = new Requests("UDP");
        established(src, bench.udp);
        bench.receive(src.request("UPDATE", 2), bench.udp);
        bench.advance(Duration.ofSeconds(32));
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.statistics().serverTransactions()).isZero();
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        bench.nothingSent();

        bench.receive(src.offer("UPDATE", 3), bench.udp);
        assertThat(bench.requests)
                .as("C153 the first UPDATE is no longer in the way")
                .hasSize(2);
    }

    @Test
    void C143_noRequestButInviteIsAnswered408() {
        Requests src = new Requests("UDP");
        established(src, bench.udp);
        bench.receive(src.request("UPDATE", 2), bench.udp);
        assertThatThrownBy(() -> bench.requests.get(0).respond(408, "Request Timeout", List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        bench.nothingSent();
    }

    @ParameterizedTest(name = "{0} over {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            INVITE  | UDP | 500 1500 3500 7500 15500 31500                              | timer A doubles without a limit
            INVITE  | TCP | ''                                                          | a reliable transport repeats itself
            OPTIONS | UDP | 500 1500 3500 7500 11500 15500 19500 23500 27500 31500      | timer E doubles up to T2
            OPTIONS | TCP | ''                                                          | a reliable transport repeats itself
            """)
    void C155_ourRequestsAreRepeatedAndGivenUpAfter64T1(String method, String transport, String times, String why) {
        Requests src = new Requests(transport);
        SipDialog dialog = established(src, peer(transport));
        bench.advance(Duration.ofSeconds(40));
        send(dialog, method);
        bench.sentRequest();
        String sent = timesOfSending(32);
        assertThat(finals).containsExactly(Optional.empty());
        boolean repeated = !times.isEmpty();
        assertThat(sent).as("and the BYE at the end").isEqualTo(repeated ? times + " 32000" : "32000");
        assertThat(dialog.ended()).isTrue();
        bench.assertEmptyTables();
    }

    private void send(SipDialog dialog, String method) {
        if (method.equals("INVITE")) {
            dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        } else {
            dialog.request(method, List.of(), Optional.empty(), finals::add);
        }
    }

    @Test
    void aProvisionalSlowsARequestDownAndStopsAnInvite() {
        Requests src = new Requests("UDP");
        SipDialog dialog = established(src, bench.udp);
        bench.advance(Duration.ofSeconds(40));
        send(dialog, "OPTIONS");
        answer(bench.sentRequest(), 100);
        assertThat(timesOfSending(31))
                .as("timer E was set, then is T2")
                .isEqualTo("500 4500 8500 12500 16500 20500 24500 28500");
        bench.advance(Duration.ofSeconds(1));
        assertThat(finals).as("timer F runs on").containsExactly(Optional.empty());
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP, 5", "TCP, 0"})
    void timerKAbsorbsResponsesThatComeAgain(String transport, int seconds) {
        Requests src = new Requests(transport);
        SipDialog dialog = established(src, peer(transport));
        bench.advance(Duration.ofSeconds(40));
        send(dialog, "OPTIONS");
        SipRequest options = bench.sentRequest();
        answer(options, 200);
        answer(options, 200);
        answer(options, 183);
        assertThat(finals).hasSize(1);
        assertThat(bench.statistics().dropped().get("stray-response")).isZero();
        bench.advance(Duration.ofSeconds(seconds));
        assertThat(bench.statistics().clientTransactions()).isZero();
        answer(options, 200);
        assertThat(bench.statistics().dropped().get("stray-response")).isEqualTo(1L);
    }

    @ParameterizedTest(name = "over {0}")
    @CsvSource({"UDP, 32", "TCP, 0"})
    void timerDAcknowledgesARefusalThatComesAgain(String transport, int seconds) {
        Requests src = new Requests(transport);
        SipDialog dialog = established(src, peer(transport));
        bench.advance(Duration.ofSeconds(40));
        send(dialog, "INVITE");
        SipRequest invite = bench.sentRequest();
        answer(invite, 488);
        byte[] ack = bench.network.sent.remove().bytes();
        answer(invite, 488);
        assertThat(bench.network.sent.remove().bytes()).isEqualTo(ack);
        assertThat(finals).hasSize(1);
        bench.advance(Duration.ofSeconds(seconds));
        assertThat(bench.statistics().clientTransactions()).isZero();
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void aResponseWithTwoViasIsNotOurs() {
        Requests src = new Requests("UDP");
        SipDialog dialog = established(src, bench.udp);
        send(dialog, "OPTIONS");
        SipRequest options = bench.sentRequest();
        SipResponse.Builder response = SipResponse.answer(options, FakeNetwork.LOCAL, 200, "OK", "src");
        bench.receive(
                response.header("Via", "SIP/2.0/UDP other;branch=z9hG4bK-x").toBytes(), bench.udp);
        assertThat(finals).isEmpty();
        assertThat(bench.statistics().dropped().get("stray-response")).isEqualTo(1L);
    }

    @Test
    void aLostConnectionFailsWhatWaitsOnItButNotTheAnswersToIt() {
        Requests src = new Requests("TCP");
        SipDialog dialog = established(src, bench.tcp);
        send(dialog, "OPTIONS");
        bench.sentRequest();
        bench.receive(src.request("UPDATE", 2), bench.tcp);
        bench.tcp.open = false;
        bench.agent.onClosed(bench.tcp, "reset");
        assertThat(finals).containsExactly(Optional.empty());
        assertThat(dialog.ended()).as("a lost connection is no lost dialog").isFalse();
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        assertThat(bench.nextPeer()).as("C117 a new connection").isNotSameAs(bench.tcp);
    }

    @Test
    void withoutAWayBackAnInviteKeepsItsTransaction() {
        Requests src = new Requests("TCP");
        bench.receive(src.request("INVITE", 1), bench.tcp);
        bench.sentResponse();
        bench.tcp.open = false;
        bench.network.unreachable = true;
        bench.invites.get(0).reject(486, "Busy Here");
        bench.nothingSent();
        assertThat(bench.statistics().serverTransactions()).isEqualTo(1);
        bench.network.unreachable = false;
        bench.receive(
                src.text("INVITE", "sip:srs@127.0.0.1", 1, "1 INVITE", ""),
                bench.network.from(bench.tcp.transport(), 40_001));
        assertThat(bench.sentResponse().status()).as("the refusal goes again").isEqualTo(486);
        assertThat(bench.invites).hasSize(1);
    }

    @Test
    void C151_theSameRequestByTwoWaysIsTakenOnce() {
        Requests src = new Requests("UDP");
        String first = src.request("INVITE", 1);
        bench.receive(first, bench.udp);
        bench.receive(first, bench.udp);
        String second = src.request("INVITE", 1);
        bench.receive(second, bench.udp);
        List<Integer> statuses = new ArrayList<>();
        while (!bench.network.sent.isEmpty()) {
            statuses.add(bench.sentResponse().status());
        }
        assertThat(statuses).as("one that comes again is not merged").containsExactly(100, 100, 482);
        bench.invites.get(0).accept(List.of(), SDP, bench);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);

        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        bench.receive(second, bench.udp);
        bench.nothingSent();
        src.learnTag(ok);
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(src.request("INFO", 2), bench.udp);
        assertThat(bench.requests).as("a request in the dialog is never merged").hasSize(1);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # call-id | tag   | cseq | status | why
            call-1    | src   | 1    | 482    | all three are the same
            call-2    | src   | 1    | 200    | another Call-ID
            call-1    | other | 1    | 200    | another From tag
            call-1    | src   | 2    | 200    | another CSeq: the same sender's next request
            """)
    void C151_whatMakesARequestTheSame(String callId, String tag, int cseq, int status, String why) {
        Requests src = new Requests("UDP");
        bench.receive(src.request("OPTIONS", 1), bench.udp);
        bench.sentResponse();
        src.callId = callId;
        bench.receive(src.request("OPTIONS", cseq).replace("tag=src", "tag=" + tag), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(status);
    }

    @Test
    void C151_theMemoryEndsWithTheTransaction() {
        Requests src = new Requests("UDP");
        bench.receive(src.request("OPTIONS", 1), bench.udp);
        bench.sentResponse();
        bench.advance(Duration.ofSeconds(32));
        bench.receive(src.request("OPTIONS", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.assertEmptyTables();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                                   | instead                        | why
            INVITE sip:srs@127.0.0.1                 | INVITE sip:other@127.0.0.1     | another Request-URI
            ;tag=src                                 | ;tag=other                     | another From tag
            Call-ID: call-1                          | Call-ID: call-2                | another Call-ID
            CSeq: 1 INVITE                           | CSeq: 2 INVITE                 | another CSeq
            127.0.0.2:5062;branch=1                  | 127.0.0.2:5063;branch=1        | another top Via
            """)
    void C137_withoutACookieEachFieldCounts(String what, String instead, String why) {
        String invite = new Requests("UDP").request("INVITE", 1).replace("branch=z9hG4bK-1", "branch=1");
        bench.receive(invite, bench.udp);
        bench.receive(invite, bench.udp);
        assertThat(bench.statistics().serverTransactions()).isEqualTo(1);
        bench.receive(invite.replace(what, instead), bench.udp);
        assertThat(bench.statistics().serverTransactions()).isEqualTo(2);
    }

    private void answer(SipRequest request, int status) {
        bench.receive(
                SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src")
                        .toBytes(),
                bench.udp);
    }
}
