package io.siprec.server.internal.rules;

/** A stream as the rules see it. */
public interface WatchedStream {
    /** From 1. */
    int number();

    /** Of the m-line, "" for none. */
    String label();

    /** Whether packets are to be recorded: the line is neither held nor gone. */
    boolean receiving();

    /** Packets recorded so far. */
    long received();

    /** Whether silence is meant: the newest packet was comfort noise (RFC 3389). */
    boolean inComfortNoise();
}
