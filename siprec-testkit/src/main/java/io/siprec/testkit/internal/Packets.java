package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCallSettings;

/** The measures of a packet. */
final class Packets {
    /** Nanoseconds of audio in a packet. */
    static final long TIME_NS = SrcCallSettings.PACKET_TIME.toNanos();

    /** Samples in a packet, bytes too: G.711 has one byte a sample. */
    static final int SAMPLES = (int) (AudioSources.SAMPLE_RATE_HZ * TIME_NS / 1_000_000_000L);

    private Packets() {}
}
