package io.siprec.rtp;

import io.siprec.rtp.internal.CaptureFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The packet capture of one recording, in the format pcapng: what its streams received, the messages of its signalling, and
 * journal entries that say what the audio files can be made from again. Nothing of it holds up a recording: what the disk
 * can't take is dropped and counted. Thread-safe.
 */
public final class PacketCapture {
    private final CaptureFile file;

    PacketCapture(CaptureFile file) {
        this.file = file;
    }

    CaptureFile internal() {
        return file;
    }

    /** The capture's file. */
    public Path file() {
        return file.path();
    }

    /** Adds a message of the signalling. Doesn't block; after {@link #close} without effect. */
    public void message(CapturedMessage message) {
        file.message(message);
    }

    /**
     * Finishes the file. Call it when the streams have ended: what they receive from now on is not in it. The future
     * completes on an I/O thread, which must not be blocked, and never exceptionally. Idempotent.
     */
    public CompletableFuture<CaptureReport> close() {
        return file.close();
    }
}
