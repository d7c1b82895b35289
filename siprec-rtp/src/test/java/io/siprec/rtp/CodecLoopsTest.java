package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose audio is costly to decode have loops of their own, and lose nothing on their way there. */
@Timeout(60)
class CodecLoopsTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;
    private static final int PCMU = 0;
    private static final int COSTLY = 97;
    private static final List<AudioFormat> BOTH =
            List.of(new AudioFormat(PCMU, "PCMU", 8_000), new AudioFormat(COSTLY, "X-COSTLY", 8_000));
    private static final int MOST_ON_THE_WAY = 60; // fewer than a socket's buffer holds

    @TempDir
    private Path directory;

    private final MediaPlane plane = MediaPlane.builder()
            .bindAddress(LOCAL)
            .ports(0, 0)
            .loops(2)
            .codecLoops(2)
            .sweepPeriod(Duration.ofMillis(1))
            .build();

    CodecLoopsTest() {
        plane.start();
    }

    @AfterEach
    void close() {
        plane.close();
    }

    /** Samples of 16 bits as they are; tells by which thread. Named in META-INF/services of the tests. */
    public static final class Costly implements AudioCodec {
        static final Map<Integer, Set<String>> THREADS = new ConcurrentHashMap<>(); // by what a payload begins with
        static final Map<Integer, CountDownLatch> HELD_UP = new ConcurrentHashMap<>();

        @Override
        public String encoding() {
            return "X-COSTLY";
        }

        @Override
        public int clockRateHz() {
            return 8_000;
        }

        @Override
        public int sampleRateHz() {
            return 8_000;
        }

        @Override
        public AudioDecoder newDecoder() {
            return (payload, pcm) -> {
                int sender = payload.getShort(payload.position());
                THREADS.computeIfAbsent(sender, any -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread().getName().replaceFirst("\\d+$", ""));
                try {
                    HELD_UP.getOrDefault(sender, new CountDownLatch(0)).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                int samples = payload.remaining() / 2;
                payload.asShortBuffer().get(pcm, 0, samples);
                return samples;
            };
        }
    }

    /** Sends PCMU at first, then the other codec, and never more than the recorder's socket holds. */
    private static final class Sender implements AutoCloseable {
        private final DatagramChannel channel;
        private final RecordedStream stream;
        private final int number;
        private final int switchAt;
        private final SrtpSender srtp; // null for plain RTP
        private final List<short[]> sent = new ArrayList<>();

        Sender(RecordedStream stream, int number, int switchAt, SrtpSender srtp) throws IOException {
            this.channel = DatagramChannel.open().bind(new InetSocketAddress(LOCAL, 0));
            this.stream = stream;
            this.number = number;
            this.switchAt = switchAt;
            this.srtp = srtp;
        }

        void send(int packets) throws Exception {
            for (int i = 0; i < packets; i++) {
                while (sent.size() - stream.statistics().received() > MOST_ON_THE_WAY) {
                    TimeUnit.MICROSECONDS.sleep(200); // the test's time-out ends it
                }
                send();
            }
        }

        private void send() throws IOException {
            int index = sent.size();
            boolean costly = index >= switchAt;
            short[] pcm = pcm(index);
            byte[] payload = costly ? bytes(pcm) : ulaw(pcm);
            ByteBuffer packet = ByteBuffer.allocate(600);
            new RtpPacketWriter()
                    .ssrc(number)
                    .sequence(65_500 + index)
                    .timestamp(0xffff_f000L + (long) index * FRAME)
                    .payloadType(costly ? COSTLY : PCMU)
                    .write(packet, payload, 0, payload.length);
            packet.flip();
            if (srtp != null) {
                srtp.protect(packet);
            }
            channel.send(packet, new InetSocketAddress(LOCAL, stream.rtpPort()));
            sent.add(pcm);
        }

        /** Values that mu-law keeps; the first one is the number. */
        private short[] pcm(int index) {
            short[] pcm = new short[FRAME];
            for (int i = 0; i < FRAME; i++) {
                pcm[i] = G711.decodeUlaw((byte) ((number * 17 + index * 31 + i * 7) % 127));
            }
            if (index >= switchAt) {
                pcm[0] = (short) number;
            }
            return pcm;
        }

        private static byte[] ulaw(short[] pcm) {
            byte[] codes = new byte[pcm.length];
            G711.encodeUlaw(pcm, 0, pcm.length, codes, 0);
            return codes;
        }

        private static byte[] bytes(short[] pcm) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length);
            bytes.asShortBuffer().put(pcm);
            return bytes.array();
        }

        short[] pcm() {
            short[] all = new short[sent.size() * FRAME];
            for (int i = 0; i < sent.size(); i++) {
                System.arraycopy(sent.get(i), 0, all, i * FRAME, FRAME);
            }
            return all;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private RecordedStream open(int number, List<AudioFormat> formats) throws Exception {
        return plane.open(StreamSettings.builder(directory.resolve(number + ".wav"))
                .formats(formats)
                .build());
    }

    private static void assertWhole(RecordedStream stream, Sender sender) throws Exception {
        StreamReport report = stream.close().get(20, TimeUnit.SECONDS);
        short[] recorded = WavAudio.read(report.file()).samples();
        int first = (int) report.firstSampleOffset().orElseThrow();
        assertThat(Arrays.equals(Arrays.copyOfRange(recorded, first, recorded.length), sender.pcm()))
                .as("%d: %d samples from %d on, %s", sender.number, recorded.length, first, report.statistics())
                .isTrue();
        assertThat(report.gaps()).isEmpty();
        assertThat(report.statistics().received()).isEqualTo(sender.sent.size());
        assertThat(report.statistics().duplicates() + report.statistics().late())
                .isZero();
    }

    /** Packets all the time, and commands of another thread: each sample is there, once and in its place. */
    @ParameterizedTest(name = "encrypted {0}")
    @ValueSource(booleans = {false, true})
    void noPacketIsLostOrMovedAsTheStreamChangesItsLoop(boolean encrypted) throws Exception {
        int streams = 24;
        List<RecordedStream> opened = new ArrayList<>();
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
            StreamSettings.Builder settings = StreamSettings.builder(directory.resolve(i + ".wav"));
            if (encrypted) {
                settings.srtp(new SrtpSettings(List.of(keys), keys));
            }
            RecordedStream stream = plane.open(settings.formats(BOTH).build());
            opened.add(stream);
            senders.add(new Sender(
                    stream, 1_000 + i, 20 + 7 * i, encrypted ? new SrtpSender(keys, new SrtpScratch()) : null));
        }
        Thread told = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                opened.forEach(stream -> stream.update(BOTH, Optional.empty(), true));
                opened.forEach(RecordedStream::resume);
            }
        });
        told.start();
        try {
            for (int round = 0; round < 30; round++) {
                for (Sender sender : senders) {
                    sender.send(10);
                }
            }
        } finally {
            told.interrupt();
            told.join();
        }
        for (int i = 0; i < streams; i++) {
            assertWhole(opened.get(i), senders.get(i));
            senders.get(i).close();
        }
        assertThat(plane.statistics().packetsReceived()).isEqualTo(300L * streams);
        assertThat(plane.statistics().loopErrors()).isZero();
        assertThat(Costly.THREADS.get(1_000)).contains("siprec-codec-");
    }

    @Test
    void aStreamThatMovesAndEndsAtOnceIsWhole() throws Exception {
        for (int i = 0; i < 100; i++) {
            RecordedStream stream = open(2_000 + i, BOTH);
            try (Sender sender = new Sender(stream, 2_000 + i, 1 + i % 3, null)) {
                sender.send(4 + i % 5);
                assertWhole(stream, sender);
            }
        }
    }

    @Test
    void aPauseThatMeetsTheMoveIsInForceSoon() throws Exception {
        for (int i = 0; i < 30; i++) {
            RecordedStream stream = open(3_000 + i, BOTH);
            try (Sender sender = new Sender(stream, 3_000 + i, 2, null)) {
                sender.send(6);
                stream.pause().get(10, TimeUnit.SECONDS);
                sender.send(3); // as long as the pause lasts
                stream.resume().get(10, TimeUnit.SECONDS);
                StreamReport report = stream.close().get(10, TimeUnit.SECONDS);
                StreamStatistics statistics = report.statistics();
                assertThat(statistics.rejectedPaused()).isGreaterThanOrEqualTo(3);
                long unproven = statistics.rejectedSource(); // the pause met the first packet alone
                assertThat(statistics.received() + statistics.rejectedPaused() + unproven)
                        .isEqualTo(9);
            }
        }
    }

    /** The decoder stands still, and with it its loop; streams of G.711 on the loop that it came from don't notice. */
    @Test
    void aDecoderThatTakesItsTimeHoldsUpNoG711() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        RecordedStream slow = open(4_000, List.of(new AudioFormat(COSTLY, "X-COSTLY", 8_000)));
        Costly.HELD_UP.put(4_000, goOn);
        List<RecordedStream> quick = List.of(open(4_001, BOTH), open(4_002, BOTH));
        try (Sender costly = new Sender(slow, 4_000, 0, null)) {
            costly.send(20);
            for (RecordedStream stream : quick) {
                try (Sender sender = new Sender(stream, 4_001 + quick.indexOf(stream), Integer.MAX_VALUE, null)) {
                    sender.send(500); // each batch waits for the one before to be taken
                    assertWhole(stream, sender);
                }
            }
            assertThat(slow.statistics().received())
                    .as("the one that is being decoded")
                    .isLessThanOrEqualTo(1);
            goOn.countDown();
            assertWhole(slow, costly);
            assertThat(Costly.THREADS.get(4_000))
                    .as("it never was on a media loop")
                    .containsExactly("siprec-codec-");
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void whatIsNegotiatedAndNotUsedMovesNoStream() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<RecordedStream> stuck = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // one on each codec loop
            Costly.HELD_UP.put(5_000 + i, goOn);
            stuck.add(open(5_000 + i, List.of(new AudioFormat(COSTLY, "X-COSTLY", 8_000))));
            try (Sender sender = new Sender(stuck.get(i), 5_000 + i, 0, null)) {
                sender.send(1);
            }
        }
        RecordedStream stream = open(5_002, BOTH);
        try (Sender sender = new Sender(stream, 5_002, Integer.MAX_VALUE, null)) {
            sender.send(200);
            assertWhole(stream, sender);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void G711AndL16AreCheapAndAllElseIsNot() {
        assertThat(Stream.of("PCMU", "PCMA", "L16").map(CodecLoopsTest::codec)).noneMatch(AudioCodec::costly);
        assertThat(Stream.of("G722", "X-COSTLY", "X-TEST").map(CodecLoopsTest::codec))
                .allMatch(AudioCodec::costly);
    }

    private static AudioCodec codec(String encoding) {
        return AudioCodecs.find(encoding, encoding.equals("X-TEST") ? 12_000 : 8_000, 1)
                .orElseThrow();
    }
}
