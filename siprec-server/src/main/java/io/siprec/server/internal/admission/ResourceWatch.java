package io.siprec.server.internal.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import io.siprec.sip.guard.Unavailable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what takes too long to ask for on a loop, every two seconds on a thread of its own: disk space and file
 * descriptors. Below a mark it says so, and until there is twice as much again.
 */
public final class ResourceWatch implements Supplier<Optional<Unavailable>>, AutoCloseable {
    /** With less no call can be recorded. */
    public static final long NO_SPACE_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    private static final long PERIOD_MS = 2_000;
    private static final long FEW_DESCRIPTORS = 32; // a call of two streams takes six
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Optional<Unavailable> DISK = Availability.why("Recording Disk Full", 60);
    private static final Optional<Unavailable> DESCRIPTORS = Availability.why("Too Few File Descriptors", 10);

    private final LongSupplier freeBytes;
    private final LongSupplier freeDescriptors;
    private final Shortage disk = new Shortage(NO_SPACE_BYTES, 2 * NO_SPACE_BYTES);
    private final Shortage descriptors = new Shortage(FEW_DESCRIPTORS, 2 * FEW_DESCRIPTORS);
    private final Thread thread = new Thread(this::run, "siprec-watch");
    private volatile Optional<Unavailable> lacking = Optional.empty();

    /** A watch over a directory's disk and this process, not started. */
    public ResourceWatch(Path directory) {
        this(() -> usableBytes(directory), ResourceWatch::descriptorsLeft);
    }

    ResourceWatch(LongSupplier freeBytes, LongSupplier freeDescriptors) {
        this.freeBytes = freeBytes;
        this.freeDescriptors = freeDescriptors;
        thread.setDaemon(true);
    }

    private static long usableBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) { // what is wrong with it shows when it is written to
            return Long.MAX_VALUE;
        }
    }

    private static long descriptorsLeft() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - openDescriptors(unix)
                : Long.MAX_VALUE;
    }

    /** Linux from 6.2 on tells their number as a size; to list them takes as long as there are many. */
    private static long openDescriptors(UnixOperatingSystemMXBean unix) {
        long told = OWN_DESCRIPTORS.toFile().length();
        return told > 0 ? told : unix.getOpenFileDescriptorCount();
    }

    /** Measures once, then starts the thread. */
    public void start() {
        measure();
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MS);
                measure();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    void measure() {
        boolean diskFull = disk.present(freeBytes.getAsLong());
        boolean fewDescriptors = descriptors.present(freeDescriptors.getAsLong());
        Optional<Unavailable> now = diskFull ? DISK : fewDescriptors ? DESCRIPTORS : Optional.empty();
        if (!now.equals(lacking)) {
            now.ifPresentOrElse(
                    why -> LOG.warn("new calls get 503 {}", why.reason()), () -> LOG.info("new calls are taken again"));
        }
        lacking = now;
    }

    /** What is lacking, as last measured. */
    @Override
    public Optional<Unavailable> get() {
        return lacking;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
