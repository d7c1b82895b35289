package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.Corpus;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.SessionTimerSettings;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Session timers in calls that we answer (RFC 4028), on a clock moved by hand. */
class SessionTimerTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\no=- 7 7 IN\r\n".getBytes(UTF_8));
    private static final String TIMER = "Supported: timer\n";
    private static final String UPDATE = "Allow: INVITE, ACK, BYE, UPDATE\n";

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private SipDialog dialog;
    private long started; // in ms, when the 2xx went out

    private SipResponse answered(Bench on, String headers) {
        on.receive(src.request("INVITE", 1, headers), on.udp);
        on.sentResponse();
        dialog = on.invites.get(0).accept(List.of(), SDP, on);
        SipResponse ok = on.sentResponse();
        started = on.nowMs();
        src.learnTag(ok);
        on.receive(src.request("ACK", 1), on.udp);
        return ok;
    }

    private SipRequest refreshAt(int second) {
        advanceTo(second - 1);
        bench.nothingSent();
        advanceTo(second);
        return bench.sentRequest();
    }

    private void advanceTo(int second) {
        bench.advance(Duration.ofMillis(started + second * 1000L - bench.nowMs()));
    }

    private void answer(SipRequest request, int status, String... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src");
        response.header("Contact", "<sip:src@127.0.0.2:5062>");
        for (String header : headers) {
            response.header(header.split(": ")[0], header.split(": ")[1]);
        }
        bench.receive(response.toBytes(), bench.udp);
    }

    private void expectExpiry() {
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        assertThat(bye.header("Reason")).contains("SIP;cause=408;text=\"Session timer expired\"");
        assertThat(bench.ends).isEmpty();
        answer(bye, 200);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.SESSION_EXPIRED);
        bench.assertEmptyTables();
    }

    @Test
    void C160_theSuccessSupportsTimers() {
        SipResponse ok = answered(bench, "Require: timer\nSession-Expires: 1800\n");
        assertThat(ok.values("Supported")).contains("timer");
        assertThat(ok.header("Session-Expires")).contains("1800;refresher=uac");
        assertThat(ok.values("Require")).containsExactly("timer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cisco-cube-2019.sip", "ribbon-sonus-sbc.sip", "crafted-ok-multiple-require.sip"})
    void C160_C166_samplesWithTimersAndReliableResponsesAreTaken(String sample) {
        bench.receive(Corpus.bytes(Corpus.folder("invites").resolve(sample)), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.invites.get(0).accept(List.of(), SDP, bench);
        SipResponse ok = bench.sentResponse();
        assertThat(ok.status()).isEqualTo(200);
        boolean asks = bench.invites.get(0).request().header("Session-Expires").isPresent();
        assertThat(ok.header("Session-Expires")).isEqualTo(asks ? Optional.of("1800;refresher=uac") : Optional.empty());
    }

    @Test
    void C161_aSampleWithTooSmallAnIntervalIsRefused() {
        bench.receive(
                Corpus.bytes(Corpus.folder("invites").resolve("crafted-bad-session-expires-small.sip")), bench.udp);
        SipResponse refused = bench.sentResponse();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Min-SE")).contains("90");
        assertThat(bench.invites).isEmpty();
    }

    @Test
    void C161_tooSmallAnIntervalIsRefusedBeforeTheApplicationHearsOfIt() {
        bench.receive(src.request("INVITE", 1, TIMER + "x: 89\n"), bench.udp);
        SipResponse refused = bench.sentResponse();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.reason()).isEqualTo("Session Interval Too Small");
        assertThat(refused.header("Min-SE")).contains("90");
        assertThat(bench.invites).isEmpty();
        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        bench.assertEmptyTables();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void C161_aRefreshWithTooSmallAnIntervalLeavesTheTimerAsItWas(String method) {
        answered(bench, TIMER + "Session-Expires: 90\n");
        bench.receive(src.request(method, 2, TIMER + "Session-Expires: 30\n"), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(422);
        if (method.equals("INVITE")) {
            bench.receive(src.sameBranch("ACK", 2), bench.udp);
        }
        assertThat(bench.reinvites).isEmpty();
        assertThat(bench.requests).isEmpty();
        advanceTo(60);
        expectExpiry();
    }

    @Test
    void C150_anUnknownDialogIsToldBeforeABadInterval() {
        src.toTag = "nobody";
        bench.receive(src.request("INVITE", 1, TIMER + "Session-Expires: 30\n"), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(481);
    }

    @Test
    void C163_aTimerIsAskedForOnlyWhereConfigured() {
        assertThat(answered(bench, TIMER).header("Session-Expires")).isEmpty();
        src.toTag = "";
        Bench asking = new Bench(settings -> settings.sessionTimers(
                SessionTimerSettings.builder().askAsServer(true).build()));
        SipResponse ok = answered(asking, "");
        assertThat(ok.header("Session-Expires")).contains("1800;refresher=uas");
        assertThat(ok.header("Require")).isEmpty();
    }

    @Test
    void withoutTimersTheOptionTagIsUnknown() {
        Bench off = new Bench(settings -> settings.sessionTimers(SessionTimerSettings.off()));
        off.receive(src.request("INVITE", 1, "Require: timer\n"), off.udp);
        assertThat(off.sentResponse().header("Unsupported")).contains("timer");
        src.callId = "call-2";
        SipResponse ok = answered(off, TIMER + "Session-Expires: 30\n");
        assertThat(ok.header("Session-Expires")).isEmpty();
        assertThat(ok.values("Supported")).doesNotContain("timer");
    }

    @Test
    void C165_withoutARefreshTheSessionExpires() {
        answered(bench, TIMER + "Session-Expires: 90\n");
        advanceTo(59);
        bench.nothingSent();
        advanceTo(60);
        expectExpiry();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void C165_eachRefreshStartsTheTimeAnew(String method) {
        answered(bench, TIMER + "Session-Expires: 90\n");
        for (int cseq = 2; cseq < 5; cseq++) {
            bench.advance(Duration.ofSeconds(50));
            bench.receive(src.request(method, cseq, TIMER + "Session-Expires: 90;refresher=uac\n"), bench.udp);
            SipResponse ok = accepted(method, cseq);
            assertThat(ok.header("Session-Expires")).contains("90;refresher=uac");
            assertThat(ok.values("Require")).containsExactly("timer");
        }
        assertThat(bench.ends).isEmpty();
        started = bench.nowMs();
        advanceTo(60);
        expectExpiry();
    }

    private SipResponse accepted(String method, int cseq) {
        if (method.equals("UPDATE")) {
            bench.requests.get(bench.requests.size() - 1).respond(200, "OK", List.of(), Optional.empty());
            return bench.sentResponse();
        }
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.reinvites.get(bench.reinvites.size() - 1).accept(List.of(), SDP, bench);
        SipResponse ok = bench.sentResponse();
        bench.receive(src.request("ACK", cseq), bench.udp);
        return ok;
    }

    @Test
    void C165_aRefreshThatAsksForNoTimerEndsIt() {
        answered(bench, TIMER + "Session-Expires: 90\n");
        bench.receive(src.request("UPDATE", 2, TIMER), bench.udp);
        assertThat(accepted("UPDATE", 2).header("Session-Expires")).isEmpty();
        advanceTo(500);
        bench.nothingSent();
    }

    @Test
    void C165_aRefusedRefreshIsNone() {
        answered(bench, TIMER + "Session-Expires: 90\n");
        advanceTo(40);
        bench.receive(src.request("INVITE", 2, TIMER + "Session-Expires: 90\n"), bench.udp);
        bench.sentResponse();
        bench.reinvites.get(0).reject(488, "Not Acceptable Here");
        bench.sentResponse();
        bench.receive(src.sameBranch("ACK", 2), bench.udp);
        advanceTo(60);
        expectExpiry();
    }

    @Test
    void C164_asRefresherWeSendUpdateAtHalfTheInterval() {
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        for (int i = 1; i <= 3; i++) {
            SipRequest update = refreshAt(45);
            assertThat(update.method()).isEqualTo("UPDATE");
            assertThat(update.header("Session-Expires")).contains("90;refresher=uac");
            assertThat(update.values("Supported")).contains("timer");
            assertThat(update.contact()).as("a refresh is a target refresh").isPresent();
            assertThat(update.bodyLength()).as("nothing changes in the media").isZero();
            started = bench.nowMs();
            answer(update, 200, "Session-Expires: 90;refresher=uac");
        }
        assertThat(bench.ends).isEmpty();
        bench.receive(src.request("BYE", 2), bench.udp);
        bench.sentResponse();
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @Test
    void C164_withoutUpdateARefreshIsAReinviteWithTheSameDescription() {
        bench.description = Optional.of(SDP);
        answered(bench, "Allow: INVITE, ACK, BYE\nSession-Expires: 90\n");
        SipRequest reinvite = refreshAt(45);
        assertThat(reinvite.method()).isEqualTo("INVITE");
        assertThat(reinvite.header("Session-Expires")).contains("90;refresher=uac");
        assertThat(reinvite.body()).isEqualTo(SDP.content());
        started = bench.nowMs();
        answer(reinvite, 200, "Session-Expires: 90;refresher=uac");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(refreshAt(45).method()).isEqualTo("INVITE");
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 488, 501})
    void C164_afterARefusedUpdateRefreshesAreReinvites(int status) {
        bench.description = Optional.of(SDP);
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        answer(refreshAt(45), status);
        SipRequest reinvite = bench.sentRequest();
        assertThat(reinvite.method()).isEqualTo("INVITE");
        started = bench.nowMs();
        answer(reinvite, 200, "Session-Expires: 90;refresher=uac", "Allow: INVITE, UPDATE");
        bench.sentRequest();
        assertThat(refreshAt(45).method()).as("once is enough").isEqualTo("INVITE");
    }

    @Test
    void C164_aRefusedIntervalIsRetriedWithTheLeastThatIsWanted() {
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        SipRequest first = refreshAt(45);
        assertThat(first.header("Min-SE")).isEmpty();
        answer(first, 422, "Min-SE: 120");
        SipRequest longer = bench.sentRequest();
        assertThat(longer.method()).isEqualTo("UPDATE");
        assertThat(longer.headers("Session-Expires")).containsExactly("120;refresher=uac");
        assertThat(longer.headers("Min-SE")).containsExactly("120");
        assertThat(longer.cseq().number()).isEqualTo(first.cseq().number() + 1);
        started = bench.nowMs();
        answer(longer, 200, "Session-Expires: 120;refresher=uac");
        SipRequest next = refreshAt(60);
        assertThat(next.header("Session-Expires")).contains("120;refresher=uac");
        assertThat(next.header("Min-SE")).as("kept for the dialog, section 7.4").contains("120");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Min-SE: 90", "X-None: 1"})
    void C164_a422ThatAsksForNothingMoreIsNoReasonToTryAgainAtOnce(String header) {
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        answer(refreshAt(45), 422, header);
        bench.nothingSent();
    }

    @Test
    void C154_C164_aRefreshThatCollidesIsSentAgainSoon() {
        bench.description = Optional.of(SDP);
        answered(bench, TIMER + "Session-Expires: 90;refresher=uas\n");
        answer(refreshAt(45), 491);
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        bench.advance(Duration.ofMillis(2_100));
        assertThat(bench.sentRequest().method()).isEqualTo("INVITE");
    }

    @Test
    void C164_aRefreshThatFailsIsTriedAgainBeforeTheSessionExpires() {
        answered(bench, TIMER + UPDATE + "Session-Expires: 1800;refresher=uas\n");
        answer(refreshAt(900), 606);
        SipRequest again = refreshAt(900 + 434);
        assertThat(again.method()).isEqualTo("UPDATE");
        started = bench.nowMs();
        answer(again, 200, "Session-Expires: 1800;refresher=uac");
        assertThat(refreshAt(900).method()).isEqualTo("UPDATE");
    }

    @Test
    void C165_asRefresherWeGiveUpToo() {
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        List<Long> tries = new ArrayList<>();
        while (bench.nowMs() < started + 60_000) {
            bench.advance(Duration.ofMillis(10));
            while (bench.nowMs() < started + 60_000 && !bench.network.sent.isEmpty()) {
                SipRequest refresh = bench.sentRequest();
                tries.add(bench.nowMs() - started);
                answer(refresh, 606);
            }
        }
        assertThat(tries).as("fewer and fewer, not a flood").hasSizeBetween(2, 6);
        expectExpiry();
    }

    @ParameterizedTest
    @CsvSource({"481", "408"})
    void C155_aRefreshThatFindsNoDialogEndsIt(int status) {
        answered(bench, TIMER + UPDATE + "Session-Expires: 90;refresher=uas\n");
        answer(refreshAt(45), status);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.REQUEST_FAILED);
        assertThat(bench.sentRequest().method()).isEqualTo("BYE");
        bench.assertEmptyTables();
    }

    @Test
    void C164_ourOwnReinviteRefreshesToo() {
        answered(bench, TIMER + "Session-Expires: 90;refresher=uas\n");
        advanceTo(40);
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        SipRequest reinvite = bench.sentRequest();
        assertThat(reinvite.header("Session-Expires")).contains("90;refresher=uac");
        started = bench.nowMs();
        answer(reinvite, 200, "Session-Expires: 90;refresher=uas");
        bench.sentRequest();
        advanceTo(59);
        bench.nothingSent();
        advanceTo(60);
        expectExpiry();
    }

    @Test
    void whoRefreshesIsNamedForTheRequestAtHand() {
        answered(bench, TIMER + "Session-Expires: 120\nMin-SE: 100\n");
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        SipRequest reinvite = bench.sentRequest();
        assertThat(reinvite.header("Session-Expires")).contains("120;refresher=uas");
        assertThat(reinvite.header("Min-SE"))
                .as("the peer's, for proxies on the way")
                .contains("100");
    }
}
