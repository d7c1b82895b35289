package io.siprec.rtp.internal;

import java.util.ArrayList;
import java.util.List;

/** Spans of a file that were written and are to be silent: kept until the writer has taken them. Loop thread only. */
final class WrittenSilence {
    private static final int MOST_SPANS = 8; // a writer that stands still is asked again

    private record Span(long from, long to) {
        boolean touches(Span other) {
            return from <= other.to && other.from <= to;
        }

        Span with(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    private final BlockSink sink;
    private final List<Span> waiting = new ArrayList<>(0);

    WrittenSilence(BlockSink sink) {
        this.sink = sink;
    }

    /** Adds [from, to) of the file. */
    void add(long from, long to) {
        Span span = new Span(from, to);
        int last = waiting.size() - 1;
        if (last >= 0 && (waiting.get(last).touches(span) || last + 1 == MOST_SPANS)) {
            waiting.set(last, waiting.get(last).with(span));
        } else {
            waiting.add(span);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Hands them to the writer.
     *
     * @param last at the end of the file the writer takes them in any case
     */
    void write(boolean last) {
        waiting.removeIf(span -> sink.silence(span.from, span.to - span.from, last));
    }
}
