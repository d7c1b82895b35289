package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipDialog;
import io.siprec.sip.guard.CidrBlock;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.SipLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DoorkeeperTest {
    private final Requests src = new Requests("UDP");

    private static Bench guarded(SipGuard.Builder guard) {
        return new Bench(SipLimits.withDefaults(), settings -> settings, guard.build());
    }

    private SipResponse answer(Bench bench, String request) {
        bench.receive(request, bench.udp);
        return bench.sentResponse();
    }

    @ParameterizedTest
    @CsvSource({"INVITE", "OPTIONS", "REGISTER", "BYE"})
    void C212_aSourceOnNoListGets403AndLeavesNothingBehind(String method) {
        Bench bench = guarded(SipGuard.builder()
                .allow(List.of(CidrBlock.parse("192.0.2.0/24")))
                .unknownSource(SipGuard.UnknownSource.FORBID));
        String request = src.request(method, 1);
        SipResponse response = answer(bench, request);
        assertThat(response.status()).isEqualTo(403);
        assertThat(bench.statistics().serverTransactions()).isZero();
        assertThat(bench.statistics().dropped()).containsEntry("unwelcome-source", 1L);
        assertThat(answer(bench, request).to().tag())
                .as("the same tag for the same request (RFC 3261 section 8.2.7)")
                .isEqualTo(response.to().tag());

        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        bench.receive("INVITE sip:a@b SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\n\n", bench.udp);
        bench.nothingSent();
        assertThat(bench.invites).isEmpty();
        bench.assertEmptyTables();
    }

    @Test
    void C212_anAllowedSourceIsServed() {
        Bench bench = guarded(SipGuard.builder()
                .allow(List.of(CidrBlock.parse("127.0.0.0/24")))
                .unknownSource(SipGuard.UnknownSource.FORBID));
        assertThat(answer(bench, src.request("OPTIONS", 1)).status()).isEqualTo(200);
    }

    @Test
    void C212_INVITEsOverTheRateGet503AndTheCallsThatAreGoOn() {
        Bench bench = guarded(SipGuard.builder().invitesPerSource(2));
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        String tag = bench.sentResponse().to().tag().orElseThrow();

        src.callId = "call-2";
        assertThat(answer(bench, src.request("INVITE", 1)).status()).isEqualTo(100);
        src.callId = "call-3";
        SipResponse over = answer(bench, src.request("INVITE", 1));
        assertThat(over.status()).isEqualTo(503);
        assertThat(over.reason()).isEqualTo("Too Many INVITEs");
        assertThat(over.header("Retry-After")).isPresent();
        assertThat(bench.statistics().serverTransactions()).as("stateless").isEqualTo(2);
        assertThat(bench.statistics().dropped()).containsEntry("invite-rate-limit", 1L);

        src.callId = "call-1";
        src.toTag = tag;
        bench.receive(src.request("INVITE", 2), bench.udp);
        assertThat(bench.reinvites).as("a re-INVITE is no new call").hasSize(1);
        assertThat(dialog.ended()).isFalse();

        src.callId = "call-4";
        src.toTag = "";
        bench.network.sent.clear();
        bench.advance(Duration.ofMillis(500));
        bench.network.sent.clear();
        assertThat(answer(bench, src.request("INVITE", 1)).status())
                .as("the bucket fills up")
                .isEqualTo(100);
    }

    private enum Cause {
        DIALOGS("Too Many Dialogs", "dialog-limit"),
        TRANSACTIONS("Too Many Transactions", "transaction-limit"),
        TASKS("Overloaded, Work Is Waiting", "unavailable"),
        LATE("Overloaded, Signalling Is Late", "unavailable"),
        APPLICATION("Disk Full", "unavailable");

        private final String reason;
        private final String counter;

        Cause(String reason, String counter) {
            this.reason = reason;
            this.counter = counter;
        }

        void bringAbout(Bench bench) {
            bench.queuedTasks = this == TASKS ? 8 : 0;
            bench.late = this == LATE;
            bench.unavailable = this == APPLICATION
                    ? Optional.of(new Unavailable("Disk Full", Duration.ofSeconds(60)))
                    : Optional.empty();
        }

        SipLimits limits() {
            return switch (this) {
                case DIALOGS -> SipLimits.builder().maxDialogs(1).build();
                case TRANSACTIONS -> SipLimits.builder().maxTransactions(2).build();
                default -> SipLimits.builder().maxQueuedTasks(10).build();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void C156_C159_C217_underOverloadNewCallsAndOptionsGet503AndDialogsGoOn(Cause cause) {
        Bench bench = new Bench(cause.limits());
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        String tag = bench.sentResponse().to().tag().orElseThrow();
        src.toTag = tag;
        bench.receive(src.request("ACK", 1), bench.udp);
        if (cause == Cause.TRANSACTIONS) {
            assertThat(answer(bench, src.request("OPTIONS", 2)).status()).isEqualTo(200);
        }
        cause.bringAbout(bench);

        src.callId = "another";
        src.toTag = "";
        SipResponse refused = answer(bench, src.request("INVITE", 1));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.reason()).isEqualTo(cause.reason);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(bench.statistics().dropped()).containsEntry(cause.counter, 1L);
        SipResponse options = answer(bench, src.request("OPTIONS", 2));
        assertThat(options.status()).isEqualTo(503);
        assertThat(options.reason()).isEqualTo(cause.reason);
        assertThat(options.header("Retry-After")).isEqualTo(refused.header("Retry-After"));
        if (cause == Cause.TRANSACTIONS) { // there is no room for any request then
            return;
        }
        src.callId = "call-1";
        src.toTag = tag;
        assertThat(answer(bench, src.request("OPTIONS", 3)).status())
                .as("an INVITE in the dialog would go on")
                .isEqualTo(200);
        bench.receive(src.request("INVITE", 4), bench.udp);
        assertThat(bench.reinvites).hasSize(1);
        bench.network.sent.clear();
        assertThat(answer(bench, src.request("BYE", 5)).status()).isEqualTo(200);
    }

    @Test
    void transactionsLeaveRoomForTheDialogsThatAre() {
        Bench bench = new Bench(SipLimits.builder().maxTransactions(20).build());
        for (int i = 0; i < 18; i++) {
            answer(bench, src.request("OPTIONS", 1 + i));
        }
        assertThat(answer(bench, src.request("INVITE", 30)).status()).isEqualTo(503);
        assertThat(answer(bench, src.request("BYE", 31)).status())
                .as("looked at")
                .isEqualTo(481);
    }

    @Test
    void C159_aFailingApplicationMakesA500ThatTellsNothingOfTheFault() {
        Bench bench = new Bench();
        bench.failing = true;
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        String text = new String(bench.network.sent.remove().bytes(), UTF_8);
        assertThat(text)
                .startsWith("SIP/2.0 500 Server Internal Error\r\n")
                .doesNotContain("Exception")
                .doesNotContain("on purpose")
                .doesNotContain("\tat ");
        assertThat(bench.statistics().loopErrors()).isEqualTo(1);
    }

    @Test
    void aFailingOverloadAnswerCostsNoCall() {
        Bench bench = new Bench();
        bench.unavailable = null;
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        assertThat(bench.statistics().loopErrors()).isPositive();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            # request   | why
            INVITE      | the limit of INVITEs
            OPTIONS     | overload
            REGISTER    | 405
            NEWMETHOD   | 501
            BYE         | 481
            """)
    void C213_refusalsAreAboutAsSmallAsTheRequest(String method, String why) {
        Bench bench = guarded(SipGuard.builder().invitesPerSource(1));
        String first = src.request("INVITE", 1);
        bench.receive(first, bench.udp);
        assertThat(bench.network.sent.remove().bytes().length).as("100").isLessThan(first.length());
        bench.unavailable = Optional.of(new Unavailable("Overloaded, Signalling Is Late", Duration.ofSeconds(10)));
        byte[] request = src.request(method, 2).replace("\n", "\r\n").getBytes(UTF_8);
        bench.receive(request, bench.udp);
        assertThat(bench.network.sent).as("one answer").hasSize(1);
        assertThat(bench.network.sent.element().bytes().length)
                .as("tag, received address, Allow and Server are all that is added")
                .isLessThan(request.length + 160);
        bench.advance(Duration.ofSeconds(2));
    }
}
