package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.CaptureReport;
import java.nio.file.Path;
import java.util.Locale;

/** The packet capture in the manifest. */
final class ManifestCapture {
    private ManifestCapture() {}

    static void write(ObjectNode root, CaptureRecord capture, Path folder) {
        ObjectNode node = root.putObject("capture");
        node.put("file", CaptureRecord.FILE);
        node.put("scope", capture.scope().name().toLowerCase(Locale.ROOT));
        node.put("decrypted", capture.decrypted());
        capture.report().ifPresent(report -> file(node, report, folder));
    }

    private static void file(ObjectNode node, CaptureReport report, Path folder) {
        node.put("packets", report.packets());
        node.put("messages", report.messages());
        node.put("dropped", report.dropped());
        if (report.fileBytes() > 0) {
            node.put("bytes", report.fileBytes());
            Checksum.write(node, folder.resolve(CaptureRecord.FILE));
        }
        report.error().ifPresent(error -> node.put("error", error));
    }
}
