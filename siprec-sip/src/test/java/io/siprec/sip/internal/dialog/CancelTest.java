package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CANCEL in every state of the INVITE that it is about (RFC 3261 section 9.2). */
class CancelTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private String tag; // in the last answer to the INVITE

    enum State {
        NONE,
        PROCEEDING,
        ACCEPTED,
        ACKNOWLEDGED,
        COMPLETED,
        CONFIRMED,
        TERMINATED,
        REFUSED_BY_THE_STACK
    }

    private void bring(State state) {
        if (state == State.NONE) {
            src.request("INVITE", 1); // never sent
            return;
        }
        boolean unknown = state == State.REFUSED_BY_THE_STACK;
        bench.receive(src.request("INVITE", 1, unknown ? "Require: x-unknown\n" : ""), bench.udp);
        switch (state) {
            case ACCEPTED -> bench.invites.get(0).accept(List.of(), SDP, bench);
            case ACKNOWLEDGED -> {
                bench.invites.get(0).accept(List.of(), SDP, bench);
                bench.network.sent.remove();
                src.learnTag(bench.sentResponse());
                bench.receive(src.sameBranch("ACK", 1), bench.udp);
                tag = src.toTag;
                src.toTag = "";
            }
            case COMPLETED -> bench.invites.get(0).reject(486, "Busy Here");
            case CONFIRMED, TERMINATED -> {
                bench.invites.get(0).reject(486, "Busy Here");
                bench.receive(src.sameBranch("ACK", 1), bench.udp);
                bench.advance(Duration.ofSeconds(state == State.TERMINATED ? 5 : 4));
            }
            default -> assertThat(bench.invites).hasSize(unknown ? 0 : 1);
        }
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE                 | 481 | 0   | unknown
            PROCEEDING           | 200 | 487 | the INVITE is answered with 487
            ACCEPTED             | 200 | 0   | too late, the dialog stays
            ACKNOWLEDGED         | 200 | 0   | too late, the dialog stays
            COMPLETED            | 200 | 0   | too late, the refusal stays
            CONFIRMED            | 200 | 0   | too late, the transaction is still there
            TERMINATED           | 481 | 0   | nothing is left of the INVITE
            REFUSED_BY_THE_STACK | 200 | 0   | too late, the refusal stays
            """)
    void C102_cancelIn(State state, int status, int inviteStatus, String why) {
        bring(state);
        while (!bench.network.sent.isEmpty()) {
            tag = bench.sentResponse().to().tag().orElse("");
        }
        String cancel = src.sameBranch("CANCEL", 1);
        bench.receive(cancel, bench.udp);
        SipResponse answer = bench.sentResponse();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.cseq().method()).isEqualTo("CANCEL");
        assertThat(answer.to().tag()).as("C144").isPresent();
        if (inviteStatus != 0) {
            SipResponse terminated = bench.sentResponse();
            assertThat(terminated.status()).isEqualTo(inviteStatus);
            assertThat(terminated.cseq().method()).isEqualTo("INVITE");
            tag = terminated.to().tag().orElseThrow();
        }
        if (status == 200) {
            assertThat(answer.to().tag()).as("C144 one tag for both").contains(tag);
        }
        bench.nothingSent();

        bench.receive(cancel, bench.udp);
        assertThat(bench.sentResponse().status()).as("sent again").isEqualTo(status);
        bench.nothingSent();
        boolean established = state == State.ACCEPTED || state == State.ACKNOWLEDGED;
        assertThat(bench.statistics().dialogs()).isEqualTo(established ? 1 : 0);
        assertThat(bench.ends).isEmpty();
    }

    @Test
    void C102_cancelOfAReinviteLeavesTheDialog() {
        bring(State.ACKNOWLEDGED);
        bench.network.sent.clear();
        src.toTag = tag;
        List<String> told = new ArrayList<>();
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.reinvites.get(0).onCancel(() -> told.add("cancelled"));
        bench.receive(src.sameBranch("CANCEL", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        SipResponse terminated = bench.sentResponse();
        assertThat(terminated.status()).isEqualTo(487);
        assertThat(terminated.to().tag()).contains(src.toTag);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        assertThat(told).containsExactly("cancelled");
        assertThat(bench.ends).isEmpty();

        bench.receive(src.offer("INVITE", 3), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        SipDialog dialog = bench.reinvites.get(1).accept(List.of(), SDP, bench);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void C102_aCancelByAnotherWayIsUnknown() {
        bring(State.PROCEEDING);
        bench.network.sent.clear();
        bench.receive(src.sameBranch("CANCEL", 1).replace("127.0.0.2:5062;", "127.0.0.2:5063;"), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(481);
        assertThat(bench.invites.get(0).pending()).isTrue();
    }
}
