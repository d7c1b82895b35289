package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.internal.Storage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MediaPlaneTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;

    @TempDir
    private Path directory;

    private MediaPlane plane = plane(1, Storage.fileSystem(), 4_096);

    private static MediaPlane plane(int loops, Storage storage, int blocks) {
        MediaPlane plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .loops(loops)
                .sweepPeriod(Duration.ofMillis(5))
                .writerQueueBlocks(blocks)
                .storage(storage)
                .build();
        plane.start();
        return plane;
    }

    @AfterEach
    void close() {
        plane.close();
    }

    private StreamSettings.Builder settings(String name) {
        return StreamSettings.builder(directory.resolve(name + ".wav")).name(name);
    }

    private static StreamReport finished(RecordedStream stream) throws Exception {
        return stream.close().get(20, TimeUnit.SECONDS);
    }

    private static void assertRecorded(StreamReport report, Sender sender) throws IOException {
        short[] recorded = WavAudio.read(report.file()).samples();
        int first = (int) report.firstSampleOffset().orElseThrow();
        assertThat(Arrays.equals(Arrays.copyOfRange(recorded, first, recorded.length), sender.pcm()))
                .as("%s: %d samples from %d on, %s", report.file(), recorded.length, first, report.statistics())
                .isTrue();
        assertThat(report.samples()).isEqualTo(recorded.length);
        assertThat(report.statistics().lost()).isZero();
        assertThat(report.statistics().received()).isEqualTo(sender.sent);
        assertThat(report.error()).isEmpty();
        assertThat(report.gaps()).isEmpty();
    }

    /** Waits for what another thread does; looks every few milliseconds. */
    private static void until(RecordedStream stream, Predicate<StreamStatistics> state) throws InterruptedException {
        while (!state.test(stream.statistics())) {
            TimeUnit.MILLISECONDS.sleep(2); // the test's time-out ends it
        }
    }

    @Test
    void twoStreamsAreRecordedSampleBySample() throws Exception {
        TimeOrigin origin = new TimeOrigin();
        RecordedStream one = plane.open(settings("one").origin(origin).build());
        RecordedStream two = plane.open(settings("two").origin(origin).build());
        assertThat(one.rtpPort() % 2).isZero();
        assertThat(one.rtcpPort()).isEqualTo(one.rtpPort() + 1);
        try (Sender alice = new Sender(1, one.rtpPort());
                Sender bob = new Sender(2, two.rtpPort())) {
            for (int i = 0; i < 50; i++) {
                alice.send(4);
                bob.send(4);
                int sent = alice.sent; // as fast as it is taken, not faster
                until(one, statistics -> statistics.received() == sent);
                until(two, statistics -> statistics.received() == sent);
            }
            assertRecorded(finished(one), alice);
            assertRecorded(finished(two), bob);
            assertThat(one.statistics().source()).contains(alice.address());
        }
        assertThat(origin.nanoTime()).isPresent();
        assertThat(plane.statistics().streams()).isZero();
        assertThat(plane.statistics().portPairsInUse()).isZero();
        assertThat(plane.statistics().packetsReceived()).isEqualTo(400);
    }

    @Test
    void C189_C215_whatIsSentBeforeTheCloseIsRecorded() throws Exception {
        for (int i = 0; i < 20; i++) {
            RecordedStream stream = plane.open(settings("early" + i).build());
            try (Sender sender = new Sender(3, stream.rtpPort())) {
                sender.send(3 + i); // at once after the ports are known, and the end follows at once
                assertRecorded(finished(stream), sender);
            }
        }
        assertThat(plane.statistics().writeErrors()).as("C189 C215").isZero();
    }

    @Test
    void socketsHoldWhatComesWhileTheProcessStandsStill() throws Exception {
        plane.close();
        plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .sweepPeriod(Duration.ofMillis(500))
                .build();
        plane.start();
        RecordedStream stream = plane.open(settings("burst").build());
        try (Sender sender = new Sender(9, stream.rtpPort())) {
            sender.send(2);
            until(stream, statistics -> statistics.received() == 2); // a sweep has just been: the next is far
            sender.send(400);
            assertRecorded(finished(stream), sender);
        }
    }

    @Test
    void fiftyStreamsOnTwoLoopsAreRecordedSampleBySample() throws Exception {
        plane.close();
        plane = plane(2, Storage.fileSystem(), 4_096);
        List<RecordedStream> streams = new ArrayList<>();
        List<Sender> senders = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                streams.add(plane.open(settings("s" + i).build()));
                senders.add(new Sender(i, streams.get(i).rtpPort()));
            }
            for (int round = 0; round < 50; round++) {
                for (Sender sender : senders) {
                    sender.send(5);
                }
                int sent = senders.get(0).sent;
                for (RecordedStream stream : streams) {
                    until(stream, statistics -> statistics.received() >= sent - 100);
                }
            }
            for (int i = 0; i < 50; i++) {
                assertRecorded(finished(streams.get(i)), senders.get(i));
            }
        } finally {
            senders.forEach(Sender::close);
        }
    }

    @Test
    void updatesAreAppliedInTheStreamsLoop() throws Exception {
        RecordedStream stream = plane.open(settings("hold").receiving(false).build());
        try (Sender sender = new Sender(4, stream.rtpPort())) {
            sender.send(5);
            until(stream, statistics -> statistics.rejectedInactive() == 5);
            List<AudioFormat> formats = List.of(new AudioFormat(0, "PCMU", 8_000));
            stream.update(formats, Optional.of(sender.address()), true);
            until(stream, statistics -> {
                sendQuietly(sender);
                return statistics.received() > 0;
            });
            StreamReport report = finished(stream);
            assertThat(report.statistics().lost()).as("C190").isZero();
            assertThat(report.samples()).isEqualTo(report.statistics().received() * FRAME);
            stream.update(formats, Optional.empty(), false); // after the end: nothing happens
            assertThat(finished(stream)).isEqualTo(report);
        }
    }

    @Test
    void C190_pausesAreExactToThePacket() throws Exception {
        RecordedStream stream = plane.open(settings("pause").build());
        try (Sender sender = new Sender(6, stream.rtpPort())) {
            sender.send(100);
            until(stream, statistics -> statistics.received() == 100);
            stream.pause().get(20, TimeUnit.SECONDS);
            sender.send(50);
            stream.resume().get(20, TimeUnit.SECONDS); // what waits in the socket belongs to the pause
            sender.send(30);
            StreamReport report = finished(stream);
            short[] expected = sender.pcm();
            Arrays.fill(expected, 100 * FRAME, 150 * FRAME, (short) 0);
            assertThat(WavAudio.read(report.file()).samples()).isEqualTo(expected);
            assertThat(report.gaps()).containsExactly(new Gap(100 * FRAME, 50 * FRAME, Gap.Cause.PAUSE));
            assertThat(report.statistics().rejectedPaused()).isEqualTo(50);
            assertThat(report.completeness()).hasToString("complete");
            assertThat(stream.pause()).as("after the end").succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void silenceIsExplainedWhileItLasts() throws Exception {
        RecordedStream stream = plane.open(settings("silent").build());
        StreamStatistics before = stream.statistics();
        assertThat(stream.audioSince(before)).isEqualTo(AudioState.NOTHING_RECEIVED);
        try (Sender sender = new Sender(7, stream.rtpPort())) {
            sender.send(5);
            until(stream, statistics -> statistics.received() == 5);
            assertThat(stream.audioSince(before)).isEqualTo(AudioState.AUDIO);
            assertThat(stream.statistics().arrival().first()).isPresent();
        }
        finished(stream);
    }

    @Test
    void lostPacketsAreALookAtTheSystemsOwnDrops() throws Exception {
        RecordedStream stream = plane.open(settings("loss").build());
        try (Sender sender = new Sender(8, stream.rtpPort())) {
            sender.send(5);
            sender.sent += 3;
            sender.send(5);
            StreamReport report = finished(stream);
            assertThat(report.completeness()).hasToString("incomplete: network 60 ms");
            assertThat(report.statistics().lost()).isEqualTo(3);
            report.socketDrops().ifPresent(drops -> assertThat(drops).isZero());
        }
    }

    /** A plane whose clock is moved by hand, so that reports come when the test wants them. */
    private AtomicLong handClock() {
        AtomicLong nanos = new AtomicLong(1_000_000_000L);
        plane.close();
        plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .sweepPeriod(Duration.ofMillis(1))
                .nanoTime(nanos::get)
                .build();
        plane.start();
        return nanos;
    }

    /** The next compound packet; the clock goes on until it comes. */
    private static ByteBuffer report(DatagramSocket socket, AtomicLong nanos, int fromPort) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        socket.setSoTimeout(2);
        while (true) {
            try {
                socket.receive(packet);
                assertThat(packet.getPort()).as("C185").isEqualTo(fromPort);
                return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            } catch (SocketTimeoutException e) {
                nanos.addAndGet(20_000_000L); // the test's time-out ends it
            }
        }
    }

    private static ByteBuffer senderReport(int ssrc, long ntp, long timestamp) {
        ByteBuffer packet =
                ByteBuffer.allocate(28).putInt(0x80c8_0006).putInt(ssrc).putLong(ntp);
        return packet.putInt((int) timestamp).putInt(0).putInt(0).flip();
    }

    @ParameterizedTest(name = "C178 C184 C185 C186 mux {0}")
    @ValueSource(booleans = {false, true})
    void C178_C184_C185_C186_reportsGoOutWhileMediaFlows(boolean mux) throws Exception {
        AtomicLong nanos = handClock();
        RtcpSettings rtcp = new RtcpSettings(mux, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), true);
        try (Sender sender = new Sender(77, 0);
                DatagramSocket own = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            InetSocketAddress target = mux ? sender.address() : (InetSocketAddress) own.getLocalSocketAddress();
            RecordedStream stream = plane.open(settings("rtcp" + mux)
                    .rtcp(
                            mux
                                    ? rtcp
                                    : new RtcpSettings(
                                            false,
                                            Optional.of(target),
                                            OptionalLong.empty(),
                                            OptionalLong.empty(),
                                            true))
                    .build());
            int rtcpPort = mux ? stream.rtpPort() : stream.rtcpPort();
            DatagramSocket socket = mux ? sender.socket : own;
            sender.sendTo(stream.rtpPort(), 50);
            until(stream, statistics -> statistics.received() == 50);
            long before = nanos.get();
            ByteBuffer first = report(socket, nanos, rtcpPort);
            assertThat(nanos.get() - before).isLessThan(5_000_000_000L);
            assertThat(first.getInt(0)).isEqualTo(0x81c9_0007);
            assertThat(first.getInt(8)).isEqualTo(77);
            assertThat(first.getInt(12)).as("nothing is lost").isZero();
            assertThat(first.getInt(16)).isEqualTo(65_500 + 49);
            byte[] report = senderReport(77, 0x1122_3344_5566_7788L, 5).array();
            socket.send(new DatagramPacket(report, report.length, LOCAL, rtcpPort));
            byte[] marked = report.clone(); // RTP with M and PT 72 to 76 can't be told from RTCP, and isn't negotiated
            marked[1] = (byte) (0x80 | 75);
            socket.send(new DatagramPacket(marked, marked.length, LOCAL, stream.rtpPort()));
            until(stream, statistics -> statistics.rtcp().senderReports() == 1);
            sender.sendTo(stream.rtpPort(), 50);
            until(stream, statistics -> statistics.received() == 100);
            ByteBuffer second = report(socket, nanos, rtcpPort);
            assertThat(second.getInt(24)).as("C180 LSR").isEqualTo(0x3344_5566);
            StreamReport end = finished(stream);
            ByteBuffer last = report(socket, nanos, rtcpPort);
            assertThat(last.getInt(last.limit() - 8)).as("C184 BYE").isEqualTo(0x81cb_0001);
            assertThat(end.statistics().rtcp().sent()).isEqualTo(3);
            assertThat(end.statistics().received()).isEqualTo(100);
            assertThat(end.statistics().rejectedPayloadType() + end.statistics().malformed())
                    .isZero();
            assertThat(end.sender()).isPresent();
        }
    }

    /** The sender goes on with the SSRC that our reports come under. */
    @Test
    void C176_weLeaveOurSsrcToASenderThatUsesIt() throws Exception {
        AtomicLong nanos = handClock();
        RtcpSettings mux = new RtcpSettings(true, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), true);
        RecordedStream stream = plane.open(settings("collision").rtcp(mux).build());
        RecordedStream other = plane.open(settings("other").rtcp(mux).build());
        try (Sender sender = new Sender(77, stream.rtpPort());
                Sender beside = new Sender(78, other.rtpPort())) {
            sender.send(10);
            beside.send(10);
            int ours = report(sender.socket, nanos, stream.rtpPort()).getInt(4);
            assertThat(report(beside.socket, nanos, other.rtpPort()).getInt(4))
                    .as("each stream has its own")
                    .isNotEqualTo(ours);
            sender.writer.ssrc(ours & 0xffff_ffffL);
            sender.send(10);
            until(stream, statistics -> statistics.ssrc() == (ours & 0xffff_ffffL));
            ByteBuffer last = report(sender.socket, nanos, stream.rtpPort());
            while (last.getInt(last.limit() - 8) != 0x81cb_0001) { // one more may have been on its way
                last = report(sender.socket, nanos, stream.rtpPort());
            }
            assertThat(last.getInt(last.limit() - 4))
                    .as("goodbye of the former")
                    .isEqualTo(ours);
            assertThat(report(sender.socket, nanos, stream.rtpPort()).getInt(4)).isNotEqualTo(ours);
            assertThat(finished(stream).statistics().received())
                    .as("all is recorded")
                    .isEqualTo(20);
        }
    }

    /** With mux the reports keep the NAT's binding of the RTP port alive, where sending before RTP comes is allowed. */
    @ParameterizedTest(name = "C188 to a target without a host: {0}")
    @ValueSource(booleans = {false, true})
    void C049_C188_inactiveLinesAreKeptAliveByReports(boolean hostless) throws Exception {
        AtomicLong nanos = handClock();
        RtcpSettings rtcp = new RtcpSettings(true, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), false);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            InetAddress host = hostless ? InetAddress.getByName("0.0.0.0") : LOCAL;
            RecordedStream stream = plane.open(settings("idle")
                    .receiving(false)
                    .signalledSource(new InetSocketAddress(host, socket.getLocalPort()))
                    .rtcp(rtcp)
                    .build());
            for (int second = 1; second <= 60; second++) {
                nanos.addAndGet(1_000_000_000L);
                socket.send(new DatagramPacket(new byte[1], 1, LOCAL, stream.rtpPort()));
                int sweeps = second; // at least: each datagram is dropped by a sweep at its time
                until(stream, statistics -> statistics.rejectedInactive() == sweeps);
            }
            if (!hostless) {
                ByteBuffer report = report(socket, nanos, stream.rtpPort());
                assertThat(report.getInt(0)).as("an empty RR").isEqualTo(0x80c9_0001);
            }
            long sent = finished(stream).statistics().rtcp().sent();
            assertThat(sent).isBetween(hostless ? 0L : 9L, hostless ? 0L : 30L);
        }
    }

    /** Another stream of the loop tells how often it has swept: what comes on the idle port would make it busy. */
    @ParameterizedTest(name = "C188 to {0}")
    @CsvSource({"127.0.0.1, 3, 4", "0.0.0.0, 0, 0", "255.255.255.255, 0, 0"})
    void C188_idlePortsAreKeptOpenByRtpWithoutPayload(String host, int fewest, int most) throws Exception {
        AtomicLong nanos = handClock();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
                Sender metronome = new Sender(1, 0)) {
            RecordedStream idle = plane.open(settings("idle")
                    .receiving(false)
                    .signalledSource(new InetSocketAddress(host, socket.getLocalPort()))
                    .keepalive(true)
                    .build());
            RecordedStream beside = plane.open(settings("beside").build());
            for (int second = 1; second <= 60; second++) {
                nanos.addAndGet(1_000_000_000L);
                metronome.sendTo(beside.rtpPort(), 1);
                int packets = second;
                until(beside, statistics -> statistics.arrival().datagrams() == packets);
            }
            List<ByteBuffer> came = received(socket, idle.rtpPort());
            assertThat(came).hasSizeBetween(fewest, most);
            RtpPacket packet = new RtpPacket();
            int next = -1;
            for (ByteBuffer datagram : came) {
                assertThat(packet.parse(datagram)).isTrue();
                assertThat(packet.payloadLength()).isZero();
                assertThat(packet.payloadType()).as("negotiated by nobody").isEqualTo(127);
                assertThat(packet.sequence()).isEqualTo(next < 0 ? packet.sequence() : next);
                next = packet.sequence() + 1 & 0xffff;
            }
        }
    }

    /** What has come to a socket so far. */
    private static List<ByteBuffer> received(DatagramSocket socket, int fromPort) throws IOException {
        List<ByteBuffer> all = new ArrayList<>();
        socket.setSoTimeout(50);
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return all;
            }
            assertThat(packet.getPort()).isEqualTo(fromPort);
            all.add(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        }
    }

    @Test
    void aFloodFromAStrangerCostsOthersNothingAndIsAccountedFor() throws Exception {
        RecordedStream flooded = plane.open(settings("flooded").build());
        RecordedStream beside = plane.open(settings("beside").build());
        try (Sender one = new Sender(1, flooded.rtpPort());
                Sender two = new Sender(2, beside.rtpPort());
                Sender stranger = new Sender(3, flooded.rtpPort())) {
            one.send(2);
            until(flooded, statistics -> statistics.received() == 2);
            for (int i = 0; i < 100; i++) {
                stranger.send(200);
                one.send(1);
                two.send(1);
            }
            until(beside, statistics -> statistics.received() == 100);
            assertRecorded(finished(beside), two);
            StreamReport report = finished(flooded);
            assertThat(report.statistics().rejectedSource()).isPositive();
            assertThat(report.statistics().source()).contains(one.address());
            long lost = report.statistics().lost();
            assertThat(report.socketDrops().orElse(0)).isGreaterThanOrEqualTo(lost); // none that isn't accounted for
            short[] recorded = WavAudio.read(report.file()).samples();
            short[] expected = Arrays.copyOf(one.pcm(), recorded.length);
            for (Gap gap : report.gaps()) {
                Arrays.fill(expected, (int) gap.firstSample(), (int) (gap.firstSample() + gap.samples()), (short) 0);
            }
            assertThat(Arrays.equals(recorded, expected)).isTrue();
        }
    }

    @Test
    void C192_theFileHasTheRateOfItsCodec() throws Exception {
        RecordedStream stream = plane.open(settings("wide")
                .formats(List.of(new AudioFormat(9, "G722", 8_000), new AudioFormat(0, "PCMU", 8_000)))
                .format(RecordingFormat.WAV_G711)
                .build());
        try (Sender sender = new Sender(5, stream.rtpPort())) {
            sender.writer.payloadType(9);
            sender.send(20);
            StreamReport report = finished(stream);
            WavAudio audio = WavAudio.read(report.file());
            assertThat(audio.sampleRateHz()).isEqualTo(16_000);
            assertThat(audio.samples()).hasSize(20 * 2 * FRAME);
            assertThat(report.sampleRateHz()).isEqualTo(16_000);
            assertThat(report.fileBytes()).as("16-bit PCM").isEqualTo(80 + 20 * 4 * FRAME);
            assertThat(report.duration(report.samples())).isEqualTo(Duration.ofMillis(400));
            assertThat(report.completeness().complete()).isTrue();
        }
    }

    @Test
    void C186_negotiatedTypesThatLookLikeRtcpAreAudio() throws Exception {
        RecordedStream stream = plane.open(settings("type72")
                .formats(List.of(new AudioFormat(72, "PCMU", 8_000)))
                .build());
        try (Sender sender = new Sender(5, stream.rtpPort())) {
            sender.writer.payloadType(72).marker(true);
            sender.send(20);
            assertRecorded(finished(stream), sender);
        }
    }

    /** Two legs of one sender whose clocks have other offsets; the network holds one of them up for 300 ms. */
    @Test
    void C182_filesOfOneSenderAreAlignedByItsReports() throws Exception {
        AtomicLong nanos = handClock();
        TimeOrigin origin = new TimeOrigin();
        RecordedStream one = plane.open(settings("leg1").origin(origin).build());
        RecordedStream two = plane.open(settings("leg2").origin(origin).build());
        try (Sender alice = new Sender(1, one.rtpPort());
                Sender bob = new Sender(1, two.rtpPort())) {
            bob.firstTimestamp = 123_456;
            long ntp = 0xe000_0000_0000_0000L; // at both clocks' first sample
            byte[] report = senderReport(1, ntp, 0xffff_f000L).array();
            alice.send(50);
            alice.socket.send(new DatagramPacket(report, report.length, LOCAL, one.rtcpPort()));
            until(one, statistics -> statistics.received() == 50);
            nanos.addAndGet(300_000_000L);
            report = senderReport(1, ntp, 123_456).array();
            bob.send(50);
            bob.socket.send(new DatagramPacket(report, report.length, LOCAL, two.rtcpPort()));
            until(two, statistics -> statistics.received() == 50);
            List<StreamReport> reports = List.of(finished(one), finished(two));
            assertThat(reports.get(1).firstSampleOffset()).as("by arrival").hasValue(2_400);
            Path mix = directory.resolve("mix.wav");
            WavMix.write(mix, WavMix.Layout.STEREO, WavMix.aligned(reports));
            WavAudio audio = WavAudio.read(mix);
            int first = 2_400; // the mix begins with what is silence in leg 2
            assertThat(Arrays.copyOfRange(audio.channel(0), first, first + 50 * FRAME))
                    .isEqualTo(alice.pcm());
            assertThat(audio.channel(1)).as("to the sample").isEqualTo(audio.channel(0));
        }
    }

    @Test
    void C179_theCnameIsThatOfTheRecording() {
        TimeOrigin one = new TimeOrigin();
        assertThat(one.cname()).hasSize(16).isEqualTo(one.cname()).isNotEqualTo(new TimeOrigin().cname());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheSystemDropsIsToldApartFromTheNetwork() throws Exception {
        plane.close();
        plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .sweepPeriod(Duration.ofMillis(500))
                .receiveBufferBytes(4_096)
                .build();
        plane.start();
        RecordedStream stream = plane.open(settings("drops").build());
        try (Sender sender = new Sender(8, stream.rtpPort())) {
            sender.send(3);
            until(stream, statistics -> statistics.received() == 3); // the next sweep is far
            sender.send(500);
            int seen = 3;
            until(stream, statistics -> statistics.received() > seen);
            sender.send(1); // shows what is missing
            StreamReport report = finished(stream);
            assertThat(report.statistics().lost()).isPositive();
            assertThat(report.socketDrops()).hasValue(report.statistics().lost());
            assertThat(report.statistics().received() + report.statistics().lost())
                    .isEqualTo(504);
        }
    }

    private static void sendQuietly(Sender sender) {
        try {
            sender.send(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rtcpIsCounted() throws Exception {
        RecordedStream stream = plane.open(settings("rtcp").build());
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[8], 8, LOCAL, stream.rtcpPort()));
            until(stream, statistics -> statistics.rtcp().malformed() == 1);
        }
        StreamReport report = finished(stream);
        assertThat(report.samples()).isZero();
        assertThat(report.firstSampleOffset()).isEmpty();
        assertThat(report.fileBytes()).isEqualTo(80);
    }

    @Test
    void aSlowDiskDoesntStopReception() throws Exception {
        CountDownLatch unblocked = new CountDownLatch(1);
        plane.close();
        plane = plane(1, slow(unblocked), 2);
        RecordedStream stream = plane.open(settings("slow").build());
        try (Sender sender = new Sender(5, stream.rtpPort())) {
            for (int i = 0; i < 100; i++) {
                sender.send(5);
                int sent = sender.sent;
                until(stream, statistics -> statistics.received() == sent);
            }
            CompletableFuture<StreamReport> closed = stream.close();
            until(stream, statistics -> statistics.droppedByQueue() > 0);
            assertThat(closed).as("the disk is still blocked").isNotDone();
            unblocked.countDown();
            StreamReport report = closed.get(20, TimeUnit.SECONDS);
            assertThat(report.statistics().lost()).as("C219").isZero();
            assertThat(report.statistics().droppedByQueue()).isPositive();
            assertThat(plane.statistics().blocksDropped())
                    .isEqualTo(report.statistics().droppedByQueue());
            long missing = report.gaps().stream().mapToLong(Gap::samples).sum();
            assertThat(missing).isPositive().isLessThan(500 * FRAME);
            short[] recorded = WavAudio.read(report.file()).samples();
            short[] expected = Arrays.copyOf(sender.pcm(), recorded.length);
            for (Gap gap : report.gaps()) {
                int from = (int) Math.min(gap.firstSample(), expected.length);
                int to = (int) Math.min(gap.firstSample() + gap.samples(), expected.length);
                Arrays.fill(expected, from, to, (short) 0);
            }
            assertThat(Arrays.equals(recorded, expected))
                    .as("the rest is in its place")
                    .isTrue();
        }
    }

    private static Storage slow(CountDownLatch unblocked) {
        return path -> {
            try {
                unblocked.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Storage.fileSystem().create(path);
        };
    }

    @Test
    void troubleWithTheFileIsReportedAndHurtsNobodyElse() throws Exception {
        Path noDirectory = Files.createFile(directory.resolve("file"));
        RecordedStream bad =
                plane.open(StreamSettings.builder(noDirectory.resolve("a.wav")).build());
        RecordedStream good = plane.open(settings("good").build());
        try (Sender one = new Sender(6, bad.rtpPort());
                Sender two = new Sender(7, good.rtpPort())) {
            one.send(10);
            two.send(10);
            StreamReport report = finished(bad);
            assertThat(report.error()).isPresent();
            assertThat(report.statistics().received()).isEqualTo(10);
            assertThat(report.statistics().diskErrors()).isEqualTo(2);
            assertThat(report.gaps()).containsExactly(new Gap(0, 10 * FRAME, Gap.Cause.DISK));
            assertRecorded(finished(good), two);
        }
    }

    @Test
    void closingThePlaneFinishesEveryStream() throws Exception {
        RecordedStream stream = plane.open(settings("open").build());
        try (Sender sender = new Sender(8, stream.rtpPort())) {
            sender.send(20);
            plane.close();
            plane.close();
            assertThat(stream.close()).isCompleted();
            assertRecorded(finished(stream), sender);
        }
        assertThatThrownBy(() -> plane.open(settings("late").build())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(plane::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void C191_fullRangesAreRefusedByName() throws Exception {
        RecordedStream probe = plane.open(settings("probe").build());
        int port = probe.rtpPort();
        finished(probe);
        try (MediaPlane small = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(port, port + 1)
                .portQuarantine(Duration.ZERO)
                .build()) {
            small.start();
            assertThat(small.freePortPairs()).isEqualTo(1);
            RecordedStream stream = small.open(settings("first").build());
            assertThat(small.freePortPairs()).isZero();
            assertThatThrownBy(() -> small.open(settings("second").build()))
                    .as("C191")
                    .isInstanceOf(PortsExhaustedException.class)
                    .hasMessageContaining(port + ".." + (port + 1));
            finished(stream);
            finished(small.open(settings("third").build()));
        }
    }

    @ParameterizedTest(name = "ports {0}..{1} are refused")
    @CsvSource({"0, 1", "10000, 10000", "10001, 10002", "65535, 65536", "20000, 10000", "-2, 5"})
    void wrongRangesAreRefused(int min, int max) {
        assertThatThrownBy(() -> MediaPlane.builder().ports(min, max))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(min + ".." + max);
    }
}
