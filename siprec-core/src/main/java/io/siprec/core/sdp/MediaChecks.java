package io.siprec.core.sdp;

import io.siprec.core.FindingCode;
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
                findings.add(FindingCode.SDP_MISSING_CONNECTION, where + " without a c= line");
            }
            if (line.label().isEmpty()) {
                findings.add(FindingCode.SDP_MISSING_LABEL, where + " without a label");
            } else if (!labels.add(line.label().get())) {
                findings.add(FindingCode.SDP_DUPLICATE_LABEL, where + " has the label of another");
            }
            for (String rtpmap : line.attributes("rtpmap")) {
                if (PayloadFormats.isReadable(rtpmap)) continue;
                findings.add(FindingCode.SDP_RTPMAP_UNREADABLE, where + " has an unreadable rtpmap");
            }
        }
    }
}
