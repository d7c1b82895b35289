package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.ManualClock;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A call of the synthetic SRC, step by step: its audio goes out as the test moves the clock. */
final class ScriptedCall implements AutoCloseable {
    private static final Duration PACKET = SrcCallSettings.PACKET_TIME;

    private final TestServer server;
    private final ManualClock clock = new ManualClock();
    private final SyntheticSrc src;
    private final SrcCall call;
    private long packets = 1; // the first one leaves with the ACK

    private ScriptedCall(TestServer server, Transport transport, UnaryOperator<SrcCallSettings.Builder> settings)
            throws Exception {
        this.server = server;
        this.src = SyntheticSrc.builder().manualClock(clock).start();
        this.call = src.call(settings.apply(SrcCallSettings.builder(server.uri(transport))
                        .transport(transport)
                        .audio(RecordingTest.noise(SrcCallSettings.MAX_STREAMS))
                        .byeGrace(Duration.ZERO)
                        .untilHungUp())
                .build());
    }

    /** A call that was answered and sends. */
    static ScriptedCall place(TestServer server, UnaryOperator<SrcCallSettings.Builder> settings) throws Exception {
        return place(server, Transport.UDP, settings);
    }

    static ScriptedCall place(TestServer server, Transport transport, UnaryOperator<SrcCallSettings.Builder> settings)
            throws Exception {
        ScriptedCall scripted = new ScriptedCall(server, transport, settings);
        try {
            get(scripted.call.accepted());
            get(scripted.call.played(PACKET));
            return scripted;
        } catch (Exception e) {
            scripted.close();
            throw e;
        }
    }

    SrcCall call() {
        return call;
    }

    SrcMedia media() {
        return call.media();
    }

    /** So many packets more of each stream that is sent. */
    ScriptedCall play(int more) throws Exception {
        packets += more;
        clock.advance(PACKET.multipliedBy(more));
        get(call.played(PACKET.multipliedBy(packets)));
        return this;
    }

    /** All that was sent is in the recorder's hands: what waits in its sockets when it pauses is dropped. */
    ScriptedCall untilReceived() throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.server().statistics().rtpPackets() < call.packetsSent()) {
            assertThat(System.nanoTime()).as("time to receive it").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return this;
    }

    SipResponse reinvite(SrcRequest request) throws Exception {
        return get(call.reinvite(request));
    }

    SipResponse update(SrcRequest request) throws Exception {
        return get(call.update(request));
    }

    /** The next request of the recorder. */
    SipRequest request() throws InterruptedException {
        return call.nextRequest(Duration.ofSeconds(10))
                .orElseThrow(() -> new AssertionError("the recorder asked for nothing"));
    }

    /** The session as soon as it is as the check wants it. */
    RecordingSession until(Consumer<RecordingSession> check) throws InterruptedException {
        return server.await(call.callId(), check);
    }

    /** Ends the call: what was sent. */
    SrcCallResult hangUp() throws Exception {
        return hangUp(SrcRequest.empty());
    }

    SrcCallResult hangUp(SrcRequest last) throws Exception {
        call.hangUp(last);
        return result();
    }

    SrcCallResult result() throws Exception {
        SrcCallResult result = get(call.result());
        assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
        return result;
    }

    /** Ends the call; every sample of it is in its file, holds are silence. */
    RecordedCall hangUpAndCheckAudio() throws Exception {
        SrcCallResult result = hangUp();
        RecordedCall recorded = recording();
        for (SrcStreamReport sent : result.streams()) {
            recorded.assertHoldsAllOf(sent);
        }
        return recorded;
    }

    /** The files, once they are final. */
    RecordedCall recording() throws Exception {
        return server.recorded(until(session -> assertThat(session.state().id()).isEqualTo("ended")));
    }

    static SrcStream stream(String label, SrcCodec codec, int seed) {
        return new SrcStream(
                label, codec, AudioSources.noise(50L + seed), 5_000L + seed, 100 * seed, 9_000L * seed, place -> false);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        src.close();
    }
}
