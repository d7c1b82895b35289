package io.siprec.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of the test resources: columns between tabs, the first line names them, lines with # say why. */
final class CorpusTable {
    private CorpusTable() {}

    /** The rows by the value of their first column, in order; "" for an empty field. */
    static Map<String, Map<String, String>> rows(String resource) throws IOException {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        List<String> columns = List.of();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(CorpusTable.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                List<String> fields = fields(line);
                if (columns.isEmpty()) {
                    columns = fields;
                } else if (rows.put(fields.get(0), row(columns, fields)) != null) {
                    throw new IOException("two rows for " + fields.get(0));
                }
            }
        }
        return rows;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split("\t", -1)) {
            fields.add(field.trim());
        }
        return fields;
    }

    private static Map<String, String> row(List<String> columns, List<String> fields) throws IOException {
        if (fields.size() != columns.size()) {
            throw new IOException(columns.size() + " columns, but " + fields.size() + " fields: " + fields);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), fields.get(i));
        }
        return row;
    }
}
