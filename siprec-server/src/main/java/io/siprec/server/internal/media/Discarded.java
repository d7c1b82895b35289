package io.siprec.server.internal.media;

import io.siprec.rtp.StreamReport;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back streams that were opened for an offer which was refused after all. */
final class Discarded {
    private static final Logger LOG = LoggerFactory.getLogger(Discarded.class);

    private Discarded() {}

    /** Frees the ports now and deletes the empty files when the I/O pool has closed them. */
    static void discard(Collection<CallStream> streams) {
        streams.forEach(stream -> stream.close().thenAccept(Discarded::delete));
    }

    private static void delete(StreamReport report) {
        Path folder = report.file().getParent();
        try {
            Files.deleteIfExists(report.file());
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            LOG.trace("{} holds other files or was never made", folder);
        } catch (IOException e) {
            LOG.warn("Can't remove {} of a refused call: {}", report.file(), e.toString());
        }
    }
}
