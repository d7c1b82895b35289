package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams whose sockets fill up sooner than sweeps come round: a flood from a stranger lies in one buffer with the packets of
 * the recorded source, and where it runs over both are lost. They are read between the sweeps and within them. Loop thread only.
 */
final class BusyStreams {
    /** How often they are read between sweeps. */
    static final long PERIOD_NANOS = 1_000_000L;

    /** Half of what the buffer of a socket holds, between two sweeps. */
    static final int BUSY_DATAGRAMS = 200;

    /** After a standstill of the process all streams look busy, for one sweep. */
    private static final int MAX_STREAMS = 64;

    private final List<MediaStream> streams = new ArrayList<>(MAX_STREAMS);
    private long lastNanos;

    boolean isEmpty() {
        return streams.isEmpty();
    }

    /** Called for each stream in each sweep: whether it is one of them until the next. */
    void look(MediaStream stream) {
        boolean busy = stream.readSinceSweep() >= BUSY_DATAGRAMS;
        if (busy == stream.busy()) {
            return;
        }
        if (!busy) {
            remove(stream);
        } else if (streams.size() < MAX_STREAMS) {
            streams.add(stream);
            stream.busy(true);
        }
    }

    /** The stream is no more of this loop. */
    void remove(MediaStream stream) {
        if (stream.busy()) {
            streams.remove(stream);
            stream.busy(false);
        }
    }

    /** Reads them. */
    void drain(ByteBuffer buffer, long nowNanos, long lastSweepNanos) {
        long since = Math.max(lastNanos, lastSweepNanos);
        for (int i = 0; i < streams.size(); i++) {
            MediaStream stream = streams.get(i);
            try {
                stream.sweep(buffer, nowNanos, since);
            } catch (RuntimeException e) {
                stream.failed("a reading", e);
            }
        }
        lastNanos = nowNanos;
    }
}
