package io.siprec.rtp;

import io.siprec.rtp.internal.MediaStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One RTP stream that is being received and recorded. Thread-safe. */
public final class RecordedStream {
    private final MediaStream stream;

    RecordedStream(MediaStream stream) {
        this.stream = stream;
    }

    /** The bound port for RTP: even. */
    public int rtpPort() {
        return stream.rtpPort();
    }

    /** The bound port for RTCP: the next one. */
    public int rtcpPort() {
        return stream.rtcpPort();
    }

    /** The recording. */
    public Path file() {
        return stream.file();
    }

    /** Replaces what was negotiated. Applied at the start of the next sweep; of several calls between two sweeps the last. */
    public void update(List<AudioFormat> formats, Optional<InetSocketAddress> signalledSource, boolean receiving) {
        stream.update(formats, signalledSource, receiving);
    }

    /** The counters, at most one sweep old. */
    public StreamStatistics statistics() {
        return stream.statistics();
    }

    /**
     * Takes what the socket still holds, writes the rest, finishes the file and frees the ports. Idempotent. The future
     * completes on an I/O thread of the media plane, which must not be blocked, and never exceptionally: trouble with the disk
     * is told in the report.
     */
    public CompletableFuture<StreamReport> close() {
        return stream.close();
    }
}
