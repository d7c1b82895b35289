package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.session.SessionStream;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamStatistics;
import java.nio.file.Path;

/** The recorded streams in the manifest. */
final class ManifestStreams {
    private final ArrayNode streams;

    ManifestStreams(ArrayNode streams) {
        this.streams = streams;
    }

    /** @param finishedFolder where the file lies, once it is final: it gets its checksum; null before */
    void add(StreamRecord record, Path finishedFolder) {
        ObjectNode node = streams.addObject();
        negotiated(node, record.stream());
        history(node, record.stream());
        record.report().ifPresent(report -> file(node, report, finishedFolder));
        ManifestEvents.write(node, record.events());
        ManifestArrival.write(node, record.statistics());
        ObjectNode packets = node.putObject("packets");
        packets(packets, record.statistics());
        record.report()
                .ifPresent(report -> report.socketDrops().ifPresent(drops -> packets.put("droppedBySystem", drops)));
    }

    private static void negotiated(ObjectNode node, SessionStream stream) {
        node.put("number", stream.number());
        node.put("label", stream.label());
        node.put("file", stream.file());
        if (!stream.srtpSuite().isEmpty()) {
            node.put("srtpSuite", stream.srtpSuite());
        }
        stream.codecs().forEach(node.putArray("codecs")::add);
        stream.participantIds().forEach(node.putArray("participantIds")::add);
        node.put("receiving", stream.receiving());
    }

    private static void history(ObjectNode node, SessionStream stream) {
        ArrayNode phases = node.putArray("phases");
        stream.phases().forEach(phase -> {
            ObjectNode one = phases.addObject().put("state", phase.state().id());
            ManifestCalls.span(one, phase.from(), phase.to());
            phase.codecs().forEach(one.putArray("codecs")::add);
        });
        ArrayNode attributions = node.putArray("attributions");
        stream.attributions().forEach(attribution -> {
            ObjectNode one = attributions
                    .addObject()
                    .put("participantId", attribution.participantId())
                    .put("grade", attribution.grade().id());
            ManifestCalls.span(one, attribution.from(), attribution.to());
        });
    }

    private static void file(ObjectNode node, StreamReport report, Path finishedFolder) {
        node.put("sampleRateHz", report.sampleRateHz());
        node.put("encoding", report.encoding().id());
        node.put("samples", report.samples());
        report.firstSampleOffset().ifPresent(offset -> node.put("firstSampleOffset", offset));
        node.put("bytes", report.fileBytes());
        ManifestCompleteness.write(node, report);
        ManifestArrival.contributions(node, report);
        if (finishedFolder != null) {
            Checksum.write(node, finishedFolder.resolve(report.file().getFileName()));
        }
        report.error().ifPresent(error -> node.put("error", error));
    }

    private static void packets(ObjectNode node, StreamStatistics statistics) {
        node.put("expected", statistics.expected());
        node.put("received", statistics.received());
        node.put("lost", statistics.lost());
        node.put("late", statistics.late());
        node.put("duplicate", statistics.duplicates());
        node.put("undecodable", statistics.undecodable());
        node.put("malformed", statistics.malformed());
        ObjectNode rejected = node.putObject("rejected");
        rejected.put("source", statistics.rejectedSource());
        rejected.put("ssrc", statistics.rejectedSsrc());
        rejected.put("payloadType", statistics.rejectedPayloadType());
        rejected.put("inactive", statistics.rejectedInactive());
        rejected.put("paused", statistics.rejectedPaused());
        rejected.put("srtpAuthentication", statistics.rejectedAuthentication());
        rejected.put("srtpReplay", statistics.rejectedReplay());
        node.put("droppedByUs", statistics.droppedByQueue());
        node.put("refusedByDisk", statistics.diskErrors());
    }
}
