package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.PeerRetransmissions;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a call ended, in what is sent and in what is told (RFC 3326). */
class CallReasonTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final String PEERS_REASON = "Reason: SIP;cause=480;text=\"gone\", Q.850;cause=18\n";

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");

    private SipDialog accepted() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        return dialog;
    }

    private SipDialog established() {
        SipDialog dialog = accepted();
        bench.receive(src.request("ACK", 1), bench.udp);
        return dialog;
    }

    @Test
    void C100_ourByeSaysNormalClearingUnlessToldOtherwise() {
        established().bye(List.of());
        assertThat(Reason.of(bench.sentRequest())).containsExactly(Reason.NORMAL_CLEARING);
    }

    @Test
    void C100_ourByeSaysWhatTheApplicationSays() {
        established().bye(List.of(Reason.sip(503, "Disk full").header()));
        assertThat(Reason.of(bench.sentRequest())).containsExactly(Reason.sip(503, "Disk full"));
    }

    @Test
    void aByeThatCannotBeWrittenEndsTheDialogAllTheSame() {
        SipDialog dialog = established();
        dialog.bye(List.of(new Header("Call-ID", "another")));
        bench.nothingSent();
        assertThat(dialog.ended()).isTrue();
        assertThat(bench.statistics().dialogs()).isZero();
    }

    @Test
    void C140_theByeAfterAMissingAckSaysSo() {
        accepted();
        bench.advance(Duration.ofMillis(31_990));
        bench.network.sent.clear();
        bench.advance(Duration.ofMillis(10));
        assertThat(Reason.of(bench.sentRequest())).containsExactly(Reason.sip(408, "No ACK"));
    }

    @Test
    void C155_theByeOfALostDialogSaysWhatWasAnswered() {
        established().request("UPDATE", List.of(), Optional.empty(), r -> {});
        SipRequest update = bench.sentRequest();
        bench.receive(
                SipResponse.answer(update, FakeNetwork.LOCAL, 481, "Gone", "src")
                        .toBytes(),
                bench.udp);
        assertThat(Reason.of(bench.sentRequest())).containsExactly(Reason.sip(481, "Dialog Lost"));
    }

    @Test
    void C099_thePeersByeIsAnsweredAndItsReasonsAreTold() {
        SipDialog dialog = established();
        bench.receive(src.request("BYE", 2, PEERS_REASON), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.ends).hasSize(1);
        assertThat(bench.ends.get(0).reasons()).containsExactly(Reason.sip(480, "gone"), Reason.q850(18, ""));
        assertThat(dialog.ended()).isTrue();

        bench.receive(src.request("BYE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).as("the dialog is gone").isEqualTo(481);
        assertThat(bench.ends).hasSize(1);
        bench.assertEmptyTables();
    }

    @Test
    void C102_theReasonsOfACancelAreTold() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        String cancel = src.sameBranch("CANCEL", 1).replace("Content-Length", PEERS_REASON + "Content-Length");
        bench.receive(cancel, bench.udp);
        assertThat(bench.invites.get(0).pending()).isFalse();
        assertThat(bench.invites.get(0).cancelReasons()).containsExactly(Reason.sip(480, "gone"), Reason.q850(18, ""));
    }

    @Test
    void retransmissionsAreCountedByPeer() {
        String invite = src.request("INVITE", 1);
        bench.receive(invite, bench.udp);
        bench.receive(invite, bench.udp);
        bench.invites.get(0).accept(List.of(), SDP, bench);
        bench.advance(Duration.ofMillis(1_500));
        assertThat(bench.counters.retransmissions())
                .as("an INVITE came again; 100 once and 200 twice went again")
                .containsExactly(new PeerRetransmissions(bench.udp.remote().getAddress(), 1, 3));
    }
}
