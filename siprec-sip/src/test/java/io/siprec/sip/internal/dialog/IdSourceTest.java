package io.siprec.sip.internal.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdSourceTest {
    private final IdSource ids = new IdSource();

    @Test
    void C144_tenThousandDialogsHaveTenThousandTags() {
        Bench bench = new Bench();
        Requests src = new Requests("TCP");
        Set<String> tags = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            src.callId = "call-" + i;
            src.toTag = "";
            bench.receive(src.request("INVITE", 1), bench.tcp);
            SipDialog dialog = bench.invites.get(i).accept(List.of(), SipBody.none(), bench);
            bench.network.sent.remove();
            src.learnTag(bench.sentResponse());
            assertThat(dialog.localTag()).isEqualTo(src.toTag).matches("[0-9a-f]{16}"); // 64 bits
            tags.add(src.toTag);
            bench.receive(src.request("ACK", 1), bench.tcp);
            bench.receive(src.request("BYE", 2), bench.tcp);
            assertThat(bench.sentResponse().status()).isEqualTo(200);
            bench.advance(Duration.ofMillis(10));
        }
        assertThat(tags).hasSize(10_000);
        assertThat(bench.ends).hasSize(10_000).extracting(DialogEnd::cause).containsOnly(DialogEnd.Cause.REMOTE_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void C144_noBitOfATagStandsStill() {
        long ones = 0;
        long zeros = 0;
        for (int i = 0; i < 1_000; i++) {
            long tag = Long.parseUnsignedLong(ids.tag(), 16);
            ones |= tag;
            zeros |= ~tag;
        }
        assertThat(ones).isEqualTo(-1L);
        assertThat(zeros).isEqualTo(-1L);
    }

    @Test
    void branchesHaveTheCookieAndNeverRepeat() {
        Set<String> branches = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            branches.add(ids.branch());
        }
        assertThat(branches).hasSize(10_000).allMatch(branch -> branch.matches("z9hG4bK[0-9a-f]{24}"));
        assertThat(ids.callId()).matches("[0-9a-f]{32}").isNotEqualTo(ids.callId());
    }

    @Test
    void C148_ourCSeqStartsLowAndRisesByOneWhateverTheMethod() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(ids.firstCSeq()).isBetween(1L, 10_000L);
        }
        Bench bench = new Bench();
        Requests src = new Requests("UDP");
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        long last = -1;
        for (String method : List.of("OPTIONS", "UPDATE", "INFO", "INVITE", "BYE")) {
            switch (method) {
                case "INVITE" -> dialog.reinvite(List.of(), Optional.empty(), r -> {});
                case "BYE" -> dialog.bye(List.of());
                default -> dialog.request(method, List.of(), Optional.empty(), r -> {});
            }
            SipRequest request = bench.sentRequest();
            assertThat(request.cseq().method()).isEqualTo(method);
            assertThat(request.cseq().number()).isLessThan(1L << 31);
            if (last >= 0) {
                assertThat(request.cseq().number()).isEqualTo(last + 1);
            }
            last = request.cseq().number();
        }
    }
}
