package io.siprec.rtp.spi;

/** An audio encoding of RTP payloads that can be turned into PCM. Thread-safe; its decoders are not. */
public interface AudioCodec {
    /** The encoding name as SDP's rtpmap writes it (RFC 8866 §6.6); compared without regard to case. */
    String encoding();

    /** The rate of the RTP timestamp, in Hz. */
    int clockRateHz();

    /** The rate of the decoded samples, in Hz. */
    int sampleRateHz();

    /** A decoder for one stream. Called when the stream is opened or changed, on a media loop: must not block. */
    AudioDecoder newDecoder();
}
