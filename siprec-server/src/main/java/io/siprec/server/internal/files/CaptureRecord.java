package io.siprec.server.internal.files;

import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.CaptureScope;
import java.util.Optional;

/**
 * A packet capture as the manifest tells it.
 *
 * @param scope which packets of RTP it is to hold
 * @param decrypted whether it holds those of encrypted lines in clear
 * @param report how the file came out, once the session has ended
 */
public record CaptureRecord(CaptureScope scope, boolean decrypted, Optional<CaptureReport> report) {
    /** The file's name in the session's folder. */
    public static final String FILE = "call.pcapng";

    /** False when there was nothing to be captured. */
    public boolean exists() {
        return report.isEmpty()
                || report.get().fileBytes() > 0
                || report.get().error().isPresent();
    }
}
