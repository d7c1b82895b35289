package io.siprec.server.internal.repair;

import io.siprec.server.internal.files.RecordingDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes whole what servers that are gone left in the recording directory, in a thread of its own. Sessions of a server that lives
 * are never touched: it holds a {@link NodeLock}, as this one does.
 */
public final class CrashRepair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrashRepair.class);
    private static final Duration LOCK_RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path root;
    private final String node;
    private final Instant start;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Optional<NodeLock> own = Optional.empty(); // guarded by this

    public CrashRepair(RecordingDirectory directory, String node, Clock clock) {
        this.root = directory.root();
        this.node = node;
        this.start = clock.instant();
        this.thread = new Thread(this::run, "siprec-repair");
        thread.setDaemon(true);
    }

    /** Shows that this node lives, before it records, and begins. Doesn't wait. */
    public void start() {
        lock();
        thread.start();
    }

    private void run() {
        try {
            if (!lock()) {
                LOG.warn("A server on {} repairs what node {} left, or has the same name", root, node);
            }
            while (!lock() && !closing.await(LOCK_RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                continue; // nothing is repaired before
            }
            int repaired = repairAll();
            if (repaired > 0) {
                LOG.info("{} recordings that a crash had cut off were repaired", repaired);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("What a crash may have left below {} was not looked for: {}", root, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when somebody else has the lock of this node. */
    private synchronized boolean lock() {
        try {
            if (own.isEmpty() && closing.getCount() > 0) {
                own = NodeLock.take(root, node);
            }
            return own.isPresent();
        } catch (IOException e) {
            LOG.warn("Recordings below {} can't be told to be of a living server: {}", root, e.toString());
            return true; // asking again won't help
        }
    }

    /** Repairs all that it may; the number of sessions. */
    int repairAll() throws IOException {
        int repaired = 0;
        for (Map.Entry<String, List<Path>> left : open().entrySet()) {
            if (left.getKey().equals(node)) {
                repaired += held() ? repair(left.getValue()) : 0;
                continue;
            }
            Optional<NodeLock> lock = NodeLock.take(root, left.getKey());
            if (lock.isPresent()) {
                repaired += repair(left.getValue(), lock.get());
            }
        }
        return repaired;
    }

    private synchronized boolean held() {
        return own.isPresent();
    }

    /**
     * Sessions that say that they are being recorded, by node. Found before any lock is taken: a node that comes back meanwhile
     * has none of its new ones here.
     */
    private Map<String, List<Path>> open() throws IOException {
        Map<String, List<Path>> open = new TreeMap<>();
        for (Path day : NewestSessions.days(root)) {
            for (Path folder : NewestSessions.before(day, start)) {
                if (closing.getCount() == 0) {
                    return open;
                }
                look(folder)
                        .ifPresent(manifest -> open.computeIfAbsent(manifest.node(), any -> new ArrayList<>())
                                .add(folder));
            }
        }
        return open;
    }

    private static Optional<OpenManifest> look(Path folder) {
        try {
            return OpenManifest.of(folder);
        } catch (IOException e) {
            LOG.debug("{} has no manifest that can be read: {}", folder, e.toString());
            return Optional.empty();
        }
    }

    private int repair(List<Path> folders, NodeLock gone) throws IOException {
        try {
            return repair(folders);
        } finally {
            gone.close();
        }
    }

    private int repair(List<Path> folders) {
        int repaired = 0;
        for (Path folder : folders) {
            if (closing.getCount() == 0) {
                break;
            }
            try {
                new SessionRepair(folder).repair();
                repaired++;
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} was cut off by a crash and can't be repaired: {}", folder, e.toString());
            }
        }
        return repaired;
    }

    /** Ends after the session at hand, and lets go of the lock. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unlock();
    }

    private synchronized void unlock() {
        try {
            if (own.isPresent()) {
                own.get().close();
            }
        } catch (IOException e) {
            LOG.debug("The lock below {} stays behind: {}", root, e.toString());
        }
        own = Optional.empty();
    }
}
