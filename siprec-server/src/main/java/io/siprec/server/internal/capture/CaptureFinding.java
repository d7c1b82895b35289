package io.siprec.server.internal.capture;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.rtp.CaptureReport;
import java.util.Optional;

/** Says that a capture is not whole. */
public final class CaptureFinding {
    private CaptureFinding() {}

    public static Optional<Finding> of(CaptureReport report) {
        if (report.dropped() == 0 && report.error().isEmpty()) {
            return Optional.empty();
        }
        String why = report.error().map(error -> ": " + error).orElse(", which waited too long for the disk");
        return Optional.of(Finding.of(
                FindingCode.CAPTURE_INCOMPLETE,
                "the packet capture lacks " + report.dropped() + " packets or messages" + why));
    }
}
