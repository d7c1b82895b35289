package io.siprec.core.sdp;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
            cryptos(line, where, findings);
            formats(line, where, findings);
            for (String rtpmap : line.attributes("rtpmap")) {
                if (PayloadFormats.isReadable(rtpmap)) continue;
                findings.add(FindingCode.SDP_RTPMAP_UNREADABLE, where + " has an unreadable rtpmap");
            }
        }
    }

    private static void cryptos(MediaDescription line, String where, Findings findings) {
        for (String crypto : line.attributes("crypto")) {
            if (CryptoReader.parse(crypto).isPresent()) continue;
            findings.add(
                    FindingCode.SDP_CRYPTO_UNREADABLE, where + " has an a=crypto whose form or key length is wrong");
        }
        if (line.isDtls()
                && line.attribute("fingerprint").isPresent()
                && line.fingerprint().isEmpty()) {
            findings.add(FindingCode.SDP_FINGERPRINT_UNREADABLE, where + " has an a=fingerprint that can't be read");
        }
    }

    private static void formats(MediaDescription line, String where, Findings findings) {
        if (!line.protocol().toUpperCase(Locale.ROOT).contains("RTP/"))
            return; // formats of others are no payload types
        Set<Integer> known = new HashSet<>();
        line.payloadFormats().forEach(format -> known.add(format.payloadType()));
        long unknown = line.formats().stream()
                .filter(format -> !known.contains(Numbers.parse(format, 127)))
                .count();
        if (unknown > 0) {
            findings.add(
                    FindingCode.SDP_FORMAT_UNKNOWN,
                    where + " has " + unknown + " formats that mean nothing without an rtpmap");
        }
    }
}
