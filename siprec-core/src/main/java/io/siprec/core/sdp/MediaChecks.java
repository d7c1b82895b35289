package io.siprec.core.sdp;

import io.siprec.core.internal.Findings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what is odd about m-lines that could be read all the same. */
final class MediaChecks {
    private MediaChecks() {}

    static void report(List<MediaDescription> media, boolean sessionConnection, Findings findings) {
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < media.size(); i++) {
            MediaDescription line = media.get(i);
            String where = "m-line " + (i + 1);
            if (line.port() == 0) continue;
            if (!sessionConnection && line.connection().isEmpty()) {
                findings.warning("sdp-missing-connection", "RFC 8866 §5.7", where + " without a c= line");
            }
            if (line.label().isEmpty()) {
                findings.info("sdp-missing-label", "RFC 7866 §7.1.1", where + " without a label");
            } else if (!labels.add(line.label().get())) {
                findings.warning("sdp-duplicate-label", "RFC 7866 §7.1.1", where + " has the label of another");
            }
            for (String rtpmap : line.attributes("rtpmap")) {
                if (PayloadFormats.isReadable(rtpmap)) continue;
                findings.warning("sdp-rtpmap-unreadable", "RFC 8866 §6.6", where + " has an unreadable rtpmap");
            }
        }
    }
}
