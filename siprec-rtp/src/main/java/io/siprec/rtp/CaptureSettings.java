package io.siprec.rtp;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a packet capture is opened with.
 *
 * @param file to create, with its directory, when there is something to be written
 * @param scope which packets are kept
 * @param decrypted packets of encrypted streams are kept in clear; false keeps them as they were received
 * @param messageFilter makes of a signalling message what is kept of it, on an I/O thread; it must keep the length
 */
public record CaptureSettings(Path file, CaptureScope scope, boolean decrypted, UnaryOperator<byte[]> messageFilter) {
    /** None may be missing. */
    public CaptureSettings {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(messageFilter, "messageFilter");
    }
}
