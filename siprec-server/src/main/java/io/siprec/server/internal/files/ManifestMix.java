package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The file of all streams in the manifest. */
final class ManifestMix {
    private ManifestMix() {}

    static void write(ObjectNode root, MixRecord mix, Path folder) {
        ObjectNode node = root.putObject("mix");
        node.put("file", MixRecord.FILE);
        node.put("layout", mix.layout().name().toLowerCase(Locale.ROOT));
        if (mix.error().isPresent()) {
            node.put("error", mix.error().get());
            return;
        }
        Path file = folder.resolve(MixRecord.FILE);
        try {
            node.put("bytes", Files.size(file));
            Checksum.write(node, file);
        } catch (IOException e) {
            node.put("error", "no size: " + e);
        }
    }
}
