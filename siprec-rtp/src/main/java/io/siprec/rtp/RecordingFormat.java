package io.siprec.rtp;

/** How the audio of a stream is written. Files over 4 GiB become RF64 (EBU Tech 3306). */
public enum RecordingFormat {
    /** WAV of 16-bit PCM. */
    WAV,
    /**
     * WAV in the law of G.711 that the first audio has: half the size, and no sample is changed. Audio that comes later in the
     * other law is converted. 16-bit PCM where the first audio is not G.711.
     */
    WAV_G711
}
