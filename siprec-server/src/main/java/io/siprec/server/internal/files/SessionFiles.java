package io.siprec.server.internal.files;

import io.siprec.core.SessionId;
import io.siprec.server.internal.work.KeyedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes manifests and metadata documents, off the loops, in order. A failure costs a log line, never a recording. */
public final class SessionFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);
    private static final int FILES_PER_SESSION = 4;

    private final RecordingDirectory directory;
    private final ManifestJson json = new ManifestJson();
    private final KeyedWorker worker;
    private final LongAdder failures = new LongAdder();
    private volatile String trouble = "";

    public SessionFiles(RecordingDirectory directory, int maxSessions) {
        this.directory = directory;
        this.worker = new KeyedWorker("siprec-files", maxSessions * FILES_PER_SESSION);
    }

    public void start() {
        worker.start();
    }

    /** Writes the manifest as it is now; of several that wait, the newest. Any thread. */
    public void manifest(Manifest manifest) {
        submit(manifest.session().id(), () -> write(manifest));
    }

    /** Writes the last manifest, with the checksums of all files, then runs {@code done}. Any thread. */
    public void finalManifest(Manifest manifest, Runnable done) {
        boolean accepted = worker.submit(manifest.session().id(), () -> {
            runCounted(() -> write(manifest));
            done.run();
        });
        if (!accepted) {
            LOG.error(
                    "The last manifest of session {} is lost: too many files wait",
                    manifest.session().id());
            done.run();
        }
    }

    /** Keeps a document of the SRC byte for byte. Any thread. */
    public void keep(SessionId id, String relativeDirectory, String name, byte[] document) {
        submit(
                new MetadataKey(id, name),
                () -> WholeFile.replace(folder(relativeDirectory).resolve(name), document));
    }

    /** What is wrong with the disk, "" when the last write succeeded. */
    public String trouble() {
        return trouble;
    }

    /** Writes that failed or found the queue full. */
    public long failures() {
        return failures.sum() + worker.dropped();
    }

    @Override
    public void close() {
        worker.close();
    }

    private void submit(Object key, FileTask task) {
        if (!worker.submit(key, () -> runCounted(task))) {
            trouble = "the disk is too slow: files beside the audio are not written";
        }
    }

    private void runCounted(FileTask task) {
        try {
            task.run();
            trouble = "";
        } catch (IOException e) {
            failures.increment();
            if (trouble.isEmpty()) {
                LOG.error("Can't write below {}: {}", directory.root(), e.toString());
            }
            trouble = "can't write below " + directory.root() + ": " + e.getMessage();
        }
    }

    private void write(Manifest manifest) throws IOException {
        Path folder = folder(manifest.session().directory());
        WholeFile.replace(folder.resolve(Manifest.FILE), json.write(manifest, folder));
    }

    private Path folder(String relative) throws IOException {
        return Files.createDirectories(directory.resolve(relative));
    }

    private record MetadataKey(SessionId id, String name) {}

    /** One write. */
    private interface FileTask {
        void run() throws IOException;
    }
}
