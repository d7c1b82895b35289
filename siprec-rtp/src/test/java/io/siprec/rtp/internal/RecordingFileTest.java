package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.Gap;
import io.siprec.rtp.WavAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

class RecordingFileTest {
    private static final short[] PCM = new short[BlockSink.MAX_SAMPLES];

    static {
        for (int i = 0; i < PCM.length; i++) {
            PCM[i] = (short) (i + 1);
        }
    }

    @TempDir
    private Path directory;

    private WriterPool pool;

    private WriterPool pool(int blocks, Storage storage) {
        pool = new WriterPool(1, blocks, storage, new RateLimitedLog(NOPLogger.NOP_LOGGER, System::nanoTime));
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
        RecordingFile file = pool(10, checking).open(path, 8_000);
        file.write(0, PCM, 0, 100);
        file.write(100, PCM, 0, 50);
        file.write(20, PCM, 0, 10); // a straggler
        file.write(1_000, PCM, 0, 1); // over a hole
        RecordingFile.Result result = finished(file);
        assertThat(states)
                .as("C218: samples by the header / in the file")
                .containsExactly("0/0", "0/100", "100/100", "100/150", "150/150", "150/150", "150/1001", "1001/1001");
        assertThat(result.samples()).isEqualTo(1_001);
        assertThat(result.fileBytes()).isEqualTo(Files.size(path)).isEqualTo(44 + 2_002);
        assertThat(result.error()).isEmpty();
        short[] samples = WavAudio.read(path).samples();
        assertThat(samples[20]).isEqualTo((short) 1);
        assertThat(samples[500]).isZero();
        assertThat(samples[1_000]).isEqualTo((short) 1);
    }

    private static String state(Path path) {
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(all.getInt(4)).isEqualTo(all.getInt(40) + 36);
            WavAudio audio = WavAudio.read(path);
            assertThat(audio.samples()).hasSize(all.getInt(40) / 2);
            return audio.samples().length + "/" + (all.capacity() - WavHeader.BYTES) / 2;
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
        public void close() throws IOException {
            real.close();
        }
    }

    @Test
    void ringsAreReadOverTheirEnd() throws Exception {
        Path path = directory.resolve("ring.wav");
        RecordingFile file = pool(10, Storage.fileSystem()).open(path, 8_000);
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
        RecordingFile file = pool(3, slow).open(path, 8_000);
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
                public void close() throws IOException {
                    real.close();
                }
            };
        };
        RecordingFile file = pool(10, failing).open(path, 8_000);
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
        RecordingFile file = pool(2, Storage.fileSystem()).open(noDirectory.resolve("a.wav"), 8_000);
        file.write(0, PCM, 0, 10);
        RecordingFile.Result result = finished(file);
        assertThat(result.error()).hasValueSatisfying(text -> assertThat(text).contains("FileAlreadyExists", "none"));
        assertThat(result.fileBytes()).isZero();
        assertThat(file.errors()).isEqualTo(2);
    }

    @Test
    void anExistingFileIsNotOverwritten() throws Exception {
        Path path = Files.writeString(directory.resolve("old.wav"), "precious");
        RecordingFile.Result result = finished(pool(2, Storage.fileSystem()).open(path, 8_000));
        assertThat(result.error()).hasValueSatisfying(text -> assertThat(text).contains("FileAlreadyExists"));
        assertThat(path).hasContent("precious");
    }
}
