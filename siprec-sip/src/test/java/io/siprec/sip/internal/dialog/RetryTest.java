package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** Requests of ours that the peer refuses for the moment. */
class RetryTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");
    private final List<Optional<SipResponse>> finals = new ArrayList<>();

    private SipDialog established() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        return dialog;
    }

    private void send(SipDialog dialog, String method) {
        if (method.equals("INVITE")) {
            dialog.reinvite(List.of(new Header("X-Try", "1")), Optional.of(SDP), finals::add);
        } else {
            dialog.request(method, List.of(new Header("X-Try", "1")), Optional.of(SDP), finals::add);
        }
    }

    private void answer(SipRequest request, int status, Header... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "src");
        bench.receive(response.headers(List.of(headers)).toBytes(), bench.udp);
        if (status >= 300 && request.method().equals("INVITE")) {
            assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        }
    }

    /** Milliseconds until something is sent. */
    private long waitForNext() {
        long start = bench.nowMs();
        while (bench.network.sent.isEmpty() && bench.nowMs() - start < 100_000) {
            bench.advance(Duration.ofMillis(10));
        }
        return bench.nowMs() - start;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void C154_after491TheRequestIsSentAgainWithin2Seconds(String method) {
        SipDialog dialog = established();
        send(dialog, method);
        SipRequest first = bench.sentRequest();
        answer(first, 491);
        assertThat(finals).isEmpty();
        assertThat(waitForNext()).isBetween(0L, 2_000L);
        SipRequest second = bench.sentRequest();
        assertThat(second.method()).isEqualTo(method);
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
        assertThat(second.header("X-Try")).contains("1");
        assertThat(second.body()).isEqualTo(first.body());
        answer(second, 200);
        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void C154_theWaitsFillTheirRangeInStepsOf10Milliseconds() {
        IdSource ids = new IdSource();
        for (boolean ours : new boolean[] {false, true}) {
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                waits.add(ids.glareDelay(ours).toMillis());
            }
            assertThat(waits).allMatch(ms -> ms % 10 == 0);
            assertThat(waits.stream().mapToLong(ms -> ms).min()).hasValue(ours ? 2_100 : 0);
            assertThat(waits.stream().mapToLong(ms -> ms).max()).hasValue(ours ? 4_000 : 2_000);
        }
    }

    @Test
    void C154_theTriesAreBoundedAndTheLastRefusalIsTold() {
        SipDialog dialog = established();
        send(dialog, "INVITE");
        for (int tries = 1; tries <= RetryRules.MAX_TRIES; tries++) {
            assertThat(finals).isEmpty();
            answer(bench.sentRequest(), 491);
            waitForNext();
        }
        bench.nothingSent();
        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).orElseThrow().status()).isEqualTo(491);
        assertThat(dialog.ended()).as("the dialog stays as it was").isFalse();
    }

    @Test
    void C154_whileTheNextTryWaitsThePeersOfferIsTaken() {
        SipDialog dialog = established();
        send(dialog, "INVITE");
        answer(bench.sentRequest(), 491);
        assumeTrue(bench.network.sent.isEmpty(), "one wait in 201 is 0: the next try is on its way already");
        bench.receive(src.offer("INVITE", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.advance(Duration.ofSeconds(5));
        bench.nothingSent();
        bench.reinvites.get(0).accept(List.of(), SDP, bench);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        bench.receive(src.request("ACK", 2), bench.udp);
        waitForNext();
        SipRequest second = bench.sentRequest();
        assertThat(second.method()).isEqualTo("INVITE");
        answer(second, 200);
        assertThat(finals).hasSize(1);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void C154_eachTryAsksForItsBody() {
        SipDialog dialog = established();
        List<SipBody> bodies = new ArrayList<>(List.of(SDP, new SipBody("application/sdp", "v=1\r\n".getBytes(UTF_8))));
        dialog.reinvite(List.of(), () -> bodies.remove(0), response -> SipBody.none(), finals::add);
        SipRequest first = bench.sentRequest();
        answer(first, 491);
        waitForNext();
        assertThat(bench.sentRequest().body()).isEqualTo("v=1\r\n".getBytes(UTF_8));
        assertThat(bodies).isEmpty();
    }

    @Test
    void aBodyThatCannotBeMadeAgainEndsTheTries() {
        SipDialog dialog = established();
        List<SipBody> bodies = new ArrayList<>(List.of(SDP));
        dialog.reinvite(List.of(), () -> bodies.remove(0), response -> SipBody.none(), finals::add);
        answer(bench.sentRequest(), 491);
        bench.advance(Duration.ofSeconds(2));
        bench.nothingSent();
        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).orElseThrow().status()).isEqualTo(491);
        assertThat(bench.statistics().loopErrors()).isEqualTo(1);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void C154_aByeDoesNotWaitForTheNextTry() {
        SipDialog dialog = established();
        send(dialog, "INVITE");
        answer(bench.sentRequest(), 491);
        dialog.bye(List.of());
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        assertThat(finals).hasSize(1);
        answer(bye, 200);
        bench.assertEmptyTables();
        bench.nothingSent();
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | status | retry-after         | again after ms | why
            INVITE   | 500    | 7                   | 7000           | C152 the other INVITE of the peer's is unanswered
            UPDATE   | 500    | 0                   | 0              | C153 the other UPDATE of the peer's is unanswered
            UPDATE   | 500    | ''                  | 10000          | C089 no time given: the longest that section 14.2 knows
            INVITE   | 503    | 20 (maintenance)    | 20000          | C155 overloaded, back in 20 s
            INVITE   | 503    | ''                  | -1             | C155 overloaded, and does not say for how long
            UPDATE   | 503    | 3600;duration=60    | -1             | C155 an hour is a refusal
            INFO     | 500    | 1                   | -1             | only what changes the session is tried again
            UPDATE   | 488    | ''                  | -1             | C089 refused for good
            UPDATE   | 405    | ''                  | -1             | C089 not served
            UPDATE   | 501    | ''                  | -1             | C089 not known
            UPDATE   | 415    | ''                  | -1             | C089 the body is not understood
            INVITE   | 606    | 5                   | -1             | C155 refused for good, though there is a Retry-After
            INVITE   | 302    | ''                  | -1             | C155 nobody is asked elsewhere in a dialog
            """)
    void C155_C089_refusalsInADialog(String method, int status, String retryAfter, long again, String why) {
        SipDialog dialog = established();
        send(dialog, method);
        SipRequest first = bench.sentRequest();
        answer(first, status, retryAfter.isEmpty() ? new Header("X-None", "") : new Header("Retry-After", retryAfter));
        if (again < 0) {
            assertThat(finals).hasSize(1);
            assertThat(finals.get(0).orElseThrow().status()).isEqualTo(status);
            bench.advance(Duration.ofSeconds(100));
            bench.nothingSent();
        } else {
            assertThat(finals).isEmpty();
            assertThat(waitForNext()).isEqualTo(again);
            assertThat(bench.sentRequest().method()).isEqualTo(method);
        }
        assertThat(dialog.ended()).isFalse();
    }
}
