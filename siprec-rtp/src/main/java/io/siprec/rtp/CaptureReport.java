package io.siprec.rtp;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a packet capture.
 *
 * @param file the capture
 * @param fileBytes its size; 0 when there was nothing to be kept, or no file could be made
 * @param packets RTP and RTCP packets in it
 * @param messages signalling messages in it
 * @param dropped packets and messages that should be in it and are not: the disk refused them, or too much waited for it
 * @param error the first trouble with the disk, when there was any
 */
public record CaptureReport(
        Path file, long fileBytes, long packets, long messages, long dropped, Optional<String> error) {
    /** None may be missing. */
    public CaptureReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(error, "error");
    }
}
