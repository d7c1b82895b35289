package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipDialog;
import io.siprec.sip.internal.dialog.ReliableState.Input;
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

/** Reliable provisional responses of ours (RFC 3262 section 3), on a clock moved by hand. */
class ReliableProvisionalTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final String SUPPORTED = "Supported: 100rel\n";

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private final List<SipRequest> pracks = new ArrayList<>();
    private int cancelled;
    private Optional<SipBody> prackAnswer = Optional.empty();

    private ServerInvite invited(String headers) {
        bench.receive(src.request("INVITE", 1, headers), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        ServerInvite invite = bench.invites.get(bench.invites.size() - 1);
        invite.onCancel(() -> cancelled++);
        return invite;
    }

    private void progress(ServerInvite invite, int status, SipBody body) {
        invite.progress(status, "Reason", List.of(), body, prack -> {
            pracks.add(prack);
            return prackAnswer;
        });
    }

    private SipResponse prack(int cseq, String rack) {
        bench.receive(src.request("PRACK", cseq, "RAck: " + rack + "\n"), bench.udp);
        return bench.sentResponse();
    }

    private static String rack(SipResponse response) {
        return response.header("RSeq").orElseThrow() + " 1 INVITE";
    }

    @ParameterizedTest(name = "{0} on {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        READY   | SENT     | WAITING | repeated until its PRACK
        READY   | PRACK    | READY   | for nothing
        READY   | NO_PRACK | READY   |
        READY   | FINAL    | DONE    |
        WAITING | SENT     | WAITING | one at a time
        WAITING | PRACK    | READY   | the next may go
        WAITING | NO_PRACK | DONE    | C167 the INVITE ends
        WAITING | FINAL    | DONE    | nothing is repeated after the final response
        DONE    | PRACK    | DONE    | answered all the same
        DONE    | SENT     | DONE    |
        DONE    | NO_PRACK | DONE    |
        """)
    void theMoves(ReliableState from, Input input, ReliableState to, String why) {
        assertThat(from.on(input)).as(why).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # headers of the INVITE           | reliable
        Supported: timer, 100rel          | true
        Require: siprec, 100REL           | true
        Supported: timer                  | false
        """)
    void C166_onlyAPeerThatKnowsReliableResponsesGetsThem(String headers, boolean reliable) {
        ServerInvite invite = invited(headers + "\n");
        progress(invite, 183, SipBody.none());
        SipResponse response = bench.sentResponse();
        assertThat(response.status()).isEqualTo(183);
        assertThat(response.to().tag()).isPresent();
        assertThat(response.contact()).isPresent();
        assertThat(response.values("Require").contains("100rel")).isEqualTo(reliable);
        assertThat(response.header("RSeq").isPresent()).isEqualTo(reliable);
        bench.advance(Duration.ofMillis(600));
        assertThat(bench.network.sent.isEmpty()).as("repeated").isEqualTo(!reliable);
    }

    @Test
    void C166_aSlowAnswerWithoutProvisionalResponsesIsFine() {
        ServerInvite invite = invited("Require: 100rel\n");
        bench.advance(Duration.ofSeconds(20));
        bench.nothingSent();
        invite.accept(List.of(), SDP, bench);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.values("Supported")).contains("100rel");
        assertThat(ok.values("Allow")).contains("PRACK");
        assertThat(ok.header("Require")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void C167_itIsRepeatedFromT1DoublingUntilTheInviteEndsWith504(String transport) {
        Requests peer = new Requests(transport);
        FakeNetwork.FakePeer from = transport.equals("UDP") ? bench.udp : bench.tcp;
        bench.receive(peer.request("INVITE", 1, SUPPORTED), from);
        bench.sentResponse();
        ServerInvite invite = bench.invites.get(0);
        invite.onCancel(() -> cancelled++);
        long start = bench.nowMs();
        progress(invite, 180, SipBody.none());
        byte[] first = bench.network.sent.remove().bytes();
        SipResponse last = null;
        List<Long> times = new ArrayList<>();
        while (last == null && bench.nowMs() < start + 40_000) {
            bench.advance(Duration.ofMillis(10));
            while (last == null && !bench.network.sent.isEmpty()) {
                byte[] next = bench.network.sent.element().bytes();
                if (java.util.Arrays.equals(next, first)) {
                    bench.network.sent.remove();
                    times.add(bench.nowMs() - start);
                } else {
                    last = bench.sentResponse();
                }
            }
        }
        assertThat(times).containsExactly(500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
        assertThat(bench.nowMs() - start).isEqualTo(32_000);
        assertThat(last.status()).isEqualTo(504);
        assertThat(cancelled).isEqualTo(1);
        assertThat(invite.pending()).isFalse();
        bench.assertEmptyTables();
    }

    @Test
    void C167_theFirstRSeqIsRandomAndBelow2To31() {
        IdSource ids = new IdSource();
        long distinct = java.util.stream.LongStream.generate(ids::firstRSeq)
                .limit(1_000)
                .peek(rseq -> assertThat(rseq).isBetween(1L, (1L << 31) - 1))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(990);
    }

    @Test
    void C168_aPrackIsAnsweredAndStopsTheRepetition() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 180, SipBody.none());
        SipResponse ringing = bench.sentResponse();
        src.learnTag(ringing);
        String rack = rack(ringing);
        assertThat(prack(2, rack).status()).isEqualTo(200);
        assertThat(pracks).hasSize(1);
        bench.advance(Duration.ofSeconds(60));
        bench.nothingSent();
        assertThat(prack(3, rack).status()).as("that response has its PRACK").isEqualTo(481);
        assertThat(invite.pending()).isTrue();
        invite.accept(List.of(), SDP, bench);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # RAck          | status | why
        1 1 INVITE      | 481    | another RSeq
        0 1 INVITE      | 481    | no RSeq is 0
        R 2 INVITE      | 481    | another CSeq number
        R 1 UPDATE      | 481    | another method
        R               | 400    | cut short
        x               | 400    | no number
        """)
    void C168_aPrackForAnythingElseIsRefused(String rack, int status, String why) {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 180, SipBody.none());
        SipResponse ringing = bench.sentResponse();
        src.learnTag(ringing);
        String rseq = ringing.header("RSeq").orElseThrow();
        assertThat(prack(2, rack.replace("R", rseq)).status()).as(why).isEqualTo(status);
        assertThat(pracks).isEmpty();
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentResponse().status()).as("still repeated").isEqualTo(180);
        assertThat(prack(3, rack(ringing)).status()).isEqualTo(200);
    }

    @Test
    void C150_C168_aPrackForNoDialogIsRefused() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 180, SipBody.none());
        SipResponse ringing = bench.sentResponse();
        src.toTag = "another";
        assertThat(prack(2, rack(ringing)).status()).isEqualTo(481);
    }

    @Test
    void C168_oneAfterTheOtherWithTheNextNumber() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 180, SipBody.none());
        progress(invite, 182, SipBody.none());
        progress(invite, 183, SDP);
        SipResponse first = bench.sentResponse();
        src.learnTag(first);
        bench.nothingSent();
        long rseq = Long.parseLong(first.header("RSeq").orElseThrow());
        for (int i = 1; i <= 2; i++) {
            assertThat(prack(1 + i, (rseq + i - 1) + " 1 INVITE").status()).isEqualTo(200);
            SipResponse next = bench.sentResponse();
            assertThat(next.status()).isEqualTo(181 + i);
            assertThat(next.header("RSeq")).contains(Long.toString(rseq + i));
        }
        assertThat(prack(4, (rseq + 2) + " 1 INVITE").status()).isEqualTo(200);
        bench.nothingSent();
    }

    @Test
    void C168_theSuccessWaitsForThePrackOfADescription() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 183, SDP);
        SipResponse progress = bench.sentResponse();
        src.learnTag(progress);
        SipDialog dialog = invite.accept(List.of(), SDP, bench);
        bench.nothingSent();
        assertThat(invite.pending()).isFalse();
        assertThatThrownBy(() -> invite.accept(List.of(), SDP, bench)).isInstanceOf(IllegalStateException.class);
        invite.reject(486, "Busy Here");
        bench.nothingSent();

        bench.advance(Duration.ofMillis(1_400));
        assertThat(bench.sentResponse().status()).as("held back").isEqualTo(183);
        bench.nothingSent();
        assertThat(prack(2, rack(progress)).status()).isEqualTo(200);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.cseq().method()).isEqualTo("INVITE");
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentResponse().cseq().method())
                .as("C140 repeated from here on")
                .isEqualTo("INVITE");
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(1);
        assertThat(dialog.ended()).isFalse();

        bench.receive(src.request("UPDATE", 2), bench.udp);
        assertThat(bench.sentResponse().status())
                .as("C149 the PRACK had this CSeq number")
                .isEqualTo(500);
        bench.receive(src.request("BYE", 3), bench.udp);
        bench.sentResponse();
        bench.assertEmptyTables();
    }

    @Test
    void C168_theSuccessDoesNotWaitForAResponseWithoutADescription() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 180, SipBody.none());
        SipResponse ringing = bench.sentResponse();
        src.learnTag(ringing);
        invite.accept(List.of(), SDP, bench);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.advance(Duration.ofSeconds(40));
        bench.nothingSent();
        assertThat(prack(2, rack(ringing)).status())
                .as("one that was on its way is answered")
                .isEqualTo(200);
        assertThat(prack(3, rack(ringing)).status()).isEqualTo(481);
        bench.receive(src.request("BYE", 4), bench.udp);
        bench.sentResponse();
        bench.assertEmptyTables();
    }

    @Test
    void C168_anOfferInThePrackIsAnsweredInItsSuccess() {
        prackAnswer = Optional.of(SDP);
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 183, SDP);
        SipResponse progress = bench.sentResponse();
        src.learnTag(progress);
        assertThat(prack(2, rack(progress)).body()).isEqualTo(SDP.content());
    }

    @Test
    void C167_withoutAPrackAnAcceptedCallEndsToo() {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 183, SDP);
        invite.accept(List.of(), SDP, bench);
        bench.advance(Duration.ofSeconds(31));
        bench.network.sent.clear();
        assertThat(bench.ends).isEmpty();
        bench.advance(Duration.ofSeconds(1));
        bench.network.sent.removeIf(sent -> new String(sent.bytes(), UTF_8).startsWith("SIP/2.0 183"));
        assertThat(bench.sentResponse().status()).isEqualTo(504);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.NO_ACK);
        bench.assertEmptyTables();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"CANCEL", "BYE", "our BYE"})
    void C102_anAcceptedCallWhoseSuccessWaitsCanStillBeCancelled(String end) {
        ServerInvite invite = invited(SUPPORTED);
        progress(invite, 183, SDP);
        String tag = bench.sentResponse().to().tag().orElseThrow();
        SipDialog dialog = invite.accept(List.of(), SDP, bench);
        if (end.equals("CANCEL")) {
            bench.receive(src.sameBranch("CANCEL", 1), bench.udp);
            assertThat(bench.sentResponse().status()).isEqualTo(200);
        } else if (end.equals("BYE")) {
            src.toTag = tag;
            bench.receive(src.request("BYE", 2), bench.udp);
            assertThat(bench.sentResponse().status()).isEqualTo(200);
        } else {
            dialog.bye(List.of());
        }
        SipResponse refused = bench.sentResponse();
        assertThat(refused.status()).isEqualTo(487);
        assertThat(refused.cseq().method()).isEqualTo("INVITE");
        assertThat(bench.ends)
                .extracting(DialogEnd::cause)
                .containsExactly(end.equals("our BYE") ? DialogEnd.Cause.LOCAL_BYE : DialogEnd.Cause.REMOTE_BYE);
        bench.network.sent.clear();
        bench.assertEmptyTables();
    }

    @Test
    void anEarlyDialogIsEndedByBye() {
        ServerInvite invite = invited("");
        progress(invite, 180, SipBody.none());
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("BYE", 2), bench.udp);
        SipResponse first = bench.sentResponse();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.cseq().method()).isEqualTo("BYE");
        assertThat(bench.sentResponse().status()).isEqualTo(487);
        assertThat(cancelled).isEqualTo(1);
        assertThat(invite.pending()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"INVITE,500", "UPDATE,500", "INFO,405", "MESSAGE,405"})
    void C104_C152_C153_whatComesInAnEarlyDialogWaitsForTheAnswer(String method, int status) {
        ServerInvite invite = invited("");
        progress(invite, 180, SipBody.none());
        src.learnTag(bench.sentResponse());
        bench.receive(src.request(method, 2), bench.udp);
        SipResponse refused = bench.sentResponse();
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.header("Retry-After").isPresent()).isEqualTo(status == 500);
        bench.receive(src.request("PRACK", 2, "RAck: 1 1 INVITE\n"), bench.udp);
        assertThat(bench.sentResponse().reason()).isEqualTo("CSeq Out Of Order");
        assertThat(invite.pending()).isTrue();
    }

    @Test
    void aReinviteMayHaveReliableResponsesToo() {
        ServerInvite invite = invited("");
        invite.accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(src.request("INVITE", 2, SUPPORTED), bench.udp);
        bench.sentResponse();
        progress(bench.reinvites.get(0), 183, SDP);
        SipResponse progress = bench.sentResponse();
        bench.reinvites.get(0).accept(List.of(new Header("X-Test", "1")), SDP, bench);
        bench.nothingSent();
        assertThat(prack(3, progress.header("RSeq").orElseThrow() + " 2 INVITE").status())
                .isEqualTo(200);
        assertThat(bench.sentResponse().header("X-Test")).contains("1");
        bench.receive(src.request("ACK", 2), bench.udp);
        assertThat(bench.acks).hasSize(2);
    }

    @Test
    void whatCannotBeSentIsNamed() {
        ServerInvite invite = invited(SUPPORTED);
        assertThatThrownBy(() -> progress(invite, 100, SipBody.none()))
                .hasMessage("status must be 101 to 199, was 100");
        for (int i = 0; i < 9; i++) {
            progress(invite, 180, SipBody.none());
        }
        assertThatThrownBy(() -> progress(invite, 180, SipBody.none())).isInstanceOf(IllegalStateException.class);
        invite.reject(486, "Busy Here");
        bench.network.sent.clear();
        progress(invite, 180, SipBody.none());
        bench.nothingSent();
    }
}
