package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The requirements that the project holds itself to, from {@code conformance/rows.tsv}. */
final class ConformanceRows {
    private ConformanceRows() {}

    /**
     * One requirement.
     *
     * @param area the heading that it stands under
     * @param level of the RFC: MUST, SHOULD, MAY
     * @param note empty; or "partial: " or "not applicable: " and the reason
     */
    record Row(String area, String id, String requirement, String reference, String level, String note) {
        boolean notApplicable() {
            return note.startsWith("not applicable: ");
        }

        /** What the document says of it. */
        String status() {
            return note.isEmpty() ? "tested" : note;
        }
    }

    static List<Row> read() throws IOException {
        String text;
        try (InputStream in = ConformanceRows.class.getResourceAsStream("/conformance/rows.tsv")) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        List<Row> rows = new ArrayList<>();
        String area = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                area = line.substring(3);
            } else if (!line.startsWith("#")) {
                rows.add(row(area, line.split("\t", -1)));
            }
        }
        return rows;
    }

    private static Row row(String area, String[] fields) {
        if (fields.length != 5) {
            throw new IllegalStateException("not five fields: " + String.join(" | ", fields));
        }
        return new Row(area, fields[0], fields[1], fields[2], fields[3], fields[4]);
    }
}
