package io.siprec.server.internal.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The JSON form of a manifest. Names and units are those of {@code docs/manifest.md}. */
final class ManifestJson {
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** @param folder the session's folder: finished files get their checksum */
    byte[] write(Manifest manifest, Path folder) {
        ObjectNode root = mapper.createObjectNode();
        root.put("format", Manifest.FORMAT);
        session(root, manifest);
        peer(root.putObject("src"), manifest.session());
        attributes(root.putArray("attributes"), manifest.session());
        participants(root.putArray("participants"), manifest.session());
        ArrayNode streams = root.putArray("streams");
        for (StreamRecord stream : manifest.streams()) {
            stream(streams.addObject(), stream, manifest.session().state() == SessionState.ENDED ? folder : null);
        }
        ArrayNode metadata = root.putArray("metadata");
        manifest.metadataFiles().forEach(metadata::add);
        links(root.putArray("links"), manifest.session());
        findings(root.putArray("findings"), manifest.session());
        return bytes(root);
    }

    private byte[] bytes(ObjectNode root) {
        try {
            return mapper.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void session(ObjectNode root, Manifest manifest) {
        RecordingSession session = manifest.session();
        root.put("sessionId", session.id().value());
        root.put("state", session.state().id());
        root.put("node", manifest.node());
        root.put("callId", session.callId());
        root.put("localTag", session.localTag());
        root.put("remoteTag", session.remoteTag());
        root.put("startedAt", session.startedAt().toString());
        manifest.audioStartedAt().ifPresent(time -> root.put("audioStartedAt", time.toString()));
        session.endedAt().ifPresent(time -> {
            root.put("endedAt", time.toString());
            root.put("durationMs", Duration.between(session.startedAt(), time).toMillis());
        });
        session.endCause().ifPresent(cause -> root.put("endCause", cause.id()));
    }

    private static void peer(ObjectNode src, RecordingSession session) {
        src.put("transport", session.peer().transport());
        src.put("address", session.peer().address());
        src.put("from", session.peer().from());
        src.put("to", session.peer().to());
        src.put("requestUri", session.peer().requestUri());
        src.put("userAgent", session.peer().userAgent());
    }

    private static void attributes(ArrayNode array, RecordingSession session) {
        session.attributes().forEach(attribute -> {
            ObjectNode node = array.addObject();
            node.put("name", attribute.name());
            node.put("value", attribute.value());
            node.put("source", attribute.source());
        });
    }

    private static void participants(ArrayNode array, RecordingSession session) {
        session.participants().forEach(participant -> {
            ObjectNode node = array.addObject();
            node.put("id", participant.id());
            node.put("aor", participant.aor());
            node.put("name", participant.name());
        });
    }

    private static void stream(ObjectNode node, StreamRecord record, Path finishedFolder) {
        node.put("number", record.stream().number());
        node.put("label", record.stream().label());
        node.put("file", record.stream().file());
        record.stream().codecs().forEach(node.putArray("codecs")::add);
        record.stream().participantIds().forEach(node.putArray("participantIds")::add);
        node.put("receiving", record.stream().receiving());
        if (record.report().isPresent()) {
            file(node, record.report().get(), finishedFolder);
        }
        packets(node.putObject("packets"), record.statistics());
    }

    private static void file(ObjectNode node, StreamReport report, Path finishedFolder) {
        node.put("sampleRateHz", report.sampleRateHz());
        node.put("samples", report.samples());
        report.firstSampleOffset().ifPresent(offset -> node.put("firstSampleOffset", offset));
        node.put("bytes", report.fileBytes());
        if (report.error().isPresent()) {
            node.put("error", report.error().get());
        } else if (finishedFolder != null) {
            checksum(node, finishedFolder.resolve(report.file().getFileName()));
        }
    }

    /** A file that can't be read must not cost the manifest of the others. */
    private static void checksum(ObjectNode node, Path file) {
        try {
            node.put("sha256", Checksum.sha256(file));
        } catch (IOException e) {
            node.put("error", "no checksum: " + e);
        }
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
        rejected.put("payloadType", statistics.rejectedPayloadType());
        rejected.put("inactive", statistics.rejectedInactive());
        node.put("droppedByUs", statistics.droppedByQueue());
    }

    private static void links(ArrayNode array, RecordingSession session) {
        session.links().forEach(link -> {
            ObjectNode node = array.addObject();
            node.put("kind", link.kind().id());
            node.put("key", link.key());
            node.put("sessionId", link.session().value());
        });
    }

    private static void findings(ArrayNode array, RecordingSession session) {
        session.findings().forEach(finding -> {
            ObjectNode node = array.addObject();
            node.put("code", finding.code());
            node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            node.put("reference", finding.reference());
            node.put("text", finding.text());
        });
    }
}
