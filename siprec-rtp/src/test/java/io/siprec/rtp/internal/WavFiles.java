package io.siprec.rtp.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files for tests. */
public final class WavFiles {
    private WavFiles() {}

    /** A mono file of 16-bit PCM. */
    public static Path write(Path file, int rateHz, short... samples) throws IOException {
        WavLayout layout = new WavLayout(WavLayout.Encoding.PCM16, 1, rateHz);
        ByteBuffer all =
                ByteBuffer.allocate(layout.headerBytes() + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        layout.write(all, 2L * samples.length);
        int header = all.limit();
        all.limit(all.capacity()).position(header);
        all.asShortBuffer().put(samples);
        return Files.write(file, Arrays.copyOf(all.array(), all.capacity()));
    }
}
