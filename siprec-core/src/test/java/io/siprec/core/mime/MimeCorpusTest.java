package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bodies of all sample messages, against the parts that their index lists. */
class MimeCorpusTest {
    @Test
    void C016_C020_C021_splitsEachSampleAsItsIndexSays() {
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : Corpus.index("invites")) {
            String message = new String(Corpus.read("invites", row.get("file")), ISO_8859_1);
            int end = message.indexOf("\r\n\r\n");
            int bodyStart = end >= 0 ? end + 4 : message.indexOf("\n\n") + 2;
            String headers = message.substring(0, bodyStart).replaceAll("\r?\n[ \t]+", " ");
            byte[] body = message.substring(bodyStart).getBytes(ISO_8859_1);
            String found;
            try {
                MimeBody mime = MimeBody.parse(header(headers, "content-type", "c"), body, MimeLimits.defaults());
                found = mime.parts().stream()
                        .map(part -> part.type().type() + '/' + part.type().subtype())
                        .reduce((a, b) -> a + " + " + b)
                        .orElse("none");
            } catch (MimeException e) {
                found = "400";
            }
            if (!found.equals(expected(row))) wrong.add(row.get("file") + ": " + found + " <> " + expected(row));
        }
        assertThat(wrong).isEmpty();
    }

    /** The index names dispositions as well, the multiparts in place of what is in them, and "?" for an empty last part. */
    private static String expected(Map<String, String> row) {
        String file = row.get("file");
        if (file.startsWith("crafted-bad-boundary-missing")) return "400";
        return row.get("parts")
                .replaceAll(" \\[[^]]*]", "")
                .replace("multipart/alternative", "application/sdp")
                .replace(" + ?", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String header(String headers, String name, String shortName) {
        for (String line : headers.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon < 0) continue;
            String found = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (found.equals(name) || found.equals(shortName))
                return line.substring(colon + 1).strip();
        }
        return "";
    }
}
