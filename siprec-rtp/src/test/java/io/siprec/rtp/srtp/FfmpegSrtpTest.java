package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.rtp.G711;
import io.siprec.rtp.RtpPacket;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender that is not ours. */
class FfmpegSrtpTest {
    private static final int RATE_HZ = 8_000;
    private static final int TONE_HZ = 1_000;

    private final SrtpScratch scratch = new SrtpScratch();
    private final RtpPacket packet = new RtpPacket();
    private final short[] pcm = new short[4 * RATE_HZ];
    private int samples;

    /** Under its SDES name, ffmpeg gives the second suite RTCP tags of 32 bits, against RFC 4568 §6.2.2. */
    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_80",
        "AES_CM_128_HMAC_SHA1_32, SRTP_AES128_CM_HMAC_SHA1_32"
    })
    void C202_C203_C204_theToneOfFfmpegArrivesAcrossAWrap(SrtpSuite suite, String itsName) throws Exception {
        requireFfmpeg();
        SrtpKeys keys = SrtpKeys.generate(suite, new SecureRandom());
        SrtpReceiver receiver = new SrtpReceiver(List.of(keys), scratch);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket rtp = new DatagramSocket(0, loopback);
                DatagramSocket rtcp = new DatagramSocket(0, loopback)) {
            rtp.setSoTimeout(10_000);
            Process ffmpeg = start(keys, itsName, rtp.getLocalPort(), rtcp.getLocalPort());
            try {
                while (samples < RATE_HZ) {
                    ByteBuffer datagram = receive(rtp);
                    assertThat(receiver.unprotect(datagram)).isEqualTo(SrtpOutcome.ACCEPTED);
                    keep(datagram);
                }
                rtcp.setSoTimeout(10_000);
                ByteBuffer report = receive(rtcp);
                assertThat(receiver.unprotectRtcp(report)).isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(report.get(1)).as("a sender report").isEqualTo((byte) 200);
                assertThat(ffmpeg.waitFor(10, TimeUnit.SECONDS)).isTrue();
            } finally {
                ffmpeg.destroyForcibly();
            }
        }
        assertThat(receiver.count(SrtpOutcome.ACCEPTED))
                .as("packets, the wrap among them")
                .isGreaterThan(5);
        assertThat(shareOfTone()).isGreaterThan(0.99);
    }

    private static void requireFfmpeg() {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
        String hint = "ffmpeg is not installed (Debian package ffmpeg)";
        if (!found && System.getProperty("siprec.tools", "").equals("required")) {
            fail(hint);
        }
        assumeTrue(found, hint);
    }

    private static Process start(SrtpKeys keys, String suite, int rtpPort, int rtcpPort) throws IOException {
        String tone = "sine=frequency=" + TONE_HZ + ":sample_rate=" + RATE_HZ + ":duration=1";
        String url = "srtp://127.0.0.1:" + rtpPort + "?rtcpport=" + rtcpPort + "&pkt_size=200";
        String key = Base64.getEncoder().encodeToString(keys.keyAndSalt());
        String command = "ffmpeg -nostdin -loglevel error -f lavfi -i " + tone
                + " -c:a pcm_mulaw -f rtp -seq 65530 -srtp_out_suite " + suite + " -srtp_out_params " + key + " " + url;
        return new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ByteBuffer receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("ffmpeg sent nothing", e);
        }
        return ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
    }

    private void keep(ByteBuffer datagram) {
        assertThat(packet.parse(datagram)).isTrue();
        for (int i = 0; i < packet.payloadLength(); i++) {
            pcm[samples++] = G711.decodeUlaw(datagram.get(packet.payloadStart() + i));
        }
    }

    /** Of the whole power, how much lies at the tone's frequency. */
    private double shareOfTone() {
        double sine = 0;
        double cosine = 0;
        double power = 0;
        for (int i = 0; i < samples; i++) {
            double phase = 2 * Math.PI * TONE_HZ * i / RATE_HZ;
            sine += pcm[i] * Math.sin(phase);
            cosine += pcm[i] * Math.cos(phase);
            power += pcm[i] * pcm[i];
        }
        return 2 * (sine * sine + cosine * cosine) / (samples * power);
    }
}
