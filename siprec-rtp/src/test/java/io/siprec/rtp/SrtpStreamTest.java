package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpOutcome;
import io.siprec.rtp.srtp.SrtpReceiver;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted streams through sockets, loop and file. */
@Timeout(60)
class SrtpStreamTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;
    private static final int SSRC = 0x8000_0007;
    private static final List<AudioFormat> PCMU = List.of(new AudioFormat(0, "PCMU", 8_000));
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private final SrtpScratch scratch = new SrtpScratch();
    private final SrtpKeys theirs = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    private final SrtpKeys ours = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    private MediaPlane plane;
    private DatagramSocket rtp;
    private DatagramSocket rtcp;

    @BeforeEach
    void start() throws IOException {
        plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .loops(1)
                .sweepPeriod(Duration.ofMillis(5))
                .build();
        plane.start();
        rtp = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
        rtcp = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
    }

    @AfterEach
    void close() {
        rtp.close();
        rtcp.close();
        plane.close();
    }

    private static SrtpKeys keys(SrtpSuite suite) {
        return SrtpKeys.generate(suite, RANDOM);
    }

    private StreamSettings.Builder settings() {
        return StreamSettings.builder(directory.resolve("a.wav")).formats(PCMU).signalledSource(address(rtp));
    }

    private RecordedStream open(SrtpKeys peer, SrtpKeys own) throws Exception {
        return plane.open(settings().srtp(new SrtpSettings(List.of(peer), own)).build());
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Packet {@code index} in clear, with room for the tag. */
    private static ByteBuffer clear(int index) {
        ByteBuffer packet = ByteBuffer.allocate(500);
        new RtpPacketWriter()
                .ssrc(SSRC)
                .sequence(65_530 + index)
                .timestamp(index * (long) FRAME)
                .write(packet, codes(index), 0, FRAME);
        return packet.flip();
    }

    private static byte[] codes(int index) {
        byte[] codes = new byte[FRAME];
        Arrays.fill(codes, (byte) (index % 120));
        return codes;
    }

    private static short[] pcm(int from, int count) {
        short[] pcm = new short[count * FRAME];
        for (int i = 0; i < count; i++) {
            G711.decodeUlaw(codes(from + i), 0, FRAME, pcm, i * FRAME);
        }
        return pcm;
    }

    private static ByteBuffer sealed(SrtpSender sender, int index) {
        ByteBuffer packet = clear(index);
        sender.protect(packet);
        return packet;
    }

    private void send(ByteBuffer packet, int port) throws IOException {
        rtp.send(new DatagramPacket(packet.array(), packet.limit(), LOCAL, port));
    }

    private void sendSealed(SrtpSender sender, int port, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            send(sealed(sender, i), port);
        }
    }

    private static StreamReport finished(RecordedStream stream) throws Exception {
        return stream.close().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void C196_C202_everySampleIsInTheFileAcrossTheWrapOfTheSequence(SrtpSuite suite) throws Exception {
        SrtpKeys peer = keys(suite);
        RecordedStream stream = open(peer, keys(suite));
        sendSealed(new SrtpSender(peer, scratch), stream.rtpPort(), 0, 100);
        StreamReport report = finished(stream);
        assertThat(WavAudio.read(report.file()).samples()).isEqualTo(pcm(0, 100));
        assertThat(report.statistics().received()).isEqualTo(100);
        assertThat(report.statistics().lost()).isZero();
    }

    @Test
    void C196_aPacketThatNamesItsKeyIsOpenedWithThat() throws Exception {
        SrtpKeys first = theirs.withMki(new byte[] {1});
        SrtpKeys second = keys(theirs.suite()).withMki(new byte[] {2});
        RecordedStream stream = plane.open(
                settings().srtp(new SrtpSettings(List.of(first, second), ours)).build());
        sendSealed(new SrtpSender(second, scratch), stream.rtpPort(), 0, 5);
        assertThat(finished(stream).samples()).isEqualTo(5 * FRAME);
    }

    @Test
    void C200_C202_whatIsPlainForgedOrReplayedIsCountedAndNeverHeard() throws Exception {
        RecordedStream stream = open(theirs, ours);
        StreamStatistics before = stream.statistics();
        SrtpSender sender = new SrtpSender(theirs, scratch);
        SrtpSender stranger = new SrtpSender(keys(theirs.suite()), scratch);
        for (int i = 0; i < 10; i++) {
            ByteBuffer packet = sealed(sender, i);
            send(clear(i), stream.rtpPort());
            send(sealed(stranger, i), stream.rtpPort());
            ByteBuffer forged = ByteBuffer.wrap(packet.array().clone()).limit(packet.limit());
            forged.put(20, (byte) ~forged.get(20));
            send(forged, stream.rtpPort());
            send(packet, stream.rtpPort());
            send(packet, stream.rtpPort());
        }
        StreamReport report = finished(stream);
        assertThat(WavAudio.read(report.file()).samples()).isEqualTo(pcm(0, 10));
        assertThat(report.statistics().rejectedAuthentication()).isEqualTo(30);
        assertThat(report.statistics().rejectedReplay()).isEqualTo(10);
        assertThat(report.statistics().received()).isEqualTo(10);
        assertThat(AudioState.between(before, report.statistics())).isEqualTo(AudioState.DIGITAL_SILENCE);
    }

    @Test
    void C202_aStreamWithTheWrongKeySaysSo() throws Exception {
        RecordedStream stream = open(theirs, ours);
        StreamStatistics before = stream.statistics();
        sendSealed(new SrtpSender(keys(theirs.suite()), scratch), stream.rtpPort(), 0, 10);
        StreamReport report = finished(stream);
        assertThat(report.samples()).isZero();
        assertThat(AudioState.between(before, report.statistics())).isEqualTo(AudioState.SRTP_FAILING);
        assertThat(AudioState.SRTP_FAILING.unexplained()).isTrue();
    }

    @Test
    void C205_newKeysBeginAnewAndTheSameOnesGoOn() throws Exception {
        RecordedStream stream = open(theirs, ours);
        SrtpSender before = new SrtpSender(theirs, scratch);
        sendSealed(before, stream.rtpPort(), 0, 10);
        awaitReceived(stream, 10);
        stream.update(
                PCMU, Optional.of(address(rtp)), true, RtcpSettings.STANDARD, new SrtpSettings(List.of(theirs), ours));
        sendSealed(before, stream.rtpPort(), 10, 10); // has a rollover count of 1
        awaitReceived(stream, 20);
        SrtpKeys next = keys(SrtpSuite.AEAD_AES_128_GCM);
        stream.update(
                PCMU,
                Optional.of(address(rtp)),
                true,
                RtcpSettings.STANDARD,
                new SrtpSettings(List.of(next), keys(SrtpSuite.AEAD_AES_128_GCM)));
        send(sealed(before, 20), stream.rtpPort()); // on the way when the key changed
        sendSealed(new SrtpSender(next, scratch), stream.rtpPort(), 21, 9);
        StreamReport report = finished(stream);
        assertThat(WavAudio.read(report.file()).samples()).isEqualTo(pcm(0, 30));
        assertThat(report.statistics().lost()).isZero();
    }

    @Test
    void aStreamOfPlainRtpStaysOne() throws Exception {
        RecordedStream stream = plane.open(settings().build());
        SrtpSettings srtp = new SrtpSettings(List.of(theirs), ours);
        assertThatThrownBy(() -> stream.update(PCMU, Optional.empty(), true, RtcpSettings.STANDARD, srtp))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SrtpSettings(List.of(theirs), keys(SrtpSuite.AEAD_AES_256_GCM)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Our reports are encrypted under our key; theirs count when they are authentic. */
    @Test
    void C203_reportsAreProtectedBothWays() throws Exception {
        RtcpSettings standard = RtcpSettings.STANDARD;
        RecordedStream stream = plane.open(settings()
                .srtp(new SrtpSettings(List.of(theirs), ours))
                .rtcp(new RtcpSettings(
                        false,
                        Optional.of(address(rtcp)),
                        standard.senderBitsPerSecond(),
                        standard.receiverBitsPerSecond(),
                        false))
                .build());
        SrtpSender sender = new SrtpSender(theirs, scratch);
        sendSealed(sender, stream.rtpPort(), 0, 10);
        awaitReceived(stream, 10);
        sendRtcp(senderReport(), stream.rtcpPort());
        ByteBuffer forged = senderReport();
        new SrtpSender(keys(theirs.suite()), scratch).protectRtcp(forged);
        sendRtcp(forged, stream.rtcpPort());
        ByteBuffer good = senderReport();
        sender.protectRtcp(good);
        sendRtcp(good, stream.rtcpPort());
        sendRtcp(good, stream.rtcpPort());

        DatagramPacket sealed = new DatagramPacket(new byte[1_500], 1_500);
        rtcp.setSoTimeout(20_000);
        rtcp.receive(sealed);
        ByteBuffer report = ByteBuffer.wrap(sealed.getData(), 0, sealed.getLength());
        assertThat(report.get(report.limit() - 14) & 0x80).as("the E flag").isEqualTo(0x80);
        byte[] before = Arrays.copyOfRange(report.array(), 8, report.limit());
        SrtpReceiver opener = new SrtpReceiver(List.of(ours), scratch);
        assertThat(opener.unprotectRtcp(report)).isEqualTo(SrtpOutcome.ACCEPTED);
        assertThat(report.get(1) & 0xff).as("a receiver report").isEqualTo(201);
        assertThat(report.getInt(8)).as("about the stream").isEqualTo(SSRC);
        assertThat(Arrays.copyOfRange(report.array(), 8, report.limit()))
                .isNotEqualTo(Arrays.copyOf(before, report.limit() - 8));

        StreamStatistics.Rtcp counted = finished(stream).statistics().rtcp();
        assertThat(counted.received()).isEqualTo(4);
        assertThat(counted.senderReports()).isEqualTo(1);
        assertThat(counted.unauthentic()).as("plain, forged, replayed").isEqualTo(3);
    }

    private static ByteBuffer senderReport() {
        ByteBuffer report = ByteBuffer.allocate(200);
        report.putInt(0x80c8_0006).putInt(SSRC).putLong(9).putInt(0).putInt(1).putInt(1);
        return report.flip();
    }

    private void sendRtcp(ByteBuffer packet, int port) throws IOException {
        rtcp.send(new DatagramPacket(packet.array(), packet.limit(), LOCAL, port));
    }

    private static void awaitReceived(RecordedStream stream, long packets) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (stream.statistics().received() < packets) {
            assertThat(System.nanoTime()).as("time to receive it").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
