package io.siprec.server.internal;

import io.siprec.core.spi.StoreHealth;
import io.siprec.rtp.MediaPlane;
import io.siprec.server.ComponentHealth;
import io.siprec.server.ComponentHealth.State;
import io.siprec.server.internal.admission.ResourceWatch;
import io.siprec.server.internal.files.RecordingDirectory;
import io.siprec.server.internal.files.SessionFiles;
import io.siprec.server.internal.work.SessionStoreWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Looks at each part of a server. */
public final class HealthCheck {
    private static final long LITTLE_SPACE_BYTES = 1L << 30;

    private final boolean running;
    private final boolean draining;
    private final MediaPlane media;
    private final RecordingDirectory directory;
    private final SessionFiles files;
    private final SessionStoreWorker store;

    public HealthCheck(
            boolean running,
            boolean draining,
            MediaPlane media,
            RecordingDirectory directory,
            SessionFiles files,
            SessionStoreWorker store) {
        this.running = running;
        this.draining = draining;
        this.media = media;
        this.directory = directory;
        this.files = files;
        this.store = store;
    }

    public List<ComponentHealth> components() {
        return List.of(sip(), storeHealth(), rtp(), disk());
    }

    private ComponentHealth sip() {
        if (running && draining) {
            return new ComponentHealth("sip", State.DEGRADED, "draining: calls go on, new ones get 503");
        }
        return running
                ? new ComponentHealth("sip", State.UP, "")
                : new ComponentHealth("sip", State.DOWN, "not listening: the server is starting or shutting down");
    }

    private ComponentHealth storeHealth() {
        StoreHealth health = store.health();
        return new ComponentHealth("store", health.available() ? State.UP : State.DOWN, health.detail());
    }

    private ComponentHealth rtp() {
        return media.freePortPairs() > 0
                ? new ComponentHealth("rtp", State.UP, "")
                : new ComponentHealth("rtp", State.DOWN, "no free RTP port pair: widen the range of RTP ports");
    }

    private ComponentHealth disk() {
        try {
            return disk(Files.getFileStore(directory.root()).getUsableSpace());
        } catch (IOException e) {
            return disk(State.DOWN, directory.root() + " can't be read: " + e.getMessage());
        }
    }

    private ComponentHealth disk(long freeBytes) {
        String left = (freeBytes >> 20) + " MiB left below " + directory.root() + ": make room";
        if (freeBytes < ResourceWatch.NO_SPACE_BYTES) {
            return disk(State.DOWN, left);
        }
        Optional<String> trouble = media.diskTrouble();
        if (trouble.isPresent()) {
            return disk(State.DOWN, trouble.get());
        }
        if (media.statistics().blocksDropped() > 0) {
            return disk(State.DEGRADED, "audio was dropped because the disk was too slow, see the manifests");
        }
        if (media.statistics().writeErrors() > 0) {
            return disk(State.DEGRADED, "audio could not be written since the start, see the manifests and the log");
        }
        if (!files.trouble().isEmpty()) {
            return disk(State.DEGRADED, files.trouble());
        }
        return freeBytes < LITTLE_SPACE_BYTES ? disk(State.DEGRADED, left) : disk(State.UP, "");
    }

    private static ComponentHealth disk(State state, String detail) {
        return new ComponentHealth("disk", state, detail);
    }
}
