package io.siprec.rtp.internal;

import io.siprec.rtp.PacketStatistics;
import io.siprec.rtp.StreamReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The streams that are open, and what became of the packets of these and all before. Thread-safe; bounded by the ports. */
final class StreamSet {
    private final Set<MediaStream> open = new HashSet<>(); // guarded by this, as is the next
    private PacketStatistics ended = PacketStatistics.NONE;

    synchronized void add(MediaStream stream) {
        open.add(stream);
    }

    /** The file of the stream is closed. */
    synchronized void ended(MediaStream stream, StreamReport report) {
        open.remove(stream);
        ended = ended.plus(report);
    }

    synchronized int size() {
        return open.size();
    }

    synchronized List<MediaStream> list() {
        return List.copyOf(open);
    }

    /** A stream counts once, either as an open or as an ended one. */
    synchronized PacketStatistics packets() {
        PacketStatistics sum = ended;
        for (MediaStream stream : open) {
            sum = sum.plus(stream.statistics());
        }
        return sum;
    }
}
