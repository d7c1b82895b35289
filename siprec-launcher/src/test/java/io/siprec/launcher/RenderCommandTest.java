package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.CaptureSettings;
import io.siprec.rtp.CapturedStream;
import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.PacketCapture;
import io.siprec.rtp.RecordedStream;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.StreamSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class RenderCommandTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            RenderCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    private int render(Object... arguments) {
        return command.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    private Path rendered() {
        return folder.resolve("rendered").resolve("stream-1.wav");
    }

    /** A session of one stream: fifty packets, every second of a codec without a decoder. */
    private void record(CaptureScope scope) throws Exception {
        try (MediaPlane plane =
                        MediaPlane.builder().bindAddress(LOCAL).ports(0, 0).build();
                DatagramSocket sender = new DatagramSocket(0, LOCAL)) {
            plane.start();
            PacketCapture capture = plane.capture(
                    new CaptureSettings(folder.resolve("call.pcapng"), scope, false, UnaryOperator.identity()));
            RecordedStream stream = plane.open(StreamSettings.builder(folder.resolve("stream-1.wav"))
                    .formats(List.of(new AudioFormat(0, "PCMU", 8_000), new AudioFormat(18, "G729", 8_000)))
                    .capture(new CapturedStream(capture, 1, LOCAL))
                    .build());
            for (int i = 0; i < 50; i++) {
                byte[] packet = new RtpPacketWriter()
                        .payloadType(i % 2 == 0 ? 0 : 18)
                        .sequence(i)
                        .timestamp(160L * i)
                        .packet(new byte[i % 2 == 0 ? 160 : 20])
                        .array();
                sender.send(new DatagramPacket(packet, packet.length, LOCAL, stream.rtpPort()));
            }
            while (stream.statistics().received() < 50) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            stream.close().get(20, TimeUnit.SECONDS);
            capture.close().get(20, TimeUnit.SECONDS);
        }
    }

    private void manifest(String sha256) throws Exception {
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"streams\":[{\"file\":\"stream-1.wav\",\"sha256\":\"" + sha256 + "\"}]}");
    }

    @Test
    void whatWasRecordedIsMadeAgain() throws Exception {
        record(CaptureScope.ALL);
        manifest(ManifestChecksums.sha256(folder.resolve("stream-1.wav")));
        assertThat(render(folder)).as(err.toString()).isZero();
        assertThat(out).hasToString(rendered() + "  identical to the recording" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
        assertThat(Files.mismatch(rendered(), folder.resolve("stream-1.wav"))).isEqualTo(-1);
    }

    @Test
    void anotherChecksumIsSaid() throws Exception {
        record(CaptureScope.ALL);
        manifest("00");
        assertThat(render(folder)).isEqualTo(1);
        assertThat(out.toString()).contains("stream-1.wav  differs from the recording");
    }

    @Test
    void withoutAManifestTheFilesAreMadeAllTheSame() throws Exception {
        record(CaptureScope.ALL);
        assertThat(render(folder, "--output", folder.resolve("again"))).isEqualTo(1);
        assertThat(out.toString()).contains("the manifest has no checksum to compare with");
        assertThat(Files.mismatch(folder.resolve("again/stream-1.wav"), folder.resolve("stream-1.wav")))
                .isEqualTo(-1);
    }

    @Test
    void aCaptureOfSomePacketsCantBeMadeAudioOf() throws Exception {
        record(CaptureScope.UNDECODABLE);
        manifest("00");
        assertThat(render(folder)).isEqualTo(1);
        assertThat(out.toString()).contains("stream 1  not made: the capture holds only what could not be decoded");
        assertThat(rendered()).doesNotExist();
    }

    @Test
    void aCaptureThatWasCutOffIsMadeOfAsFarAsItGoes() throws Exception {
        record(CaptureScope.ALL);
        manifest(ManifestChecksums.sha256(folder.resolve("stream-1.wav")));
        Path capture = folder.resolve("call.pcapng");
        byte[] whole = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(whole, whole.length / 2));
        assertThat(render(folder)).isEqualTo(1);
        assertThat(out.toString()).contains("differs from the recording: the capture ends before the stream does");
        assertThat(Files.size(rendered())).isBetween(1_000L, Files.size(folder.resolve("stream-1.wav")) - 1);
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        record(CaptureScope.ALL);
        assertThat(render(folder, "--output", folder)).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo("render: " + folder + ": it is not empty; name another directory with --output");
    }

    @Test
    void whatIsNoCaptureIsSaidInOneLine() throws Exception {
        assertThat(render(folder)).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("RECORDING_CAPTURE=all");
        Files.write(folder.resolve("call.pcapng"), new byte[100]);
        assertThat(render(folder)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).last().asString().contains("is it the capture of a session");
        assertThat(render()).isEqualTo(2);
    }
}
