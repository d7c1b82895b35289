package io.siprec.rtp.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The settings of a media plane, as its builder checked them. */
public record PlaneSettings(
        Optional<InetAddress> bindAddress,
        int minPort,
        int maxPort,
        int loops,
        int codecLoops,
        Optional<Duration> sweepPeriod,
        Duration portQuarantine,
        int receiveBufferBytes,
        int writerThreads,
        int writerQueueBlocks,
        int captureQueueBlocks,
        Optional<Duration> forcePeriod,
        LongSupplier nanoTime,
        Clock clock) {}
