package io.siprec.launcher;

import io.siprec.sip.transport.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the keys read again when their files have changed, so that a renewed certificate needs no restart. */
final class TlsReload implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger("siprec");

    private final SipTlsSettings settings;
    private final Runnable reload;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(TlsReload::thread);
    private Map<Path, String> seen; // by the one thread that polls

    private TlsReload(SipTlsSettings settings, Runnable reload) {
        this.settings = settings;
        this.reload = reload;
        this.seen = look();
    }

    /** A reload that looks only when it is told to. */
    static TlsReload of(SipTlsSettings settings, Runnable reload) {
        return new TlsReload(settings, reload);
    }

    /** Looks every 30 s from now on. */
    TlsReload start() {
        clock.scheduleWithFixedDelay(this::poll, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
        return this;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "tls-reload");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks once. What can't be used is told once, and tried again when it has changed. */
    void poll() {
        Map<Path, String> now = look();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            reload.run();
            LOG.info("TLS keys read again: new connections use them");
        } catch (TlsException e) {
            LOG.warn("{}; the keys before stay in use", settings.explain(e));
        } catch (RuntimeException e) { // the next look must come
            LOG.warn("TLS keys can't be read again; the keys before stay in use", e);
        }
    }

    private Map<Path, String> look() {
        Map<Path, String> stamps = new HashMap<>();
        settings.files().keySet().forEach(file -> stamps.put(file, stamp(file)));
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
