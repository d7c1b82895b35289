package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamStatistics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One stream. */
public interface MediaStream {
    int rtpPort();

    int rtcpPort();

    Path file();

    void update(List<AudioFormat> formats, Optional<InetSocketAddress> signalledSource, boolean receiving);

    StreamStatistics statistics();

    CompletableFuture<StreamReport> close();
}
