package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
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
import org.junit.jupiter.params.provider.ValueSource;

class ServerCallTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");

    private SipDialog answered(String headers) {
        bench.receive(src.request("INVITE", 1, headers), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        return bench.invites.get(0).accept(List.of(new Header("X-Test", "1")), SDP, bench);
    }

    private SipDialog established() {
        SipDialog dialog = answered("");
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        return dialog;
    }

    @Test
    void aCallFromInviteToBye() {
        SipDialog dialog = answered("Record-Route: <sip:p2;lr>, <sip:p1;lr>\nTimestamp: 54\n");
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.header("Contact")).as("C004, C128").contains("<sip:127.0.0.1:5060;transport=udp>;+sip.srs");
        assertThat(ok.values("Record-Route")).as("C146").containsExactly("<sip:p2;lr>", "<sip:p1;lr>");
        assertThat(ok.contentType()).contains("application/sdp");
        assertThat(ok.header("X-Test")).contains("1");
        assertThat(dialog.localTag()).isEqualTo(ok.to().tag().orElseThrow()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(dialog.remoteTag()).isEqualTo("src");

        src.learnTag(ok);
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(1);
        assertThat(bench.statistics().dialogs()).isEqualTo(1);

        String bye = src.request("BYE", 2);
        bench.receive(bye, bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.ends).hasSize(1);
        assertThat(bench.ends.get(0).cause()).isEqualTo(DialogEnd.Cause.REMOTE_BYE);
        assertThat(bench.ends.get(0).bye()).isPresent();

        bench.receive(bye, bench.udp);
        assertThat(bench.sentResponse().status()).as("C143 the same 200 again").isEqualTo(200);
        assertThat(bench.ends).hasSize(1);
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void C145_the100HasTimestampAndNoTag() {
        bench.receive(src.request("INVITE", 1, "Timestamp: 54\n"), bench.udp);
        SipResponse trying = bench.sentResponse();
        assertThat(trying.header("Timestamp")).contains("54");
        assertThat(trying.to().tag()).as("C144").isEmpty();
    }

    @ParameterizedTest(name = "over {0}")
    @ValueSource(strings = {"UDP", "TCP"})
    void C140_theSuccessIsRepeatedAndGivenUp(String transport) {
        Requests peer = new Requests(transport);
        FakeNetwork.FakePeer from = transport.equals("UDP") ? bench.udp : bench.tcp;
        bench.receive(peer.request("INVITE", 1), from);
        bench.sentResponse();
        long start = bench.nowMs();
        bench.invites.get(0).accept(List.of(), SDP, bench);
        byte[] first = bench.network.sent.remove().bytes();

        List<Long> times = new ArrayList<>();
        while (bench.ends.isEmpty()) {
            bench.advance(Duration.ofMillis(100));
            if (bench.ends.isEmpty() && !bench.network.sent.isEmpty()) {
                assertThat(bench.network.sent.remove().bytes()).isEqualTo(first);
                times.add(bench.nowMs() - start);
            }
        }
        assertThat(times).startsWith(500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L);
        assertThat(bench.nowMs() - start).isEqualTo(32_000);
        assertThat(bench.ends.get(0).cause()).isEqualTo(DialogEnd.Cause.NO_ACK);
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
        bench.assertEmptyTables();
    }

    @Test
    void C138_C141_invitesThatComeAgainMakeNoSecondCall() {
        String invite = src.request("INVITE", 1);
        bench.receive(invite, bench.udp);
        bench.receive(invite, bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.sentResponse().status()).isEqualTo(100);

        bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(invite, bench.udp);
        bench.nothingSent();
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(invite, bench.udp);
        bench.nothingSent();
        assertThat(bench.invites).hasSize(1);
        assertThat(bench.statistics().retransmissionsReceived()).isEqualTo(3);
    }

    @Test
    void anAckWithTheInvitesBranchIsTheDialogs() {
        answered("");
        src.learnTag(bench.sentResponse());
        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(1);
        bench.advance(Duration.ofSeconds(5));
        bench.nothingSent();
    }

    @Test
    void C139_aRefusalIsRepeatedUntilItsAck() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).reject(488, "Not Acceptable Here", new Header("Warning", "399 h \"x\""));
        SipResponse refusal = bench.sentResponse();
        assertThat(refusal.status()).isEqualTo(488);
        assertThat(refusal.header("Warning")).isPresent();

        bench.advance(Duration.ofMillis(500));
        bench.advance(Duration.ofMillis(1_000));
        bench.advance(Duration.ofMillis(2_000));
        bench.advance(Duration.ofMillis(4_000));
        bench.advance(Duration.ofMillis(4_000));
        assertThat(bench.network.sent).hasSize(5);
        bench.network.sent.clear();

        src.learnTag(refusal);
        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        bench.advance(Duration.ofSeconds(4));
        bench.nothingSent();
        bench.assertEmptyTables();
    }

    @Test
    void C139_aRefusalThatIsNeverAcknowledgedEnds() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.invites.get(0).reject(486, "Busy Here");
        bench.advance(Duration.ofSeconds(32));
        assertThat(bench.network.sent).as("100, 486 and its repetitions").hasSize(12);
        bench.assertEmptyTables();
    }

    @Test
    void C139_overTcpARefusalIsSentOnce() {
        Requests peer = new Requests("TCP");
        bench.receive(peer.request("INVITE", 1), bench.tcp);
        bench.invites.get(0).reject(486, "Busy Here");
        bench.network.sent.clear();
        bench.advance(Duration.ofSeconds(31));
        bench.nothingSent();
        bench.assertEmptyTables();
    }

    @Test
    void C102_cancelEndsAnInviteThatWaits() {
        boolean[] told = new boolean[1];
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).onCancel(() -> told[0] = true);
        bench.receive(src.sameBranch("CANCEL", 1), bench.udp);

        SipResponse ok = bench.sentResponse();
        SipResponse terminated = bench.sentResponse();
        assertThat(ok.cseq().method()).isEqualTo("CANCEL");
        assertThat(ok.status()).isEqualTo(200);
        assertThat(terminated.status()).isEqualTo(487);
        assertThat(terminated.to().tag()).as("C144").isEqualTo(ok.to().tag());
        assertThat(told[0]).isTrue();
        assertThat(bench.invites.get(0).pending()).isFalse();
        bench.invites.get(0).reject(500, "late");
        assertThatThrownBy(() -> bench.invites.get(0).accept(List.of(), SDP, bench))
                .isInstanceOf(IllegalStateException.class);
        bench.nothingSent();
        bench.assertEmptyTables();
    }

    @Test
    void C102_aLateCancelChangesNothing() {
        answered("");
        src.learnTag(bench.sentResponse());
        src.toTag = "";
        bench.receive(src.sameBranch("CANCEL", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.nothingSent();
        assertThat(bench.ends).isEmpty();
    }

    @Test
    void C100_ourByeWaitsForTheAck() {
        SipDialog dialog = answered("");
        src.learnTag(bench.sentResponse());
        dialog.bye(List.of(new Header("Reason", "SIP;cause=503")));
        bench.nothingSent();
        bench.receive(src.request("ACK", 1), bench.udp);

        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        assertThat(bye.requestUri()).as("C147").isEqualTo("sip:src@127.0.0.2:5062");
        assertThat(bye.header("Reason")).isPresent();
        assertThat(bye.from().tag()).contains(dialog.localTag());
        assertThat(bye.to().tag()).contains("src");
        assertThat(bench.ends).isEmpty();
        answer(bye, 200);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        dialog.bye(List.of());
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void ourByeWithoutAnAckGoesOutAfter32Seconds() {
        SipDialog dialog = answered("");
        bench.network.sent.clear();
        dialog.bye(List.of());
        bench.advance(Duration.ofMillis(31_900));
        bench.network.sent.clear();
        bench.advance(Duration.ofMillis(100));
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
        bench.advance(Duration.ofSeconds(32));
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void byesThatCrossEndTheDialogOnce() {
        SipDialog dialog = established();
        dialog.bye(List.of());
        SipRequest ours = bench.sentRequest();
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        answer(ours, 481);
        assertThat(bench.ends).hasSize(1);
        bench.assertEmptyTables();
    }

    @Test
    void byeInsideAReinviteEndsBoth() {
        established();
        boolean[] told = new boolean[1];
        bench.receive(src.request("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.reinvites.get(0).onCancel(() -> told[0] = true);
        bench.receive(src.request("BYE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.sentResponse().status()).isEqualTo(487);
        assertThat(told[0]).isTrue();
        bench.assertEmptyTables();
    }

    @Test
    void aReinviteIsAnsweredInTheSameDialog() {
        SipDialog dialog = established();
        src.contact = "<sip:new@127.0.0.3:5099>";
        bench.receive(src.request("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.reinvites.get(0).accept(List.of(), SDP, bench)).isSameAs(dialog);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.to().tag()).contains(dialog.localTag());
        bench.receive(src.request("ACK", 2), bench.udp);
        assertThat(bench.acks).hasSize(2);

        dialog.bye(List.of());
        assertThat(bench.nextPeer().remote().getPort()).as("C147").isEqualTo(5099);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.requestUri()).as("C147").isEqualTo("sip:new@127.0.0.3:5099");
        answer(bye, 200);
        bench.assertEmptyTables();
    }

    @Test
    void C149_sequenceNumbersMustRise() {
        established();
        bench.receive(src.request("INFO", 5), bench.udp);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.receive(src.request("INFO", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(500);
        bench.receive(src.request("INFO", 50), bench.udp);
        bench.requests.get(1).refuseMethod();
        assertThat(bench.sentResponse().status()).isEqualTo(405);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # method  | header                         | status
            REFER     | Refer-To: <sip:bob@127.0.0.9>  | 405
            NOTIFY    | Event: refer                   | 405
            SUBSCRIBE | Event: conference              | 405
            MESSAGE   | ''                             | 405
            PUBLISH   | Event: presence                | 405
            REGISTER  | ''                             | 405
            INFO      | ''                             | 405
            INFO      | Info-Package: conference       | 469
            """)
    void C104_whatIsNotServedLeavesTheDialogAsItWas(String method, String header, int status) {
        established();
        bench.refuseAll = true;
        bench.receive(src.request(method, 2, header.isEmpty() ? "" : header + "\n"), bench.udp);
        SipResponse refused = bench.sentResponse();
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.values("Allow")).contains("INVITE", "BYE", "UPDATE").doesNotContain(method);
        assertThat(refused.header("Recv-Info").isPresent()).isEqualTo(status == 469);
        assertThat(bench.ends).isEmpty();

        bench.receive(src.request("BYE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.REMOTE_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void C152_C153_glareIsRefused() {
        SipDialog dialog = established();
        bench.receive(src.request("INVITE", 2), bench.udp);
        bench.sentResponse();
        bench.receive(src.request("INVITE", 3), bench.udp);
        SipResponse second = bench.sentResponse();
        assertThat(second.status()).isEqualTo(500);
        assertThat(Integer.parseInt(second.header("Retry-After").orElseThrow())).isBetween(0, 10);
        bench.receive(src.offer("UPDATE", 4), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(500);
        assertThatThrownBy(() -> dialog.reinvite(List.of(), Optional.empty(), r -> {}))
                .isInstanceOf(IllegalStateException.class);

        bench.reinvites.get(0).reject(488, "Not Acceptable Here");
        bench.sentResponse();
        dialog.reinvite(List.of(), Optional.of(SDP), r -> {});
        bench.sentRequest();
        bench.receive(src.request("INVITE", 5), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(491);
        bench.receive(src.offer("UPDATE", 6), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(491);
    }

    @Test
    void C147_C004_anUpdateMovesTheTargetAndItsAnswerHasAContact() {
        SipDialog dialog = established();
        src.contact = "<sip:moved@127.0.0.3:5098>;+sip.src";
        bench.receive(src.request("UPDATE", 2), bench.udp);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        assertThat(bench.sentResponse().header("Contact")).contains("<sip:127.0.0.1:5060;transport=udp>;+sip.srs");
        dialog.bye(List.of());
        assertThat(bench.sentRequest().requestUri()).isEqualTo("sip:moved@127.0.0.3:5098");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # contact                       | uri                                     | port | why
            <sip192.0.2.21:5060>;+sip.src   | sip:127.0.0.2:5062;transport=udp        | 5062 | C007 no URI at all: back to the source
            <sip:a@src.example>;+sip.src    | sip:a@src.example                       | 5062 | a name, which we don't look up: sent to the source
            <sip:a@1.2.3.999>               | sip:a@1.2.3.999                         | 5062 | almost an address
            <sip:a@127.0.0.9;+sip.src>      | sip:a@127.0.0.9;+sip.src                | 5060 | C007 tag inside the brackets
            <sip:a@127.0.0.9:5077;+sip.src  | sip:a@127.0.0.9:5077;+sip.src           | 5077 | C007 bracket left open
            ''                              | sip:127.0.0.2:5062;transport=udp        | 5062 | no Contact
            """)
    void ourByeFindsItsWay(String contact, String uri, int port, String why) {
        src.contact = contact;
        SipDialog dialog = established();
        dialog.bye(List.of());
        assertThat(bench.nextPeer().remote().getPort()).isEqualTo(port);
        assertThat(bench.sentRequest().requestUri()).isEqualTo(uri);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # record-route                               | uri                    | routes                                        | why
            <sip:127.0.0.8:5081;lr>, <sip:127.0.0.9;lr>  | sip:src@127.0.0.2:5062 | <sip:127.0.0.8:5081;lr>, <sip:127.0.0.9;lr>   | C146 loose: target in the Request-URI
            <sip:127.0.0.8:5081>, <sip:127.0.0.9;lr>     | sip:127.0.0.8:5081     | <sip:127.0.0.9;lr>, <sip:src@127.0.0.2:5062>  | C146 strict: target at the end of the routes
            """)
    void ourByeFollowsTheRouteSet(String recordRoute, String uri, String routes, String why) {
        SipDialog dialog = answered("Record-Route: " + recordRoute + "\n");
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        dialog.bye(List.of());
        assertThat(bench.nextPeer().remote().getPort()).isEqualTo(5081);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.requestUri()).isEqualTo(uri);
        assertThat(String.join(", ", bye.values("Route"))).isEqualTo(routes);
    }

    @Test
    void C146_aRecordRouteThatNoRequestCouldCarryIsNoHop() {
        answered("Record-Route: <sip:127.0.0.8:99999>, \"proxy <sip:x>\nRecord-Route: <sip:127.0.0.9;lr>\n")
                .bye(List.of());
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.sentRequest().values("Route")).containsExactly("<sip:127.0.0.9;lr>");
    }

    @Test
    void C118_overTcpTheConnectionIsReusedWhileItIsOpen() {
        Requests peer = new Requests("TCP");
        bench.receive(peer.request("INVITE", 1), bench.tcp);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        assertThat(bench.tcp.users).as("C126 a dialog holds its connection").isEqualTo(1);
        bench.sentResponse();
        peer.learnTag(bench.sentResponse());
        bench.receive(peer.request("ACK", 1), bench.tcp);
        dialog.request("OPTIONS", List.of(), Optional.empty(), r -> {});
        assertThat(bench.nextPeer()).isSameAs(bench.tcp);
        SipRequest options = bench.sentRequest();
        answer(options, 200, bench.tcp);

        bench.tcp.open = false;
        dialog.bye(List.of());
        assertThat(bench.nextPeer()).isNotSameAs(bench.tcp);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.cseq().number()).as("C148").isEqualTo(options.cseq().number() + 1);
        answer(bye, 200);
        bench.assertEmptyTables();
    }

    @Test
    void anUnreachablePeerEndsTheDialogAllTheSame() {
        Requests peer = new Requests("TCP");
        bench.receive(peer.request("INVITE", 1), bench.tcp);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        bench.sentResponse();
        peer.learnTag(bench.sentResponse());
        bench.receive(peer.request("ACK", 1), bench.tcp);
        bench.tcp.open = false;
        bench.network.unreachable = true;
        dialog.bye(List.of());
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.TRANSPORT);
        bench.assertEmptyTables();
    }

    @ParameterizedTest
    @ValueSource(ints = {481, 408})
    void C155_aLostDialogEnds(int status) {
        SipDialog dialog = established();
        List<Optional<SipResponse>> finals = new ArrayList<>();
        dialog.request("UPDATE", List.of(), Optional.empty(), finals::add);
        answer(bench.sentRequest(), status);
        assertThat(finals).hasSize(1);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.REQUEST_FAILED);
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
        bench.assertEmptyTables();
    }

    @Test
    void ourReinviteIsAcknowledgedAsOftenAsNeeded() {
        SipDialog dialog = established();
        List<Optional<SipResponse>> finals = new ArrayList<>();
        dialog.reinvite(List.of(new Header("Require", "siprec")), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        assertThat(invite.header("Contact").orElseThrow()).as("C004").endsWith(";+sip.srs");
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentRequest().method()).as("timer A").isEqualTo("INVITE");
        answer(invite, 100);
        bench.advance(Duration.ofSeconds(40));
        bench.nothingSent();
        answer(invite, 200);
        answer(invite, 200);
        for (int i = 0; i < 2; i++) {
            SipRequest ack = bench.sentRequest();
            assertThat(ack.method()).isEqualTo("ACK");
            assertThat(ack.cseq().number()).isEqualTo(invite.cseq().number());
        }
        assertThat(finals).hasSize(1);
        dialog.bye(List.of());
        answer(bench.sentRequest(), 200);
        bench.assertEmptyTables();
    }

    @Test
    void aDialogThatEndsUnderOurReinviteLeavesNothing() {
        SipDialog dialog = established();
        List<Optional<SipResponse>> finals = new ArrayList<>();
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        answer(bench.sentRequest(), 100);
        bench.receive(src.request("BYE", 2), bench.udp);
        assertThat(finals).containsExactly(Optional.empty());
        bench.assertEmptyTables();
    }

    @Test
    void C159_aFailingApplicationGets500AndTheNextCallGoesOn() {
        bench.failing = true;
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipResponse failed = bench.sentResponse();
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.reason()).isEqualTo("Server Internal Error");
        assertThat(bench.statistics().loopErrors()).isEqualTo(1);

        bench.failing = false;
        src.callId = "call-2";
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.invites).hasSize(1);
    }

    @Test
    void closingEndsAllDialogsWithoutAMessage() {
        established();
        bench.agent.close();
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.ENDPOINT_CLOSED);
        bench.nothingSent();
    }

    @Test
    void C137_requestsWithoutACookieMatchByTheOldRules() {
        String invite = src.request("INVITE", 1).replace("branch=z9hG4bK-1", "branch=1");
        bench.receive(invite, bench.udp);
        bench.receive(invite, bench.udp);
        assertThat(bench.invites).hasSize(1);
        bench.invites.get(0).reject(486, "Busy Here");
        bench.network.sent.clear();
        src.toTag = "any";
        bench.receive(src.sameBranch("ACK", 1).replace("branch=z9hG4bK-1", "branch=1"), bench.udp);
        bench.advance(Duration.ofSeconds(5));
        bench.nothingSent();
    }

    @Test
    void C137_theSameBranchFromTwoSendersIsTwoTransactions() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.receive(
                src.sameBranch("INVITE", 1)
                        .replace("127.0.0.2:5062;", "127.0.0.2:5063;")
                        .replace("call-1", "c2"),
                bench.udp);
        assertThat(bench.invites).hasSize(2);
    }

    private void answer(SipRequest request, int status) {
        answer(request, status, bench.udp);
    }

    private void answer(SipRequest request, int status, FakeNetwork.FakePeer from) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src");
        bench.receive(response.header("Contact", "<sip:src@127.0.0.2:5062>").toBytes(), from);
    }
}
