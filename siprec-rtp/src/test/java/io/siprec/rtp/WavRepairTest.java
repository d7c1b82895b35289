package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.WavRepair.Outcome;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WavRepairTest {
    @TempDir
    private Path directory;

    /** A recording of {@code samples} samples, as the media plane writes it. */
    private Path recording(RecordingFormat format, int samples) throws Exception {
        Path file = directory.resolve(format + "-" + samples + ".wav");
        try (MediaPlane plane = MediaPlane.builder().ports(0, 0).build()) {
            plane.start();
            RecordedStream stream = plane.open(StreamSettings.builder(file)
                    .format(format)
                    .formats(List.of(new AudioFormat(0, "PCMU", 8_000)))
                    .build());
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] codes = new byte[samples];
                new Random(1).nextBytes(codes);
                byte[] first = new RtpPacketWriter()
                        .sequence(1)
                        .packet(Arrays.copyOf(codes, samples / 2))
                        .array();
                byte[] second = new RtpPacketWriter()
                        .sequence(2)
                        .timestamp(samples / 2)
                        .packet(Arrays.copyOfRange(codes, samples / 2, samples))
                        .array();
                for (byte[] packet : List.of(first, second)) {
                    socket.send(new DatagramPacket(
                            packet, packet.length, InetAddress.getLoopbackAddress(), stream.rtpPort()));
                }
            }
            assertThat(stream.close().get().samples()).isEqualTo(samples);
        }
        return file;
    }

    private static void append(Path file, int bytes) throws IOException {
        Files.write(file, new byte[bytes], StandardOpenOption.APPEND);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(RecordingFormat.class)
    void sizesFollowTheLengthOfTheFile(RecordingFormat format) throws Exception {
        int sampleBytes = format == RecordingFormat.WAV ? 2 : 1;
        Path file = recording(format, 1_001);
        byte[] before = Files.readAllBytes(file);
        SampleEncoding encoding = sampleBytes == 2 ? SampleEncoding.PCM16 : SampleEncoding.ULAW;
        assertThat(WavRepair.repair(file))
                .isEqualTo(new WavRepair.Result(Outcome.INTACT, 1_001, 8_000, encoding, before.length));
        assertThat(file).hasBinaryContent(before);

        Path longer = recording(format, 1_000); // the crash came between the samples and their header
        append(longer, 100 * sampleBytes);
        assertThat(WavRepair.repair(longer).outcome()).isEqualTo(Outcome.REPAIRED);
        short[] samples = WavAudio.read(longer).samples();
        assertThat(samples).hasSize(1_100);
        WavRepair.Result again = WavRepair.repair(longer);
        assertThat(again).isEqualTo(new WavRepair.Result(Outcome.INTACT, 1_100, 8_000, encoding, Files.size(longer)));

        try (FileChannel channel = FileChannel.open(longer, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(longer) - 201 * sampleBytes); // the disk lost the end
        }
        assertThat(WavRepair.repair(longer).samples()).isEqualTo(899);
        assertThat(WavAudio.read(longer).samples()).isEqualTo(Arrays.copyOf(samples, 899));
        assertThat(Files.size(longer) % 2).as("chunks have an even length").isZero();
        assertThat(WavRepair.repair(longer).outcome()).isEqualTo(Outcome.INTACT);
    }

    @Test
    void halfASampleIsCutOff() throws Exception {
        Path file = recording(RecordingFormat.WAV, 1_000);
        append(file, 21);
        assertThat(WavRepair.repair(file)).isEqualTo(result(Outcome.REPAIRED, 1_010, 80 + 2_020));
        assertThat(WavRepair.repair(file).outcome()).isEqualTo(Outcome.INTACT);
    }

    @ParameterizedTest(name = "cut to {0} bytes: {1}")
    @CsvSource({
        "0, NOT_A_RECORDING",
        "43, NOT_A_RECORDING",
        "79, NOT_A_RECORDING",
        "80, REPAIRED",
        "81, REPAIRED",
        "82, REPAIRED"
    })
    void filesWithoutAWholeHeaderAreLeft(int bytes, Outcome outcome) throws Exception {
        Path file = recording(RecordingFormat.WAV, 1_000);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
        WavRepair.Result result = WavRepair.repair(file);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.samples()).isEqualTo(bytes == 82 ? 1 : 0);
        assertThat(Files.size(file)).isEqualTo(outcome == Outcome.REPAIRED ? bytes & ~1 : bytes);
    }

    @Test
    void whatOthersWroteIsNotTouched() throws Exception {
        Path file = recording(RecordingFormat.WAV, 1_000);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(4);
        for (int i = 0; i < 76; i++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length - 10);
            changed[i] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, changed);
            assertThat(WavRepair.repair(file).outcome()).as("byte %d", i).isEqualTo(Outcome.NOT_A_RECORDING);
            assertThat(file).hasBinaryContent(changed);
        }
    }

    @Test
    void filesOverFourGibibytesAreRepairedToo() throws Exception {
        Path file = recording(RecordingFormat.WAV, 1_000);
        long samples = (1L << 31) + 5;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) { // sparse
            channel.write(ByteBuffer.wrap(new byte[] {7, 7}), 80 + 2 * (samples - 1));
        }
        assertThat(WavRepair.repair(file)).isEqualTo(result(Outcome.REPAIRED, samples, 80 + 2 * samples));
        ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(header, 0);
        }
        assertThat(header.get(1)).isEqualTo((byte) 'F');
        assertThat(header.getLong(28)).isEqualTo(2 * samples);
        assertThat(WavRepair.repair(file).outcome()).isEqualTo(Outcome.INTACT);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(80 + 2_000);
        }
        assertThat(WavRepair.repair(file).samples()).as("and back").isEqualTo(1_000);
        assertThat(WavAudio.read(file).samples()).hasSize(1_000);
    }

    private static WavRepair.Result result(Outcome outcome, long samples, long fileBytes) {
        return new WavRepair.Result(outcome, samples, 8_000, SampleEncoding.PCM16, fileBytes);
    }
}
