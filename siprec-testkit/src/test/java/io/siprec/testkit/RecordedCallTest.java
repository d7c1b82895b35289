package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.RecordedStream;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.WavAudio;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client, the media plane and the check together: what is sent, recorded and read back is the same. */
@Timeout(60)
class RecordedCallTest {
    private static final int CALLS = 10;

    private final Map<String, List<RecordedStream>> recordings = new ConcurrentHashMap<>();
    private final AtomicInteger files = new AtomicInteger();
    private MediaPlane media;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        media = MediaPlane.builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .ports(0, 0)
                .portQuarantine(Duration.ZERO)
                .build();
        media.start();
    }

    @AfterEach
    void stop() {
        media.close();
    }

    @Test
    void everySampleOfConcurrentCallsIsFoundInItsFile() throws Exception {
        try (TestRecorder recorder = new TestRecorder(this::record);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            List<SrcCall> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(src.call(SrcCallSettings.builder(recorder.uri(Transport.UDP))
                        .audio(AudioSources.noise(2 * i), AudioSources.speechLike(2 * i + 1))
                        .codec(i % 2 == 0 ? SrcCodec.PCMU : SrcCodec.PCMA)
                        .duration(Duration.ofSeconds(1))
                        .seed(i)
                        .build()));
            }
            for (SrcCall call : calls) {
                SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
                assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.COMPLETED);
                assertRecorded(result.streams(), recordings.get(call.callId()));
            }
        }
    }

    private static void assertRecorded(List<SrcStreamReport> sent, List<RecordedStream> recorded) throws Exception {
        for (int i = 0; i < sent.size(); i++) {
            StreamReport report = recorded.get(i).close().get(10, TimeUnit.SECONDS);
            short[] samples = WavAudio.read(report.file()).samples();
            RecordingCheck.Match match = RecordingCheck.find(sent.get(i).samples(), samples);
            assertThat(match.exact()).as(match.describe()).isTrue();
            assertThat(report.statistics().received()).isEqualTo(50);
        }
    }

    private void record(TestRecorder.Context call) {
        TimeOrigin origin = new TimeOrigin();
        List<RecordedStream> streams = List.of(open(origin), open(origin));
        recordings.put(call.request().callId(), streams);
        call.accept(String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + streams.get(0).rtpPort() + " RTP/AVP 0 8",
                "a=recvonly",
                "m=audio " + streams.get(1).rtpPort() + " RTP/AVP 0 8",
                "a=recvonly",
                ""));
    }

    private RecordedStream open(TimeOrigin origin) {
        try {
            Path file = folder.resolve("stream-" + files.incrementAndGet() + ".wav");
            return media.open(StreamSettings.builder(file).origin(origin).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PortsExhaustedException e) {
            throw new IllegalStateException(e);
        }
    }
}
