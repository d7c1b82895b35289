package io.siprec.server.internal.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.SessionState;
import io.siprec.rtp.WavRepair;
import io.siprec.server.internal.files.CaptureRecord;
import io.siprec.server.internal.files.Checksum;
import io.siprec.server.internal.files.Manifest;
import io.siprec.server.internal.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes one session whole that a crash cut off: its audio files first, then its manifest. Idempotent; blocks. */
final class SessionRepair {
    private static final List<String> UNFINISHED = List.of(".new", ".part");

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path folder;

    SessionRepair(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException when the manifest can't be read or written; what was cut off stays so */
    void repair() throws IOException {
        Path file = folder.resolve(Manifest.FILE);
        JsonNode read = mapper.readTree(file.toFile());
        if (!(read instanceof ObjectNode manifest)
                || manifest.path("state").asText().equals(SessionState.ENDED.id())) {
            return;
        }
        Instant last = Files.getLastModifiedTime(file).toInstant();
        for (JsonNode stream : manifest.path("streams")) {
            Instant written = audio((ObjectNode) stream);
            last = written.isAfter(last) ? written : last;
        }
        Stream.of("metadata", "parts").forEach(list -> manifest.path(list).forEach(this::checksum));
        capture(manifest);
        end(manifest, last);
        removeUnfinished();
        WholeFile.replace(file, mapper.writeValueAsBytes(manifest));
    }

    /** When it was written last. */
    private Instant audio(ObjectNode stream) {
        Path file = folder.resolve(name(stream));
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            WavRepair.Result result = WavRepair.repair(file);
            if (result.outcome() == WavRepair.Outcome.NOT_A_RECORDING) {
                stream.put("error", "it has no whole header");
                return written;
            }
            stream.put("sampleRateHz", result.sampleRateHz());
            stream.put("encoding", result.encoding().id());
            stream.put("samples", result.samples());
            stream.put("bytes", result.fileBytes());
            Checksum.write(stream, file);
            return written;
        } catch (NoSuchFileException e) {
            stream.put("error", "there is no file");
        } catch (IOException e) {
            stream.put("error", "not repaired: " + e);
        }
        return Instant.EPOCH;
    }

    private void checksum(JsonNode kept) {
        Checksum.write((ObjectNode) kept, folder.resolve(name(kept)));
    }

    /** What was written of it is whole blocks. */
    private void capture(ObjectNode manifest) {
        if (Files.exists(folder.resolve(CaptureRecord.FILE))) {
            checksum(manifest.path("capture"));
        } else {
            manifest.remove("capture");
        }
    }

    private static Path name(JsonNode node) {
        return Path.of(node.path("file").asText()).getFileName(); // never another folder's
    }

    private static void end(ObjectNode manifest, Instant last) {
        Instant started = Instant.parse(manifest.path("startedAt").asText());
        Instant heard = last.isBefore(started) ? started : last; // the SRC's clock told when it started
        Instant ended =
                manifest.has("endedAt") ? Instant.parse(manifest.get("endedAt").asText()) : heard;
        manifest.put("state", SessionState.ENDED.id());
        manifest.put("endedAt", ended.toString());
        manifest.put("durationMs", Duration.between(started, ended).toMillis());
        manifest.put("endCause", EndCause.INTERRUPTED.id());
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(SessionRepair::unfinished).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean unfinished(Path file) {
        return UNFINISHED.stream().anyMatch(file.toString()::endsWith);
    }
}
