package io.siprec.server.internal.rules;

import io.siprec.rtp.StreamStatistics;

/** A stream as the rules see it. */
public interface WatchedStream {
    /** From 1. */
    int number();

    /** Of the m-line, "" for none. */
    String label();

    /** Whether packets are to be recorded: the line is neither held nor gone. */
    boolean receiving();

    /** Its counters of this moment. */
    StreamStatistics statistics();
}
