package io.siprec.rtp;

import io.siprec.rtp.internal.WavHeaderRepair;
import java.io.IOException;
import java.nio.file.Path;

/** Repairs recordings that a crash left. */
public final class WavRepair {
    /** What was found, and done. */
    public enum Outcome {
        /** The header was true. */
        INTACT,
        /** The header said another size than the file has; now it is true. */
        REPAIRED,
        /** No recording of ours, or one without a whole header: nothing was changed. */
        NOT_A_RECORDING
    }

    /**
     * A file after its repair.
     *
     * @param outcome what was done
     * @param samples of the file, 0 when it is no recording
     * @param sampleRateHz of the file, 0 when it is no recording
     * @param encoding of the file
     * @param fileBytes its size now
     */
    public record Result(Outcome outcome, long samples, int sampleRateHz, SampleEncoding encoding, long fileBytes) {}

    private WavRepair() {}

    /**
     * Makes the sizes in a recording's header true by the length of the file, and cuts off half a sample at its end. A file that
     * is being written must not be given. Idempotent; blocks.
     *
     * @throws IOException when the file can't be read or written
     */
    public static Result repair(Path file) throws IOException {
        return WavHeaderRepair.repair(file);
    }
}
