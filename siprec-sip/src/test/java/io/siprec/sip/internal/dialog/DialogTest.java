package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
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

/** What holds between two user agents in a dialog (RFC 3261 sections 12 and 14, RFC 3311). */
class DialogTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final SipBody SNAPSHOT_REQUEST =
            new SipBody("application/rs-metadata-request", "<requestsnapshot/>".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private final List<Optional<SipResponse>> finals = new ArrayList<>();

    private SipDialog established(String headers) {
        bench.receive(src.request("INVITE", 1, headers), bench.udp);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        return dialog;
    }

    private void answer(SipRequest request, int status, Header... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src");
        bench.receive(response.headers(List.of(headers)).toBytes(), bench.udp);
    }

    private static Header contact(String uri) {
        return new Header("Contact", "<" + uri + ">");
    }

    private String targetOfTheBye(SipDialog dialog) {
        dialog.bye(List.of());
        return bench.sentRequest().requestUri();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # record-route                                                    | uri                      | routes | why
            <sip:127.0.0.8:5081;lr>                                           | sip:src@127.0.0.2:5062   | <sip:127.0.0.8:5081;lr> | one proxy
            <sip:127.0.0.8:5081;lr;transport=udp>, <sip:127.0.0.8:5060;transport=tcp;lr> | sip:src@127.0.0.2:5062 | <sip:127.0.0.8:5081;lr;transport=udp>, <sip:127.0.0.8:5060;transport=tcp;lr> | a proxy between two transports, twice in the list (RFC 5658)
            <sip:127.0.0.8:5081;lr=on>, <sip:127.0.0.8:5081;lr=on>            | sip:src@127.0.0.2:5062   | <sip:127.0.0.8:5081;lr=on>, <sip:127.0.0.8:5081;lr=on> | the same value twice stays twice
            <sip:127.0.0.8:5081>                                              | sip:127.0.0.8:5081       | <sip:src@127.0.0.2:5062> | one strict router
            <sip:127.0.0.8:5081;method=INVITE?Subject=x>, <sip:127.0.0.9;lr>  | sip:127.0.0.8:5081       | <sip:127.0.0.9;lr>, <sip:src@127.0.0.2:5062> | strict: what a Request-URI may not have is left out
            <sip:127.0.0.8:5081;lr>, <sip:127.0.0.9>                          | sip:src@127.0.0.2:5062   | <sip:127.0.0.8:5081;lr>, <sip:127.0.0.9> | the first one decides
            """)
    void C146_ourRequestsFollowTheRouteSetInItsOrder(String recordRoute, String uri, String routes, String why) {
        SipDialog dialog = established("Record-Route: " + recordRoute + "\n");
        bench.receive(src.offer("INVITE", 2).replace("CSeq", "Record-Route: <sip:127.0.0.99;lr>\nCSeq"), bench.udp);
        bench.sentResponse();
        bench.reinvites.get(0).accept(List.of(), SDP, bench);
        bench.sentResponse();
        bench.receive(src.request("ACK", 2), bench.udp);

        dialog.bye(List.of());
        assertThat(bench.nextPeer().remote().getPort()).isEqualTo(5081);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.requestUri()).isEqualTo(uri);
        assertThat(String.join(", ", bye.values("Route"))).isEqualTo(routes);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | status | moved | why
            INVITE   | 200    | true  | RFC 3261 12.2.2: a re-INVITE refreshes the target
            INVITE   | 488    | false | RFC 6141 4: a refused one changes nothing
            UPDATE   | 200    | true  | RFC 3311 5.2: so does an UPDATE
            UPDATE   | 488    | false | a refused one changes nothing
            INFO     | 200    | false | RFC 3261 12.2: no target refresh request
            """)
    void C147_onlyAcceptedTargetRefreshRequestsMoveTheTarget(String method, int status, boolean moved, String why) {
        SipDialog dialog = established("");
        src.contact = "<sip:moved@127.0.0.2:5099>";
        bench.receive(src.request(method, 2), bench.udp);
        if (!method.equals("INVITE")) {
            bench.requests.get(0).respond(status, "Reason", List.of(), Optional.empty());
        } else if (status == 200) {
            bench.reinvites.get(0).accept(List.of(), SDP, bench);
        } else {
            bench.reinvites.get(0).reject(status, "Reason");
        }
        bench.receive(status == 200 ? src.request("ACK", 2) : src.sameBranch("ACK", 2), bench.udp);
        bench.network.sent.clear();
        assertThat(targetOfTheBye(dialog)).isEqualTo(moved ? "sip:moved@127.0.0.2:5099" : "sip:src@127.0.0.2:5062");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | status | moved | why
            INVITE   | 200    | true  | the Contact of a 2xx is the new target
            UPDATE   | 200    | true  | RFC 3311 5.3
            UPDATE   | 405    | false | a refusal changes nothing
            INVITE   | 488    | false | a refusal changes nothing
            INFO     | 200    | false | no target refresh request
            """)
    void C147_theAnswersToOursMoveTheTarget(String method, int status, boolean moved, String why) {
        SipDialog dialog = established("");
        if (method.equals("INVITE")) {
            dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        } else {
            dialog.request(method, List.of(), Optional.empty(), finals::add);
        }
        answer(bench.sentRequest(), status, contact("sip:moved@127.0.0.2:5099"));
        bench.network.sent.clear();
        assertThat(targetOfTheBye(dialog)).isEqualTo(moved ? "sip:moved@127.0.0.2:5099" : "sip:src@127.0.0.2:5062");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # sent                                            | statuses            | why
            INFO 5, INFO 3, INFO 50                           | 405 500 405         | lower is refused, a gap is not
            INFO 5, INFO 5                                    | 405 500             | the same number in another transaction
            UPDATE 2, BYE 3                                   | 200 200             | one sequence for all methods
            INFO 2147483647, INFO 2147483646, BYE 2147483648  | 405 500 200         | around 2^31: no number wraps
            INFO 4294967295, BYE 4294967294                   | 405 500             | the last number that there is
            OPTIONS 7, INFO 6, OPTIONS 6, INFO 8              | 200 500 500 405     | OPTIONS counts, too
            INFO 0                                            | 500                 | lower than the INVITE's
            """)
    void C149_sequenceNumbersRise(String sent, String statuses, String why) {
        established("");
        List<String> got = new ArrayList<>();
        for (String request : sent.split(", ")) {
            String[] words = request.split(" ");
            bench.receive(src.request(words[0], 7_000_000).replace("CSeq: 7000000", "CSeq: " + words[1]), bench.udp);
            bench.requests.forEach(open -> {
                if (open.request().method().equals("UPDATE")) {
                    open.respond(200, "OK", List.of(), Optional.empty());
                } else {
                    open.refuseMethod();
                }
            });
            SipResponse response = bench.sentResponse();
            got.add(Integer.toString(response.status()));
            assertThat(response.to().tag()).as("C144").contains(src.toTag);
        }
        assertThat(String.join(" ", got)).isEqualTo(statuses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE", "BYE", "INFO", "PRACK"})
    void C150_aDialogIsKnownByAllThreeOfItsIds(String method) {
        established("");
        String right = src.request(method, 2);
        bench.receive(right.replace("Call-ID: call-1", "Call-ID: call-2"), bench.udp);
        assertThat(bench.sentResponse().status()).as("another Call-ID").isEqualTo(481);
        bench.receive(src.request(method, 2).replace("tag=src", "tag=other"), bench.udp);
        assertThat(bench.sentResponse().status()).as("another From tag").isEqualTo(481);
        bench.receive(src.request(method, 2).replace("tag=" + src.toTag, "tag=other"), bench.udp);
        SipResponse unknown = bench.sentResponse();
        assertThat(unknown.status()).as("another To tag").isEqualTo(481);
        assertThat(unknown.to().tag()).as("C144 the tag that was there stays").contains("other");
        assertThat(bench.ends).isEmpty();
        assertThat(bench.reinvites).isEmpty();
        assertThat(bench.requests).isEmpty();
        assertThat(bench.statistics().dialogs()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # open         | comes        | status | why
            INVITE offer   | INVITE offer | 500    | C152 RFC 3261 14.2: the first one has no answer yet
            INVITE offer   | UPDATE offer | 500    | C153 RFC 3311 5.2: an offer of the peer's is open
            INVITE offer   | UPDATE       | 0      | C153 an UPDATE without an offer collides with no offer
            UPDATE offer   | UPDATE offer | 500    | C153 RFC 3311 5.2: the first UPDATE has no answer yet
            UPDATE         | UPDATE       | 500    | C153 RFC 3311 5.2: with an offer or without
            UPDATE offer   | INVITE offer | 500    | C152 RFC 6337 3.1: an offer of the peer's is open
            UPDATE         | INVITE offer | 0      | C152 an UPDATE without an offer collides with no offer
            INFO           | INVITE offer | 0      | C152 no offer is open
            own INVITE     | INVITE offer | 491    | C152 RFC 3261 14.2
            own INVITE     | INVITE       | 491    | C152 RFC 3261 14.2: with an offer or without
            own INVITE     | UPDATE offer | 491    | C153 RFC 3311 5.2: our offer has no answer yet
            own INVITE     | UPDATE       | 0      | C153 an UPDATE without an offer
            own UPDATE     | UPDATE offer | 491    | C153 RFC 3311 5.2
            own UPDATE     | INVITE offer | 491    | C152 RFC 6337 3.1
            own SNAPSHOT   | INVITE offer | 0      | C152 our UPDATE has no offer
            own SNAPSHOT   | UPDATE offer | 0      | C153 our UPDATE has no offer
            """)
    void C152_C153_glare(String open, String comes, int status, String why) {
        SipDialog dialog = established("");
        switch (open) {
            case "own INVITE" -> dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
            case "own UPDATE" -> dialog.request("UPDATE", List.of(), Optional.of(SDP), finals::add);
            case "own SNAPSHOT" -> dialog.request("UPDATE", List.of(), Optional.of(SNAPSHOT_REQUEST), finals::add);
            default -> bench.receive(theirs(open, 2), bench.udp);
        }
        bench.network.sent.clear();
        int before = bench.reinvites.size() + bench.requests.size();
        bench.receive(theirs(comes, 3), bench.udp);
        if (status == 0) {
            assertThat(bench.reinvites.size() + bench.requests.size()).as(why).isEqualTo(before + 1);
            return;
        }
        SipResponse response = bench.sentResponse();
        assertThat(response.status()).as(why).isEqualTo(status);
        assertThat(bench.reinvites.size() + bench.requests.size()).isEqualTo(before);
        if (status == 500) {
            assertThat(Integer.parseInt(response.header("Retry-After").orElseThrow()))
                    .isBetween(0, 10);
        }
        assertThat(dialog.ended()).isFalse();
    }

    private String theirs(String request, int cseq) {
        String method = request.split(" ")[0];
        return request.endsWith(" offer") ? src.offer(method, cseq) : src.request(method, cseq);
    }

    @Test
    void C153_noOfferOfOursGoesOutAgainstAnother() {
        SipDialog dialog = established("");
        bench.receive(src.offer("UPDATE", 2), bench.udp);
        assertThatThrownBy(() -> dialog.request("UPDATE", List.of(), Optional.of(SDP), finals::add))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dialog.reinvite(List.of(), Optional.of(SDP), finals::add))
                .isInstanceOf(IllegalStateException.class);
        dialog.request("UPDATE", List.of(), Optional.of(SNAPSHOT_REQUEST), finals::add);
        assertThat(bench.sentRequest().method()).isEqualTo("UPDATE");
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.of(SDP));
        bench.sentResponse();

        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        bench.sentRequest();
        assertThatThrownBy(() -> dialog.request("UPDATE", List.of(), Optional.of(SDP), finals::add))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 403, 415, 420, 480, 488, 501, 600, 603, 606})
    void C096_C155_aRefusedReinviteLeavesTheDialogAsItWas(int status) {
        SipDialog dialog = established("");
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        answer(invite, status, contact("sip:moved@127.0.0.2:5099"));
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).orElseThrow().status()).isEqualTo(status);
        assertThat(dialog.ended()).isFalse();
        assertThat(bench.ends).isEmpty();
        bench.receive(src.offer("UPDATE", 2), bench.udp);
        assertThat(bench.requests).as("nothing of it is left in the way").hasSize(1);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.of(SDP));
        bench.sentResponse();
        assertThat(targetOfTheBye(dialog)).isEqualTo("sip:src@127.0.0.2:5062");
    }

    @Test
    void C096_aReinviteThatWeRefuseLeavesTheDialogAsItWas() {
        SipDialog dialog = established("");
        src.contact = "<sip:moved@127.0.0.2:5099>";
        bench.receive(src.offer("INVITE", 2), bench.udp);
        bench.sentResponse();
        bench.reinvites.get(0).reject(488, "Not Acceptable Here");
        assertThat(bench.sentResponse().status()).isEqualTo(488);
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        assertThat(bench.ends).isEmpty();
        assertThat(bench.acks).as("the ACK of a refusal is the transaction's").hasSize(1);
        assertThat(targetOfTheBye(dialog)).isEqualTo("sip:src@127.0.0.2:5062");
    }

    @Test
    void C155_aByeIsTheEndWhateverIsAnswered() {
        SipDialog dialog = established("");
        dialog.bye(List.of());
        answer(bench.sentRequest(), 500, new Header("Retry-After", "1"));
        assertThat(dialog.ended()).isTrue();
        assertThat(bench.ends).hasSize(1);
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void C089_whatThePeerAllowsIsWhatItSaidLast() {
        SipDialog silent = established("");
        assertThat(silent.peerAllows("UPDATE")).as("no Allow says nothing").isTrue();

        src.callId = "call-2";
        src.toTag = "";
        bench.invites.clear();
        SipDialog dialog = established("Allow: INVITE, ACK, BYE\nAllow: CANCEL\n");
        assertThat(dialog.peerAllows("UPDATE")).isFalse();
        assertThat(dialog.peerAllows("CANCEL")).isTrue();
        bench.receive(src.request("UPDATE", 2, "Allow: INVITE, ACK, BYE, UPDATE\n"), bench.udp);
        bench.requests.get(0).respond(200, "OK", List.of(), Optional.empty());
        bench.sentResponse();
        assertThat(dialog.peerAllows("UPDATE")).isTrue();
        dialog.request("UPDATE", List.of(), Optional.of(SNAPSHOT_REQUEST), finals::add);
        answer(bench.sentRequest(), 405, new Header("Allow", "INVITE, ACK, BYE"));
        assertThat(dialog.peerAllows("UPDATE")).isFalse();
        assertThat(dialog.ended()).as("the recording goes on").isFalse();
    }

    @Test
    void C153_anUpdateAgainstTheOfferInOur200() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.offer("UPDATE", 2), bench.udp);
        assertThat(bench.sentResponse().status())
                .as("its answer is to come in the ACK")
                .isEqualTo(491);
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(src.offer("UPDATE", 3), bench.udp);
        assertThat(bench.requests).hasSize(1);
    }

    @Test
    void aReinviteWithoutAnOfferBringsTheAnswerInItsAck() {
        SipDialog dialog = established("");
        List<Integer> asked = new ArrayList<>();
        dialog.reinvite(
                List.of(),
                SipBody::none,
                response -> {
                    asked.add(response.status());
                    return SDP;
                },
                finals::add);
        SipRequest invite = bench.sentRequest();
        assertThat(invite.bodyLength()).isZero();
        bench.receive(src.offer("UPDATE", 2), bench.udp);
        assertThat(bench.sentResponse().status())
                .as("the peer's offer is to come in the 2xx")
                .isEqualTo(491);
        answer(invite, 200);
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.contentType()).contains("application/sdp");
        assertThat(ack.body()).isEqualTo(SDP.content());
        answer(invite, 200);
        assertThat(bench.sentRequest().toBytes()).as("the same ACK again").isEqualTo(ack.toBytes());
        assertThat(asked).containsExactly(200);
    }

    @Test
    void aReinviteThatStaysProvisionalIsCancelledAfter3Minutes() {
        SipDialog dialog = established("");
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        SipRequest invite = bench.sentRequest();
        answer(invite, 100);
        bench.advance(Duration.ofSeconds(179));
        bench.nothingSent();
        bench.advance(Duration.ofSeconds(1));
        SipRequest cancel = bench.sentRequest();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.topVia()).isEqualTo(invite.topVia());
        assertThat(cancel.cseq().number()).isEqualTo(invite.cseq().number());
        assertThat(Reason.of(cancel)).containsExactly(Reason.sip(408, "Request Timeout"));
        answer(cancel, 200);
        answer(invite, 487);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(finals).hasSize(1);
        assertThat(dialog.ended()).as("the session goes on as it was").isFalse();
    }

    @Test
    void aReinviteThatIsNeverAnsweredEndsTheDialogInTheEnd() {
        SipDialog dialog = established("");
        dialog.reinvite(List.of(), Optional.of(SDP), finals::add);
        answer(bench.sentRequest(), 100);
        bench.advance(Duration.ofSeconds(180 + 32));
        assertThat(finals).containsExactly(Optional.empty());
        assertThat(dialog.ended()).isTrue();
        bench.assertEmptyTables();
    }

    @Test
    void C137_C142_anAckOfAnotherCSeqChangesNothing() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 2), bench.udp);
        assertThat(bench.acks).isEmpty();
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentResponse().status()).as("the 200 goes on").isEqualTo(200);
        bench.receive(src.request("ACK", 1), bench.udp);
        assertThat(bench.acks).hasSize(1);
    }
}
