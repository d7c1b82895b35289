package io.siprec.rtp.internal;

import io.siprec.rtp.Contribution;
import io.siprec.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who contributed to a mixed stream, and when. Bounded: more sources than there are seats aren't followed, more spans than the
 * list holds aren't kept. Loop thread only.
 */
final class Contributions {
    static final int MAX_SPANS = 1_000;
    static final int MAX_SOURCES = 64;

    private final int pauseSamples;
    private final List<Span> present = new ArrayList<>(0); // one for each source
    private final List<Contribution> ended = new ArrayList<>(0);

    Contributions(int sampleRateHz) {
        pauseSamples = sampleRateHz;
    }

    /** Takes the list of a packet that lies at {@code from}. */
    void add(RtpPacket packet, ByteBuffer datagram, long from, int length) {
        for (int i = 0; i < packet.csrcCount(); i++) {
            add(packet.csrc(datagram, i), from, from + length);
        }
    }

    private void add(long csrc, long from, long to) {
        for (int i = 0; i < present.size(); i++) {
            Span span = present.get(i);
            if (span.csrc == csrc) {
                if (from - span.to > pauseSamples) {
                    end(span);
                    span.from = from;
                }
                span.from = Math.min(span.from, from);
                span.to = Math.max(span.to, to);
                return;
            }
        }
        if (present.size() < MAX_SOURCES) {
            present.add(new Span(csrc, from, to));
        }
    }

    private void end(Span span) {
        if (ended.size() < MAX_SPANS) {
            ended.add(span.contribution(0));
        }
    }

    /** All spans in order, moved by {@code shift} samples. */
    List<Contribution> sorted(long shift) {
        List<Contribution> all = new ArrayList<>();
        ended.forEach(span -> all.add(new Contribution(span.csrc(), span.firstSample() + shift, span.samples())));
        present.forEach(span -> all.add(span.contribution(shift)));
        all.sort(Comparator.comparingLong(Contribution::firstSample));
        return all;
    }

    private static final class Span {
        private final long csrc;
        private long from;
        private long to;

        Span(long csrc, long from, long to) {
            this.csrc = csrc;
            this.from = from;
            this.to = to;
        }

        Contribution contribution(long shift) {
            return new Contribution(csrc, from + shift, to - from);
        }
    }
}
