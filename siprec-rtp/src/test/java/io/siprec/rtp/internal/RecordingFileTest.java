package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.G711;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.WavAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.helpers.NOPLogger;

class RecordingFileTest {
    private static final short[] PCM = new short[2 * BlockSink.MAX_SAMPLES];

    static {
        for (int i = 0; i < PCM.length; i++) {
            PCM[i] = (short) (i + 1);
        }
    }

    private static final WavLayout PCM16 = new WavLayout(WavLayout.Encoding.PCM16, 1, 8_000);

    @TempDir
    private Path directory;

    private WriterPool pool;

    private WriterPool pool(int blocks, Storage storage) {
        pool = new WriterPool(
                1, blocks, Optional.empty(), storage, new RateLimitedLog(NOPLogger.NOP_LOGGER, System::nanoTime));
        pool.start();
        return pool;
    }

    @AfterEach
    void stop() throws InterruptedException {
        pool.stop();
    }

    private static RecordingFile.Result finished(RecordingFile file) throws Exception {
        CompletableFuture<RecordingFile.Result> result = new CompletableFuture<>();
        file.finish(result::complete);
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theHeaderIsTrueAfterEachWrite() throws Exception {
        List<String> states = new ArrayList<>();
        Path path = directory.resolve("a.wav");
        Storage checking = file -> {
            Storage.File real = Storage.fileSystem().create(file);
            return new Watched(real, () -> states.add(state(path)));
        };
        RecordingFile file = pool(10, checking).open(path, RecordingFormat.WAV);
        file.write(0, PCM, 0, 100);
        file.write(100, PCM, 0, 50);
        file.write(20, PCM, 0, 10); // a straggler
        file.write(1_000, PCM, 0, 1); // over a hole
        RecordingFile.Result result = finished(file);
        assertThat(states)
                .as("C218: samples by the header / in the file")
                .containsExactly("0/0", "0/100", "100/100", "100/150", "150/150", "150/150", "150/1001", "1001/1001");
        assertThat(result.samples()).isEqualTo(1_001);
        assertThat(result.fileBytes()).isEqualTo(Files.size(path)).isEqualTo(80 + 2_002);
        assertThat(result.error()).isEmpty();
        short[] samples = WavAudio.read(path).samples();
        assertThat(samples[20]).isEqualTo((short) 1);
        assertThat(samples[500]).isZero();
        assertThat(samples[1_000]).isEqualTo((short) 1);
    }

    @ParameterizedTest
    @EnumSource(RecordingFormat.class)
    void whatIsMadeSilentAfterwardsIsSilentInTheFormatOfTheFile(RecordingFormat format) throws Exception {
        Path path = directory.resolve("masked.wav");
        RecordingFile file = pool(10, Storage.fileSystem()).open(path, format);
        file.begin(new AudioFormat(0, "PCMU", 8_000), 8_000);
        file.write(0, PCM, 8_000, 100);
        assertThat(file.silence(10, 5, false)).isTrue();
        assertThat(file.silence(95, 50, false)).as("beyond the end").isTrue();
        assertThat(finished(file).samples()).isEqualTo(100);
        short[] samples = WavAudio.read(path).samples();
        for (int i = 0; i < 100; i++) {
            boolean silent = i >= 10 && i < 15 || i >= 95;
            assertThat(samples[i] == 0).as("sample %d", i).isEqualTo(silent);
        }
    }

    @Test
    void aWriterThatStandsStillIsAskedToWriteSilenceOnlySoOften() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Storage slow = path -> {
            await(goOn);
            return new Memory();
        };
        RecordingFile file = pool(10, slow).open(directory.resolve("slow.wav"), RecordingFormat.WAV);
        int taken = 0;
        while (file.silence(taken, 1, false)) {
            taken++;
        }
        assertThat(taken).isBetween(2, 100);
        assertThat(file.silence(taken, 1, true)).as("at the end in any case").isTrue();
        goOn.countDown();
        finished(file);
        assertThat(file.silence(0, 1, false)).as("it has caught up").isTrue();
    }

