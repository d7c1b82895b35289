package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.RtpReceiver.Received;
import io.siprec.testkit.SrcCallResult.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that follows a script: what it says and sends in mid-call, on a clock moved by hand. */
@Timeout(60)
class ScriptedSrcTest {
    private static final String DOCUMENT = "<recording xmlns='urn:ietf:params:xml:ns:recording:1'/>";

    private final ManualClock clock = new ManualClock();
    private TestRecorder recorder;
    private RtpReceiver first;
    private RtpReceiver second;
    private SyntheticSrc src;

    @BeforeEach
    void start() throws IOException {
        first = new RtpReceiver();
        second = new RtpReceiver();
        recorder = new TestRecorder(context -> context.accept(answer("recvonly")));
        src = SyntheticSrc.builder().manualClock(clock).start();
    }

    @AfterEach
    void stop() {
        src.close();
        recorder.close();
        first.close();
        second.close();
    }

    @Test
    void aHeldStreamIsSilentWhileTimeGoesOn() throws Exception {
        SrcCall call = place(settings());
        play(call, 10);
        recorder.reanswer = request -> answer("inactive");
        assertThat(status(call.reinvite(SrcRequest.offering(call.media().held(SrcLineState.INACTIVE)))))
                .isEqualTo(200);
        assertThat(sdp(TestRecorder.await(recorder.requests))).contains("a=inactive\r\n");
        play(call, 25);
        recorder.reanswer = request -> answer("recvonly");
        call.reinvite(SrcRequest.offering(call.media().resumed())).get(5, TimeUnit.SECONDS);
        play(call, 30);
        SrcStreamReport report = hangUp(call).streams().get(0);

        List<Received> packets = first.packets(15);
        assertThat(packets).hasSize(15);
        for (int i = 0; i < 15; i++) {
            long place = i < 10 ? i : i + 15;
            assertThat(packets.get(i).sequence()).isEqualTo(report.stream().firstSequence() + i & 0xFFFF);
            assertThat(packets.get(i).timestamp())
                    .isEqualTo(report.stream().firstTimestamp() + 160 * place & 0xFFFF_FFFFL);
        }
        assertThat(report.phases()).extracting(SrcPhase::firstPlace).containsExactly(0L, 25L);
        assertThat(report.phases()).extracting(SrcPhase::packets).containsExactly(10L, 5L);
        assertThat(report.packetsDue()).isEqualTo(15);
        short[] all = report.samples();
        assertThat(all).hasSize(30 * 160);
        assertThat(Arrays.copyOfRange(all, 0, 1600))
                .isEqualTo(report.phases().get(0).samples());
        assertThat(Arrays.copyOfRange(all, 1600, 4000)).isEqualTo(new short[2400]);
        assertThat(Arrays.copyOfRange(all, 4000, 4800))
                .isEqualTo(report.phases().get(1).samples());
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # state               | direction | own address   | sent
            SENDONLY              | sendonly  |               | true
            SENDRECV              | sendrecv  |               | true
            UNSTATED              |           |               | true
            INACTIVE              | inactive  |               | false
            RECVONLY              | recvonly  |               | false
            ZERO_ADDRESS          | sendonly  | c=IN IP4 0.0.0.0 | false
            ZERO_ADDRESS_UNSTATED |           | c=IN IP4 0.0.0.0 | false
            ZERO_ADDRESS_INACTIVE | inactive  | c=IN IP4 0.0.0.0 | false
            REMOVED               | sendonly  |               | false
            """)
    void everySpellingOfAHoldIsWrittenAndKept(SrcLineState state, String direction, String address, boolean sent)
            throws Exception {
        SrcCall call = place(settings());
        recorder.reanswer = request -> answer("recvonly");
        call.reinvite(SrcRequest.offering(call.media().held("1", state))).get(5, TimeUnit.SECONDS);
        String offer = sdp(TestRecorder.await(recorder.requests));
        String line = offer.substring(offer.indexOf("m="), offer.lastIndexOf("m="));
        for (String word : List.of("sendonly", "sendrecv", "recvonly", "inactive")) {
            assertThat(line.contains("a=" + word)).as(line).isEqualTo(word.equals(direction));
        }
        assertThat(line.contains("c=IN")).isEqualTo(address != null);
        assertThat(line).contains(address == null ? "" : address);
        assertThat(line.startsWith("m=audio 0 ")).isEqualTo(state == SrcLineState.REMOVED);
        play(call, 5);
        SrcCallResult result = hangUp(call);
        assertThat(result.streams().get(0).packetsSent()).isEqualTo(sent ? 5 : 1); // one left before the re-INVITE
        assertThat(result.streams().get(1).packetsSent()).isEqualTo(5);
    }

    @Test
    void anOfferThatIsRefusedChangesNothing() throws Exception {
        SrcCall call = place(settings());
        play(call, 2);
        SrcMedia before = call.media();
        assertThat(status(call.reinvite(SrcRequest.offering(
                        before.held(SrcLineState.INACTIVE).moved("1").added(third())))))
                .isEqualTo(488);
        assertThat(call.media()).isEqualTo(before);
        play(call, 4);
        SrcCallResult result = hangUp(call);
        assertThat(result.streams()).hasSize(2);
        SrcStreamReport report = result.streams().get(0);
        assertThat(report.packetsSent()).isEqualTo(4);
        assertThat(first.packets(4)).extracting(Received::from).containsOnly(report.local());
    }

    @Test
    void codecPortLabelAndSourceChangeOnTheWire() throws Exception {
        SrcCall call = place(settings());
        play(call, 2);
        recorder.reanswer = request -> answer("recvonly");
        SrcStream other = third().withLabel("1");
        SrcMedia start = call.media();
        List<SrcMedia> steps = List.of(
                start.recoded("1", SrcCodec.PCMA),
                start.recoded("1", SrcCodec.PCMA).moved("1"),
                start.recoded("1", SrcCodec.PCMA).moved("1").relabelled("2", "other"),
                start.replaced("1", other).relabelled("2", "other"));
        for (int i = 0; i < steps.size(); i++) {
            call.reinvite(SrcRequest.offering(steps.get(i))).get(5, TimeUnit.SECONDS);
            play(call, 4 + 2 * i);
        }
        SrcCallResult result = hangUp(call);
        List<Received> packets = first.packets(10);
        assertThat(packets).extracting(Received::payloadType).containsExactly(0, 0, 8, 8, 8, 8, 8, 8, 0, 0);
        assertThat(packets.stream().map(Received::from).distinct()).hasSize(2);
        assertThat(packets.get(8).ssrc())
                .isEqualTo(other.ssrc())
                .isNotEqualTo(packets.get(7).ssrc());
        assertThat(packets.get(8).sequence()).isEqualTo(other.firstSequence());
        assertThat(result.streams()).hasSize(2);
        assertThat(result.streams().get(0).phases())
                .extracting(phase -> phase.stream().codec())
                .containsExactly(SrcCodec.PCMU, SrcCodec.PCMA, SrcCodec.PCMA, SrcCodec.PCMU);
        assertThat(result.streams().get(1).phases())
                .extracting(phase -> phase.stream().label())
                .containsExactly("2", "other");
        String[] versions = recorder.requests.stream()
                .map(request -> sdp(request).lines().skip(1).findFirst().orElseThrow())
                .toArray(String[]::new);
        assertThat(versions[0]).contains(" 2 IN");
        assertThat(versions[3]).contains(" 5 IN");
    }

    @Test
    void streamsComeAndGo() throws Exception {
        try (RtpReceiver extra = new RtpReceiver()) {
            SrcCall call = place(settings());
            play(call, 2);
            String grown = answer("recvonly") + "m=audio " + extra.port() + " RTP/AVP 0\r\na=recvonly\r\n";
            recorder.reanswer = request -> grown;
            call.reinvite(SrcRequest.offering(call.media().added(third()))).get(5, TimeUnit.SECONDS);
            play(call, 4);
            recorder.reanswer = request -> grown.replace("m=audio " + first.port(), "m=audio 0");
            call.reinvite(SrcRequest.offering(call.media().removed("1"))).get(5, TimeUnit.SECONDS);
            play(call, 6);
            recorder.reanswer = request -> grown;
            SrcStream again = new SrcStream("4", SrcCodec.PCMA, AudioSources.noise(9), 99, 1, 1, place -> false);
            call.reinvite(SrcRequest.offering(call.media().replaced("1", again)))
                    .get(5, TimeUnit.SECONDS);
            play(call, 8);
            List<SrcStreamReport> reports = hangUp(call).streams();
            assertThat(reports).extracting(report -> report.stream().label()).containsExactly("1", "2", "3", "4");
            assertThat(reports).extracting(SrcStreamReport::packetsSent).containsExactly(4L, 8L, 6L, 2L);
            assertThat(reports.get(2).phases()).extracting(SrcPhase::firstPlace).containsExactly(2L);
            assertThat(extra.packets(6)).hasSize(6);
            assertThat(first.packets(6)).extracting(Received::ssrc).endsWith(99L, 99L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void metadataGoesAloneOrBesideAnOffer(String method) throws Exception {
        SrcCall call = place(settings());
        recorder.reanswer = request -> answer("recvonly");
        SrcRequest both = SrcRequest.offering(call.media()).describedBy(DOCUMENT);
        send(call, method, both.header("X-Test", "both")).get(5, TimeUnit.SECONDS);
        SipRequest sent = TestRecorder.await(recorder.requests);
        assertThat(sent.method()).isEqualTo(method);
        assertThat(sent.contentType().orElseThrow()).startsWith("multipart/mixed");
        assertThat(sdp(sent)).contains("m=audio", DOCUMENT);
        assertThat(sent.header("X-Test")).hasValue("both");
        assertThat(sent.values("Require")).containsExactly("siprec");

        recorder.reanswer = request -> "";
        SrcRequest alone = SrcRequest.empty().describedBy(bytes(DOCUMENT), "application/rs-metadata");
        send(call, "UPDATE", alone).get(5, TimeUnit.SECONDS);
        sent = TestRecorder.await(recorder.requests);
        assertThat(sent.contentType()).hasValue("application/rs-metadata");
        assertThat(sent.header("Content-Disposition")).hasValue("recording-session");
        assertThat(sdp(sent)).isEqualTo(DOCUMENT);
        call.hangUp(SrcRequest.describing(DOCUMENT).header("Reason", "SIP;cause=200;text=\"over\""));
        assertThat(call.result().get(5, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.COMPLETED);
        SipRequest bye = TestRecorder.await(recorder.ends).bye().orElseThrow();
        assertThat(sdp(bye)).isEqualTo(DOCUMENT);
        assertThat(bye.header("Reason")).hasValue("SIP;cause=200;text=\"over\"");
    }

    @Test
    void theRecorderMayMakeTheOffer() throws Exception {
        SrcDialect dialect =
                SrcDialect.rfc7866().lateOffer().withoutMetadata().requiring().from("<sip:bib@127.0.0.1;x-nearend>");
        SrcCall call = place(settings().dialect(dialect));
        SipRequest invite = TestRecorder.await(recorder.invites);
        assertThat(invite.body()).isEmpty();
        assertThat(invite.header("Require")).isEmpty();
        assertThat(invite.header("From").orElseThrow()).startsWith("<sip:bib@127.0.0.1;x-nearend>;tag=");
        String answer = sdp(TestRecorder.await(recorder.acks));
        assertThat(answer).contains("a=label:1", "a=label:2").containsPattern("(?s)a=sendonly.*a=sendonly");
        play(call, 3);

        recorder.reanswer = request -> answer("recvonly").replaceFirst("a=recvonly", "a=inactive");
        assertThat(status(call.reinvite(SrcRequest.empty()))).isEqualTo(200);
        String second = sdp(TestRecorder.await(recorder.acks));
        assertThat(second).containsPattern("(?s)a=inactive.*a=sendonly");
        play(call, 5);
        assertThat(hangUp(call).streams())
                .extracting(SrcStreamReport::packetsSent)
                .containsExactly(3L, 5L);
    }

    @Test
    void theRecorderPausesResumesAndDropsStreams() throws Exception {
        SrcCall call = place(settings());
        play(call, 2);
        SipDialog dialog = TestRecorder.await(recorder.dialogs);
        assertThat(offerTo(dialog, answer("inactive"))).containsPattern("(?s)a=inactive.*a=inactive");
        assertThat(call.nextRequest(Duration.ofSeconds(5)).orElseThrow().method())
                .isEqualTo("INVITE");
        play(call, 5);
        assertThat(offerTo(dialog, answer("recvonly"))).containsPattern("(?s)a=sendonly.*a=sendonly");
        play(call, 7);
        String dropped = offerTo(dialog, answer("recvonly").replace("m=audio " + second.port(), "m=audio 0"));
        assertThat(dropped).contains("m=audio 0 ");
        assertThat(call.media().lines().get(1).state()).isEqualTo(SrcLineState.REMOVED);
        play(call, 8);
        assertThat(hangUp(call).streams())
                .extracting(SrcStreamReport::packetsSent)
                .containsExactly(5L, 4L);
    }

    @Test
    void theRecordersRequestsAreKeptAndAnsweredAsTheScriptSays() throws Exception {
        SrcCall call = place(settings().replies(request -> switch (request.method()) {
            case "UPDATE" ->
                request.header("X-Again").isPresent()
                        ? SrcReply.ok()
                        : SrcReply.refusal(491, "Later", new Header("X-Why", "glare"));
            default -> SrcReply.refusal(405, "No");
        }));
        SipDialog dialog = TestRecorder.await(recorder.dialogs);
        LinkedBlockingQueue<Optional<SipResponse>> answers = new LinkedBlockingQueue<>();
        SipBody snapshot = new SipBody("application/rs-metadata", bytes("<requestsnapshot/>"));
        dialog.loop().execute(() -> dialog.request("INFO", List.of(), Optional.empty(), answers::add));
        assertThat(TestRecorder.await(answers).orElseThrow().status()).isEqualTo(405);
        dialog.loop()
                .execute(() -> dialog.request(
                        "UPDATE", List.of(new Header("X-Again", "1")), Optional.of(snapshot), answers::add));
        assertThat(TestRecorder.await(answers).orElseThrow().status()).isEqualTo(200);
        assertThat(call.nextRequest(Duration.ofSeconds(5)).orElseThrow().method())
                .isEqualTo("INFO");
        assertThat(sdp(call.nextRequest(Duration.ofSeconds(5)).orElseThrow())).isEqualTo("<requestsnapshot/>");
        dialog.loop().execute(() -> dialog.bye(List.of(new Header("Reason", "SIP;cause=200"))));
        SipRequest bye = call.nextRequest(Duration.ofSeconds(5)).orElseThrow();
        assertThat(bye.header("Reason")).hasValue("SIP;cause=200");
        assertThat(TestRecorder.await(recorder.ends).cause()).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
    }

    @Test
    void whoWaitsForACallThatIsOverHearsOfIt() throws Exception {
        SrcCall call = place(settings());
        CompletableFuture<Void> never = call.played(Duration.ofHours(1));
        hangUp(call);
        for (CompletableFuture<?> late : List.of(never, call.reinvite(SrcRequest.empty()))) {
            assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(call.nextRequest(Duration.ZERO)).isEmpty();
    }

    private SrcCallSettings.Builder settings() {
        return SrcCallSettings.builder(recorder.uri(Transport.UDP))
                .audio(AudioSources.noise(1), AudioSources.noise(2))
                .byeGrace(Duration.ZERO)
                .untilHungUp();
    }

    private static SrcStream third() {
        return new SrcStream("3", SrcCodec.PCMU, AudioSources.noise(3), 77, 10, 20, place -> false);
    }

    /** The call, answered and with its first packet sent. */
    private SrcCall place(SrcCallSettings.Builder settings) throws Exception {
        SrcCall call = src.call(settings.build());
        call.accepted().get(5, TimeUnit.SECONDS);
        call.played(Duration.ofMillis(20)).get(5, TimeUnit.SECONDS);
        return call;
    }

    /** Moves the clock until so many packets of the call were due. */
    private void play(SrcCall call, int packets) throws Exception {
        Duration audio = Duration.ofMillis(20L * packets);
        clock.advance(audio.minusMillis(20).minusNanos(elapsedNs));
        elapsedNs = audio.minusMillis(20).toNanos();
        call.played(audio).get(5, TimeUnit.SECONDS);
    }

    private long elapsedNs;

    private static SrcCallResult hangUp(SrcCall call) throws Exception {
        call.hangUp();
        SrcCallResult result = call.result().get(5, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.COMPLETED);
        return result;
    }

    private static int status(CompletableFuture<SipResponse> response) throws Exception {
        return response.get(5, TimeUnit.SECONDS).status();
    }

    private static CompletableFuture<SipResponse> send(SrcCall call, String method, SrcRequest request) {
        return method.equals("INVITE") ? call.reinvite(request) : call.update(request);
    }

    /** A re-INVITE of the recorder; the client's answer. */
    private static String offerTo(SipDialog dialog, String sdp) throws InterruptedException {
        LinkedBlockingQueue<Optional<SipResponse>> answers = new LinkedBlockingQueue<>();
        SipBody offer = new SipBody("application/sdp", bytes(sdp));
        dialog.loop().execute(() -> dialog.reinvite(List.of(), Optional.of(offer), answers::add));
        return new String(TestRecorder.await(answers).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    private static String sdp(SipRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String answer(String direction) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + first.port()
                + " RTP/AVP 0 8\r\na=label:1\r\na=" + direction + "\r\nm=audio " + second.port()
                + " RTP/AVP 0 8\r\na=label:2\r\na=" + direction + "\r\n";
    }
}
