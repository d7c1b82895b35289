package io.siprec.server.internal.rules;

import io.siprec.rtp.StreamStatistics;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A stream as the rules see it. */
public interface WatchedStream {
    /** From 1. */
    int number();

    /** Of the m-line, "" for none. */
    String label();

    /** Whether packets are to be recorded: the line is neither held nor gone. */
    boolean receiving();

    /** Where the SDP says that it comes from; empty where it doesn't. */
    Optional<InetSocketAddress> signalledSource();

    /** Its counters of this moment. */
    StreamStatistics statistics();
}
