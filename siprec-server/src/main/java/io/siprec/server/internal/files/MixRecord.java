package io.siprec.server.internal.files;

import io.siprec.rtp.WavMix;
import java.util.Optional;

/**
 * The file of all streams of a session as the manifest tells it.
 *
 * @param layout how the streams came together
 * @param error why there is no such file
 */
public record MixRecord(WavMix.Layout layout, Optional<String> error) {
    /** The file's name in the session's folder. */
    public static final String FILE = "mix.wav";
}