    private static String state(Path path) {
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(all.getInt(4)).isEqualTo(all.getInt(76) + 72);
            WavAudio audio = WavAudio.read(path);
            assertThat(audio.samples()).hasSize(all.getInt(76) / 2);
            return audio.samples().length + "/" + (all.capacity() - PCM16.headerBytes()) / 2;
        } catch (IOException e) {
            return e.toString();
        }
    }

    private record Watched(Storage.File real, Runnable afterWrite) implements Storage.File {
        @Override
        public void write(ByteBuffer data, long position) throws IOException {
            real.write(data, position);
            afterWrite.run();
        }

        @Override
        public void force() throws IOException {
            real.force();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }

    /** A file in memory: its length, and what was written near its end. */
    private static final class Memory implements Storage.File {
        private final Map<Long, byte[]> writes = new TreeMap<>();
        private final AtomicInteger forced = new AtomicInteger();

        @Override
        public synchronized void write(ByteBuffer data, long position) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            writes.put(position, bytes);
        }

        synchronized ByteBuffer at(long position) {
            return ByteBuffer.wrap(writes.get(position)).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void force() {
            forced.incrementAndGet();
        }

        @Override
        public void close() {
            forced.addAndGet(1_000);
        }
    }

    @Test
    void filesThatGrowOverFourGibibytesBecomeRf64WhereTheyStand() throws Exception {
        Memory memory = new Memory();
        RecordingFile file = pool(10, path -> memory).open(directory.resolve("long.wav"), RecordingFormat.WAV);
        long samples = (1L << 31) - 100;
        file.write(samples - 10, PCM, 0, 10);
        drain();
        assertThat(tag(memory.at(0), 0)).isEqualTo("RIFF");
        assertThat(tag(memory.at(0), 12)).isEqualTo("JUNK");
        assertThat(memory.at(0).getInt(76) & 0xffff_ffffL).isEqualTo(2 * samples);
        file.write(samples, PCM, 0, 200);
        RecordingFile.Result result = finished(file);
        ByteBuffer header = memory.at(0);
        assertThat(tag(header, 0)).isEqualTo("RF64");
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(tag(header, 12)).isEqualTo("ds64");
        assertThat(header.getLong(20)).as("riff").isEqualTo(2 * (samples + 200) + 72);
        assertThat(header.getLong(28)).as("data").isEqualTo(2 * (samples + 200));
        assertThat(header.getLong(36)).as("samples").isEqualTo(samples + 200);
        assertThat(header.getInt(76)).isEqualTo(-1);
        assertThat(result.samples()).isEqualTo(samples + 200);
        assertThat(memory.at(80 + 2 * samples).getShort(0)).isEqualTo((short) 1);
    }

    private void drain() throws InterruptedException {
        while (pool.queuedBlocks() > 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static String tag(ByteBuffer header, int at) {
        return new String(header.array(), at, 4, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "native {0}")
    @EnumSource(
            value = WavLayout.Encoding.class,
            names = {"ULAW", "ALAW"})
    void nativeFilesHoldTheCodesThatCameAndSilenceInHoles(WavLayout.Encoding law) throws Exception {
        Path path = directory.resolve(law + ".wav");
        short[] all = new short[256];
        for (int code = 0; code < 256; code++) {
            all[code] = law == WavLayout.Encoding.ULAW ? G711.decodeUlaw((byte) code) : G711.decodeAlaw((byte) code);
        }
        RecordingFile file = pool(10, Storage.fileSystem()).open(path, RecordingFormat.WAV_G711);
        file.begin(new AudioFormat(0, law == WavLayout.Encoding.ULAW ? "pcmu" : "PCMA", 8_000), 8_000);
        file.write(0, all, 0, 256);
        file.write(10_000, all, 0, 255);
        file.write(5_000, all, 0, 256); // a straggler
        RecordingFile.Result result = finished(file);
        assertThat(result.samples()).isEqualTo(10_255);
        assertThat(result.fileBytes())
                .as("an even length")
                .isEqualTo(Files.size(path))
                .isEqualTo(94 + 10_256);
        byte[] bytes = Files.readAllBytes(path);
        for (int code = 0; code < 256; code++) {
            int other = law == WavLayout.Encoding.ULAW && code == 0x7f ? 0xff : code; // two codes for 0
            assertThat(bytes[94 + code]).isEqualTo((byte) other);
            assertThat(bytes[94 + 5_000 + code]).isEqualTo((byte) other);
        }
        for (int i : new int[] {256, 4_999, 5_256, 9_999}) {
            assertThat(bytes[94 + i]).as("silence").isEqualTo(law.silence);
        }
        WavAudio audio = WavAudio.read(path);
        assertThat(audio.samples()).hasSize(10_255);
        assertThat(Arrays.copyOf(audio.samples(), 256)).isEqualTo(all);
    }

    @Test
    void whatIsWrittenIsForcedWithinThePeriodAndAtTheEnd() throws Exception {
        Memory memory = new Memory();
        pool = new WriterPool(
                1,
                10,
                Optional.of(Duration.ofMillis(100)),
                path -> memory,
                new RateLimitedLog(NOPLogger.NOP_LOGGER, System::nanoTime));
        pool.start();
        RecordingFile file = pool.open(directory.resolve("f.wav"), RecordingFormat.WAV);
        file.write(0, PCM, 0, 10);
        while (memory.forced.get() == 0) {
            TimeUnit.MILLISECONDS.sleep(1); // nothing else is written: the time alone does it
        }
        file.write(10, PCM, 0, 10);
        finished(file);
        assertThat(memory.forced.get()).as("once more, before it was closed").isEqualTo(1_002);
    }

    @Test
    void ringsAreReadOverTheirEnd() throws Exception {
        Path path = directory.resolve("ring.wav");
        RecordingFile file = pool(10, Storage.fileSystem()).open(path, RecordingFormat.WAV);
        file.write(0, new short[] {3, 4, 1, 2}, 2, 4);
        finished(file);
        assertThat(WavAudio.read(path).samples()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aBlockedDiskDropsAndCountsAndLaterAudioIsInPlace() throws Exception {
        CountDownLatch unblocked = new CountDownLatch(1);
        Path path = directory.resolve("slow.wav");
        Storage slow = file -> {
            await(unblocked);
            return Storage.fileSystem().create(file);
        };
        RecordingFile file = pool(3, slow).open(path, RecordingFormat.WAV);
        for (int i = 0; i < 3; i++) {
            assertThat(file.write(i * 10L, PCM, 0, 10)).isTrue();
        }
        assertThat(file.write(30, PCM, 0, 10)).as("C219").isFalse();
        assertThat(pool.blocksDropped()).isEqualTo(1);
        assertThat(pool.queuedBlocks()).isEqualTo(3);
        unblocked.countDown();
        CompletableFuture<Void> written = new CompletableFuture<>();
        file.finish(result -> written.complete(null));
        written.get(20, TimeUnit.SECONDS);
        assertThat(pool.queuedBlocks()).isZero();
        assertThat(WavAudio.read(path).samples()).hasSize(30);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void refusedBlocksAreGapsAndLaterOnesAreWritten() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        Path path = directory.resolve("full.wav");
        Storage failing = file -> {
            Storage.File real = Storage.fileSystem().create(file);
            return new Storage.File() {
                @Override
                public void write(ByteBuffer data, long position) throws IOException {
                    if (writes.incrementAndGet() == 4) { // header, block, header, this one
                        throw new IOException("No space left on device");
                    }
                    real.write(data, position);
                }

                @Override
                public void force() throws IOException {
                    real.force();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        };
        RecordingFile file = pool(10, failing).open(path, RecordingFormat.WAV);
        for (int i = 0; i < 3; i++) {
            file.write(i * 10L, PCM, 0, 10);
        }
        RecordingFile.Result result = finished(file);
        assertThat(result.error())
                .hasValueSatisfying(text -> assertThat(text).contains("No space left", path.toString()));
        assertThat(result.refused()).containsExactly(new Gap(10, 10, Gap.Cause.DISK));
        assertThat(file.errors()).isEqualTo(1);
        assertThat(pool.errors()).isEqualTo(1);
        short[] samples = WavAudio.read(path).samples();
        assertThat(samples).hasSize(30);
        assertThat(samples[15]).isZero();
        assertThat(samples[25]).isEqualTo(PCM[5]);
    }

    @Test
    void aDirectoryThatCannotBeIsReported() throws Exception {
        Path noDirectory = Files.createFile(directory.resolve("none"));
        RecordingFile file = pool(2, Storage.fileSystem()).open(noDirectory.resolve("a.wav"), RecordingFormat.WAV);
        file.write(0, PCM, 0, 10);
        RecordingFile.Result result = finished(file);
        assertThat(result.error()).hasValueSatisfying(text -> assertThat(text).contains("FileAlreadyExists", "none"));
        assertThat(result.fileBytes()).isZero();
        assertThat(file.errors()).isEqualTo(2);
    }

    @Test
    void anExistingFileIsNotOverwritten() throws Exception {
        Path path = Files.writeString(directory.resolve("old.wav"), "precious");
        RecordingFile.Result result = finished(pool(2, Storage.fileSystem()).open(path, RecordingFormat.WAV));
        assertThat(result.error()).hasValueSatisfying(text -> assertThat(text).contains("FileAlreadyExists"));
        assertThat(path).hasContent("precious");
    }
}
