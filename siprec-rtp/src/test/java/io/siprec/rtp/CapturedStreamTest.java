package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.internal.Storage;
import io.siprec.rtp.internal.pcapng.BlockReader;
import io.siprec.rtp.internal.pcapng.BlockReader.Block;
import io.siprec.rtp.internal.pcapng.BlockReader.Packet;
import io.siprec.rtp.internal.pcapng.HeaderReader;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams put into a capture, through sockets, loop and file. */
@Timeout(60)
class CapturedStreamTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;
    private static final int G729 = 18;
    private static final List<AudioFormat> FORMATS =
            List.of(new AudioFormat(0, "PCMU", 8_000), new AudioFormat(G729, "G729", 8_000));
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final TimeOrigin origin = new TimeOrigin();
    private MediaPlane plane = plane(Storage.fileSystem(), 100);

    private static MediaPlane plane(Storage storage, int captureBlocks) {
        MediaPlane plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .loops(2)
                .sweepPeriod(Duration.ofMillis(5))
                .captureQueueBlocks(captureBlocks)
                .storage(storage)
                .build();
        plane.start();
        return plane;
    }

    @AfterEach
    void close() {
        sockets.forEach(DatagramSocket::close);
        plane.close();
    }

    private PacketCapture capture(CaptureScope scope, boolean decrypted) {
        Path file = directory.resolve("call.pcapng");
        return plane.capture(new CaptureSettings(file, scope, decrypted, UnaryOperator.identity()));
    }

    private StreamSettings.Builder settings(PacketCapture capture, int number) {
        return StreamSettings.builder(directory.resolve("stream-" + number + ".wav"))
                .origin(origin)
                .formats(FORMATS)
                .capture(new CapturedStream(capture, number, LOCAL));
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
        sockets.add(socket);
        return socket;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static byte[] packet(int type, int index) {
        byte[] payload = new byte[type == G729 ? 20 : FRAME];
        Arrays.fill(payload, (byte) (index % 120));
        return new RtpPacketWriter()
                .payloadType(type)
                .ssrc(0xabcd)
                .sequence(index)
                .timestamp((long) index * FRAME)
                .packet(payload)
                .array();
    }

    private static void send(DatagramSocket socket, byte[] packet, int port) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, LOCAL, port));
    }

    private static void send(DatagramSocket socket, int type, int from, int count, int port) throws IOException {
        for (int i = from; i < from + count; i++) {
            send(socket, packet(type, i), port);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static void awaitDatagrams(RecordedStream stream, long count) throws InterruptedException {
        await(() -> stream.statistics().arrival().datagrams() >= count);
    }

    private static StreamReport finished(RecordedStream stream) throws Exception {
        return stream.close().get(20, TimeUnit.SECONDS);
    }

    private static CaptureReport finished(PacketCapture capture) throws Exception {
        return capture.close().get(20, TimeUnit.SECONDS);
    }

    private static List<Packet> packets(CaptureReport report) throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (BlockReader reader = BlockReader.open(report.file())) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                if (block instanceof Packet packet) {
                    packets.add(packet);
                }
            }
        }
        return packets;
    }

    private static byte[] payload(Packet packet) {
        ByteBuffer payload = HeaderReader.udpPayload(packet.data());
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    private static void assertHolds(List<Packet> captured, int type, int from, int count) {
        assertThat(captured).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(payload(captured.get(i))).as("packet %d", i).isEqualTo(packet(type, from + i));
        }
    }

    @Test
    void allOfTheAcceptedSourceIsKeptAndNothingElse() throws Exception {
        PacketCapture capture = capture(CaptureScope.ALL, false);
        DatagramSocket sender = socket();
        DatagramSocket stranger = socket();
        RecordedStream stream =
                plane.open(settings(capture, 1).signalledSource(address(sender)).build());
        int port = stream.rtpPort();
        send(sender, 0, 0, 10, port);
        awaitDatagrams(stream, 10);
        send(stranger, 0, 10, 5, port);
        send(sender, 97, 10, 5, port); // not negotiated
        send(sender, new byte[] {1, 2, 3}, port);
        awaitDatagrams(stream, 21);
        stream.pause().get();
        send(sender, 0, 15, 20, port);
        awaitDatagrams(stream, 41);
        stream.resume().get();
        send(sender, 0, 34, 1, port); // sent in the pause
        send(sender, 0, 35, 10, port);
        awaitDatagrams(stream, 52);
        stream.update(FORMATS, Optional.of(address(sender)), false);
        await(() -> stream.statistics().listening() == StreamStatistics.Listening.INACTIVE);
        send(sender, 0, 45, 10, port);
        awaitDatagrams(stream, 62);
        StreamReport report = finished(stream);
        CaptureReport captured = finished(capture);

        assertThat(report.statistics().received()).isEqualTo(20);
        assertThat(captured.packets()).isEqualTo(20);
        assertThat(captured.dropped()).isZero();
        assertThat(captured.error()).isEmpty();
        assertThat(captured.fileBytes()).isEqualTo(Files.size(captured.file()));
        List<Packet> packets = packets(captured);
        assertHolds(packets.subList(0, 10), 0, 0, 10);
        assertHolds(packets.subList(10, 20), 0, 35, 10);
        assertThat(packets).isSortedAccordingTo((a, b) -> Long.compare(a.epochNanos(), b.epochNanos()));
        long seconds = packets.get(0).epochNanos() / 1_000_000_000L;
        assertThat(seconds).isCloseTo(System.currentTimeMillis() / 1_000, org.assertj.core.data.Offset.offset(60L));
    }

    @Test
    void onlyWhatCantBeDecodedIsKept() throws Exception {
        PacketCapture capture = capture(CaptureScope.UNDECODABLE, false);
        DatagramSocket sender = socket();
        capture.message(new CapturedMessage(
                true,
                "UDP",
                new InetSocketAddress(LOCAL, 5_060),
                new InetSocketAddress(LOCAL, 5_061),
                System.nanoTime(),
                new byte[1_000]));
        RecordedStream stream = plane.open(settings(capture, 1).build());
        send(sender, 0, 0, 10, stream.rtpPort());
        send(sender, G729, 10, 7, stream.rtpPort());
        send(sender, 0, 17, 10, stream.rtpPort());
        awaitDatagrams(stream, 27);
        assertThat(finished(stream).statistics().undecodable()).isEqualTo(7);
        CaptureReport captured = finished(capture);
        assertThat(captured.packets()).isEqualTo(7);
        assertThat(captured.messages())
                .as("what says how they are encoded goes with them")
                .isEqualTo(1);
        List<Packet> packets = packets(captured);
        assertHolds(packets.subList(packets.size() - 7, packets.size()), G729, 10, 7);
    }

    @Test
    void withoutAnythingToKeepThereIsNoFile() throws Exception {
        PacketCapture capture = capture(CaptureScope.UNDECODABLE, false);
        DatagramSocket sender = socket();
        RecordedStream stream = plane.open(settings(capture, 1).build());
        send(sender, 0, 0, 10, stream.rtpPort());
        awaitDatagrams(stream, 10);
        stream.update(FORMATS.subList(0, 1), Optional.empty(), true);
        stream.pause().get(20, TimeUnit.SECONDS);
        finished(stream);
        CaptureReport report = finished(capture);
        assertThat(report.fileBytes()).isZero();
        assertThat(report.error()).isEmpty();
        assertThat(report.file()).doesNotExist();
    }

    /** The first packets of a source that nobody named wait in probation: of them too, both forms are kept. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEncryptedStreamIsKeptAsReceivedOrInClear(boolean decrypted) throws Exception {
        SrtpKeys theirs = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpKeys ours = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpSender srtp = new SrtpSender(theirs, new SrtpScratch());
        PacketCapture capture = capture(CaptureScope.ALL, decrypted);
        DatagramSocket sender = socket();
        RecordedStream stream = plane.open(settings(capture, 1)
                .srtp(new SrtpSettings(List.of(theirs), ours))
                .build());
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ByteBuffer packet = ByteBuffer.allocate(300).put(packet(0, i)).flip();
            srtp.protect(packet);
            sealed.add(Arrays.copyOf(packet.array(), packet.limit()));
            send(sender, sealed.get(i), stream.rtpPort());
        }
        awaitDatagrams(stream, 30);
        assertThat(finished(stream).statistics().received()).isEqualTo(30);
        CaptureReport captured = finished(capture);

        List<Packet> packets = packets(captured);
        assertThat(packets).hasSize(30);
        for (int i = 0; i < 30; i++) {
            assertThat(payload(packets.get(i))).as("packet %d", i).isEqualTo(decrypted ? packet(0, i) : sealed.get(i));
        }
        CaptureRender.Rendered made = CaptureRender.render(captured.file(), directory.resolve("again"))
                .streams()
                .get(0);
        if (decrypted) {
            assertThat(made.problem()).isEmpty();
            assertThat(Files.mismatch(made.file().orElseThrow(), directory.resolve("stream-1.wav")))
                    .isEqualTo(-1);
        } else {
            assertThat(made.problem().orElseThrow()).contains("encrypted");
            assertThat(made.file()).isEmpty();
        }
    }

    @Test
    void aDiskThatRefusesTheCaptureCostsNoAudio() throws Exception {
        plane.close();
        plane = plane(path -> withoutCaptures(path), 100);
        PacketCapture capture = capture(CaptureScope.ALL, false);
        DatagramSocket sender = socket();
        RecordedStream stream = plane.open(settings(capture, 1).build());
        send(sender, 0, 0, 50, stream.rtpPort());
        awaitDatagrams(stream, 50);
        StreamReport report = finished(stream);
        CaptureReport captured = finished(capture);
        assertThat(report.error()).isEmpty();
        assertThat(report.samples()).isEqualTo(50 * FRAME);
        assertThat(report.completeness().complete()).isTrue();
        assertThat(captured.packets()).isZero();
        assertThat(captured.dropped()).isEqualTo(50);
        assertThat(captured.error().orElseThrow()).contains("call.pcapng").contains("No space left");
    }

    private static Storage.File withoutCaptures(Path path) throws IOException {
        if (path.toString().endsWith(".pcapng")) {
            throw new IOException("No space left on device");
        }
        return Storage.fileSystem().create(path);
    }

    @Test
    void aDiskThatIsFullForAWhileLeavesAFileThatCanBeRead() throws Exception {
        plane.close();
        boolean[] full = {false};
        plane = plane(
                path -> path.toString().endsWith(".pcapng")
                        ? new HalfWriting(Storage.fileSystem().create(path), () -> full[0])
                        : Storage.fileSystem().create(path),
                100);
        PacketCapture capture = capture(CaptureScope.ALL, false);
        DatagramSocket sender = socket();
        RecordedStream stream = plane.open(settings(capture, 1).build());
        send(sender, 0, 0, 10, stream.rtpPort());
        awaitDatagrams(stream, 10);
        await(() -> exists(capture.file())); // what waits is written twice a second
        full[0] = true;
        send(sender, 0, 10, 10, stream.rtpPort());
        awaitDatagrams(stream, 20);
        finished(stream);
        CaptureReport captured = finished(capture);
        assertThat(captured.packets()).isEqualTo(10);
        assertThat(captured.dropped()).isEqualTo(10);
        assertThat(Files.size(captured.file())).isEqualTo(captured.fileBytes());
        assertHolds(packets(captured), 0, 0, 10);
        assertThat(CaptureRender.render(captured.file(), directory.resolve("again"))
                        .streams()
                        .get(0)
                        .problem())
                .isPresent();
    }

    private static boolean exists(Path file) {
        return file.toFile().length() > 1_000;
    }

    private record HalfWriting(Storage.File real, BooleanSupplier full) implements Storage.File {
        @Override
        public void write(ByteBuffer data, long position) throws IOException {
            if (full.getAsBoolean()) {
                real.write(data.limit(data.position() + data.remaining() / 2), position);
                throw new IOException("No space left on device");
            }
            real.write(data, position);
        }

        @Override
        public void force() throws IOException {
            real.force();
        }

        @Override
        public void truncate(long bytes) throws IOException {
            real.truncate(bytes);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }

    @Test
    void aDiskThatStandsStillFillsTheBoundOfCapturesAndNoOther() throws Exception {
        plane.close();
        CountDownLatch moves = new CountDownLatch(1);
        plane = plane(
                path -> path.toString().endsWith(".pcapng")
                        ? late(path, moves)
                        : Storage.fileSystem().create(path),
                1);
        PacketCapture capture = capture(CaptureScope.ALL, false);
        DatagramSocket sender = socket();
        RecordedStream stream = plane.open(settings(capture, 1).build());
        for (int i = 0; i < 400; i += 100) {
            send(sender, 0, i, 100, stream.rtpPort());
            awaitDatagrams(stream, i + 100);
        }
        byte[] message = new byte[60_000];
        for (int i = 0; i < 200; i++) {
            InetSocketAddress peer = address(sender);
            capture.message(new CapturedMessage(true, "UDP", peer, peer, System.nanoTime(), message));
        }
        moves.countDown();
        StreamReport report = finished(stream);
        CaptureReport captured = finished(capture);
        assertThat(report.samples()).isEqualTo(400 * FRAME);
        assertThat(report.completeness().complete()).isTrue();
        assertThat(captured.packets()).isBetween(10L, 390L);
        assertThat(captured.messages()).isBetween(100L, 199L);
        assertThat(captured.packets() + captured.messages() + captured.dropped())
                .as("each is there or counted; one note may be dropped too")
                .isBetween(600L, 610L);
        assertThat(captured.error()).isEmpty();
        assertThat(packets(captured)).hasSize((int) (captured.packets() + captured.messages()));
    }

    private static Storage.File late(Path path, CountDownLatch moves) throws IOException {
        try {
            moves.await();
            return Storage.fileSystem().create(path);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void maskedEventsKeepAStreamOutOfCaptures() {
        StreamSettings.Builder masked =
                settings(capture(CaptureScope.ALL, false), 1).events(new EventSettings(true, event -> {}));
        assertThatThrownBy(masked::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tsharkSeesTheStreams() throws Exception {
        Tshark.require();
        PacketCapture capture = capture(CaptureScope.ALL, false);
        DatagramSocket sender = socket();
        RecordedStream one = plane.open(settings(capture, 1).build());
        RecordedStream two = plane.open(settings(capture, 2).build());
        InetSocketAddress src = new InetSocketAddress(LOCAL, 5_060);
        InetSocketAddress srs = new InetSocketAddress(LOCAL, 5_070);
        capture.message(new CapturedMessage(true, "UDP", src, srs, System.nanoTime(), offer(sender.getLocalPort())));
        capture.message(new CapturedMessage(false, "UDP", src, srs, System.nanoTime(), answer(one, two)));
        await(() -> exists(capture.file()));
        send(sender, 0, 0, 50, one.rtpPort());
        send(sender, 0, 100, 20, two.rtpPort());
        send(sender, 0, 121, 20, two.rtpPort());
        awaitDatagrams(one, 50);
        awaitDatagrams(two, 40);
        finished(one);
        finished(two);
        Path file = finished(capture).file();

        assertThat(Tshark.read(file, "-Y", "rtp", "-T", "fields", "-e", "rtp.seq", "-e", "udp.dstport"))
                .hasSize(90)
                .contains("49\t" + one.rtpPort(), "140\t" + two.rtpPort());
        List<String> streams = Tshark.read(file, "-q", "-z", "rtp,streams");
        assertThat(streams)
                .anySatisfy(line -> assertThat(line)
                        .contains(" " + one.rtpPort() + " ", "0x0000ABCD", "g711U", " 50 ", " 0 (0.0%)"))
                .anySatisfy(line -> assertThat(line)
                        .contains(" " + two.rtpPort() + " ", "0x0000ABCD", "g711U", " 40 ", " 1 (2.4%)"));
        assertThat(Tshark.read(file, "-Y", "systemd_journal", "-T", "fields", "-e", "systemd_journal.message"))
                .anySatisfy(line -> assertThat(line).startsWith("stream 1 begin file=stream-1.wav"))
                .anySatisfy(line -> assertThat(line).startsWith("stream 2 ended"))
                .anySatisfy(line -> assertThat(line).isEqualTo("capture closed dropped=0"));
    }

    private static byte[] offer(int port) {
        return sip("INVITE sip:srs@127.0.0.1:5070 SIP/2.0", port, port);
    }

    private static byte[] answer(RecordedStream one, RecordedStream two) {
        return sip("SIP/2.0 200 OK", one.rtpPort(), two.rtpPort());
    }

    private static byte[] sip(String startLine, int firstPort, int secondPort) {
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + firstPort
                + " RTP/AVP 0\r\nm=audio " + secondPort + " RTP/AVP 0\r\n";
        String head = startLine + "\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\n"
                + "To: <sip:b@127.0.0.1>\r\nCall-ID: 1@127.0.0.1\r\nCSeq: 1 INVITE\r\n"
                + "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n";
        return (head + sdp).getBytes(StandardCharsets.US_ASCII);
    }
}
