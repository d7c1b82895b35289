package io.siprec.server.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.rtp.CaptureReport;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureFindingTest {
    private static Optional<Finding> finding(long dropped, String error) {
        return CaptureFinding.of(
                new CaptureReport(Path.of("call.pcapng"), 1_000, 10, 2, dropped, Optional.ofNullable(error)));
    }

    @Test
    void aWholeCaptureIsNoFinding() {
        assertThat(finding(0, null)).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidWithItsReason() {
        Finding slow = finding(7, null).orElseThrow();
        assertThat(slow.code()).isEqualTo(FindingCode.CAPTURE_INCOMPLETE.id());
        assertThat(slow.text())
                .contains("lacks 7 packets or messages, which waited too long for the disk")
                .contains("the audio files have them all the same");
        assertThat(finding(7, "can't write call.pcapng: No space left")
                        .orElseThrow()
                        .text())
                .contains("lacks 7 packets or messages: can't write call.pcapng: No space left");
        assertThat(finding(0, "can't finish call.pcapng")).isPresent();
    }
}
