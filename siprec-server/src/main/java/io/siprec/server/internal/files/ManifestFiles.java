package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** The files beside the audio in the manifest. */
final class ManifestFiles {
    private final Path finishedFolder;

    /** @param finishedFolder where the files lie, once they are final: they get their checksums; null before */
    ManifestFiles(Path finishedFolder) {
        this.finishedFolder = finishedFolder;
    }

    void write(ObjectNode root, KeptFiles kept) {
        ArrayNode metadata = root.putArray("metadata");
        kept.metadata().forEach(document -> {
            ObjectNode node = metadata.addObject().put("file", document.name());
            node.put("receivedAt", document.receivedAt().toString()).put("mode", document.mode());
            checksum(node, document.name());
        });
        ArrayNode parts = root.putArray("parts");
        kept.parts().forEach(part -> {
            ObjectNode node = parts.addObject().put("file", part.name()).put("type", part.type());
            checksum(node, part.name());
        });
    }

    private void checksum(ObjectNode node, String file) {
        if (finishedFolder != null) {
            Checksum.write(node, finishedFolder.resolve(file));
        }
    }
}
