package io.siprec.server.internal.media;

import io.siprec.core.sdp.PlannedLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the stream of each line: by label, else by position (the label's scope is one message, RFC 7865 §6.7.1). A line that
 * changes between RTP and SRTP has a new stream, on new ports: what is on the way is never taken for the other.
 */
final class StreamMatch {
    private StreamMatch() {}

    /** The streams that go on, by the index of their line. */
    static Map<Integer, CallStream> of(List<PlannedLine> lines, List<CallStream> streams) {
        Map<Integer, CallStream> matched = new HashMap<>();
        List<CallStream> unmatched = new ArrayList<>(
                streams.stream().filter(stream -> !stream.removed()).toList());
        for (PlannedLine line : lines) {
            take(
                            unmatched,
                            stream -> stream.encrypted() == line.crypto().isPresent()
                                    && line.label().isPresent()
                                    && line.label().get().equals(stream.label()))
                    .ifPresent(stream -> matched.put(line.index(), stream));
        }
        for (PlannedLine line : lines) {
            if (!matched.containsKey(line.index())) {
                take(
                                unmatched,
                                stream -> stream.encrypted() == line.crypto().isPresent()
                                        && stream.lineIndex() == line.index())
                        .ifPresent(stream -> matched.put(line.index(), stream));
            }
        }
        return matched;
    }

    private static Optional<CallStream> take(List<CallStream> from, Predicate<CallStream> wanted) {
        Optional<CallStream> found = from.stream().filter(wanted).findFirst();
        found.ifPresent(from::remove);
        return found;
    }
}
