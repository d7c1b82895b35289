package io.siprec.rtp;

/** How the audio of a stream is written. Files over 4 GiB become RF64 (EBU Tech 3306). */
public enum RecordingFormat {
    /** WAV of 16-bit PCM. */
    WAV,
    /**
     * WAV in the law of the first G.711 format that is negotiated: half the size, and not a bit of the audio is changed. Audio of
     * the other law is converted. 16-bit PCM where no G.711 is negotiated.
     */
    WAV_G711
}
