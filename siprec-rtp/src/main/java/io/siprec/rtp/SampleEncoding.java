package io.siprec.rtp;

import java.util.Locale;

/** How a recording's file holds its samples. */
public enum SampleEncoding {
    /** 16-bit PCM, little-endian. */
    PCM16,
    /** G.711 A-law. */
    ALAW,
    /** G.711 mu-law. */
    ULAW;

    /** The name in manifests: {@code pcm16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
