package io.siprec.core.history;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.MetadataState;
import io.siprec.core.session.Attribution.Grade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the line of each stream of the metadata: by its label, else by its place (RFC 7865 §6.7.1). */
final class LineMatch {

    private final List<MediaStream> streams;
    private final Map<Integer, Found> byLine = new LinkedHashMap<>();

    /** A stream and how well it is known to be that of its line. */
    record Found(MediaStream stream, Grade grade) {}

    private LineMatch(List<MediaStream> streams) {
        this.streams = streams;
    }

    /**
     * By index of the line.
     *
     * @param streams of the metadata that may be on a line, in order
     */
    static Map<Integer, Found> of(
            List<StreamLine> lines, List<MediaStream> streams, MetadataState state, Findings findings) {
        LineMatch match = new LineMatch(streams);
        match.byLabel(lines, state);
        match.byOrder(lines, findings);
        return match.byLine;
    }

    private void byLabel(List<StreamLine> lines, MetadataState state) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).label().isEmpty()) continue;
            Optional<MediaStream> stream =
                    state.labelled(lines.get(i).label()).filter(one -> streams.contains(one) && !isTaken(one));
            if (stream.isPresent()) byLine.put(i, new Found(stream.get(), Grade.PROVEN));
        }
    }

    /** A stream without a label is described and not delivered, unless no stream has one. */
    private void byOrder(List<StreamLine> lines, Findings findings) {
        boolean labelled = streams.stream().anyMatch(one -> one.label().isPresent());
        List<MediaStream> left = streams.stream()
                .filter(one -> !isTaken(one) && (!labelled || one.label().isPresent()))
                .toList();
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!byLine.containsKey(i)) free.add(i);
        }
        int pairs = Math.min(left.size(), free.size());
        if (pairs == 0) return;
        boolean sure = byLine.isEmpty() || left.size() == 1 && free.size() == 1;
        report(findings, sure);
        for (int i = 0; i < pairs; i++) {
            byLine.put(free.get(i), new Found(left.get(i), sure ? Grade.ASSERTED : Grade.GUESSED));
        }
    }

    private void report(Findings findings, boolean sure) {
        if (byLine.isEmpty()) {
            findings.add(FindingCode.METADATA_LABELS_DIFFER, "no label of the metadata is one of the SDP");
        } else {
            findings.add(FindingCode.METADATA_LABEL_UNMATCHED, "some labels of the metadata are not in the SDP");
        }
    }

    private boolean isTaken(MediaStream stream) {
        return byLine.values().stream().anyMatch(found -> found.stream().equals(stream));
    }

    /** The less certain of two. */
    static Grade weaker(Grade one, Grade other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
