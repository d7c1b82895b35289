package io.siprec.server.internal.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import java.nio.file.Path;
import java.time.Duration;

/** The JSON form of a manifest: {@code docs/manifest.schema.json} has its fields, {@code docs/manifest.md} explains them. */
final class ManifestJson {
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** @param folder the session's folder: finished files get their checksum */
    byte[] write(Manifest manifest, Path folder) {
        RecordingSession session = manifest.session();
        ObjectNode root = mapper.createObjectNode();
        root.put("format", Manifest.FORMAT);
        session(root, manifest);
        peer(root.putObject("src"), session);
        attributes(root.putArray("attributes"), session);
        ManifestCalls.write(root, session);
        ManifestStreams streams = new ManifestStreams(root.putArray("streams"));
        manifest.streams()
                .forEach(stream -> streams.add(stream, session.state() == SessionState.ENDED ? folder : null));
        manifest.mix().ifPresent(mix -> ManifestMix.write(root, mix, folder));
        manifest.capture().ifPresent(capture -> ManifestCapture.write(root, capture, folder));
        ManifestCompleteness.write(root, manifest.streams());
        new ManifestFiles(session.state() == SessionState.ENDED ? folder : null).write(root, manifest.kept());
        links(root.putArray("links"), session);
        findings(root.putArray("findings"), session);
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
            node.put("severity", finding.severity().id());
            node.put("reference", finding.reference());
            node.put("text", finding.text());
        });
    }
}
