package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.Completeness;
import io.siprec.rtp.Gap;
import io.siprec.rtp.StreamReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether the whole call is there, in the manifest: of each stream and of the recording. */
final class ManifestCompleteness {
    private ManifestCompleteness() {}

    /** The verdict on the recording, once every stream has ended. */
    static void write(ObjectNode root, List<StreamRecord> streams) {
        List<StreamReport> reports = streams.stream()
                .map(StreamRecord::report)
                .flatMap(Optional::stream)
                .toList();
        if (reports.size() == streams.size() && !streams.isEmpty()) {
            verdict(root, Completeness.of(reports));
        }
    }

    /** The verdict on one stream, and where its file has no audio. */
    static void write(ObjectNode stream, StreamReport report) {
        verdict(stream, report.completeness());
        ArrayNode gaps = stream.putArray("gaps");
        for (Gap gap : report.gaps()) {
            gaps.addObject()
                    .put("cause", gap.cause().id())
                    .put("firstSample", gap.firstSample())
                    .put("samples", gap.samples());
        }
    }

    private static void verdict(ObjectNode node, Completeness completeness) {
        ObjectNode verdict = node.putObject("completeness");
        verdict.put("complete", completeness.complete());
        ObjectNode missing = verdict.putObject("missingMs");
        Map<String, Duration> byCause = new TreeMap<>();
        completeness.missing().forEach((cause, span) -> byCause.put(cause.id(), span));
        byCause.forEach((cause, span) -> missing.put(cause, span.toMillis()));
    }
}
