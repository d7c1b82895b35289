package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;

/** Takes the samples of one recording, block by block, at their places. */
interface BlockSink {
    /** The most samples of one block: 8 KiB. */
    int MAX_SAMPLES = 4_096;

    /** The first audio is of this format, decoded at this rate: so is the file. Once, before any samples. */
    void begin(AudioFormat first, int sampleRateHz);

    /**
     * Puts samples at a place in the file. Doesn't block; copies what it takes.
     *
     * @param firstSample the place, from the start of the file
     * @param samples read from {@code offset} on; behind its last element goes on at its first
     * @param length at most {@link #MAX_SAMPLES}
     * @return false when the block was dropped
     */
    boolean write(long firstSample, short[] samples, int offset, int length);

    /**
     * Makes a span silent as far as it is in the file by now. Doesn't block.
     *
     * @param last before the end of the file: it is done in any case
     * @return false when too much waits: to be asked again
     */
    boolean silence(long firstSample, long samples, boolean last);
}
