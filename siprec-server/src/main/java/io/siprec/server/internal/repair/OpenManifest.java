package io.siprec.server.internal.repair;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.siprec.core.session.SessionState;
import io.siprec.server.internal.files.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A session whose manifest says that it is being recorded.
 *
 * @param node by which
 */
record OpenManifest(Path folder, String node) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads no more of a manifest than is needed: nearly all say that they are final. Empty for these. */
    static Optional<OpenManifest> of(Path folder) throws IOException {
        try (JsonParser parser = JSON.createParser(folder.resolve(Manifest.FILE).toFile())) {
            boolean open = false;
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("state")) {
                    open = !parser.getText().equals(SessionState.ENDED.id());
                    if (!open) {
                        return Optional.empty();
                    }
                } else if (name.equals("node")) {
                    return open ? Optional.of(new OpenManifest(folder, parser.getText())) : Optional.empty();
                } else if (value.isStructStart()) {
                    parser.skipChildren();
                }
            }
            return Optional.empty();
        }
    }
}
