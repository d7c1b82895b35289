package io.siprec.rtp.spi;

/**
 * An audio encoding of RTP payloads that can be turned into PCM. Found by {@link java.util.ServiceLoader}. Thread-safe; its
 * decoders are not.
 */
public interface AudioCodec {
    /** The encoding name as SDP's rtpmap writes it (RFC 8866 §6.6); compared without regard to case. */
    String encoding();

    /** The rate of the RTP timestamp, in Hz. */
    int clockRateHz();

    /** The channels that the rtpmap names, 1 where it names none. The decoded samples are mono all the same, channels mixed. */
    default int channels() {
        return 1;
    }

    /** The rate of the decoded samples, in Hz. */
    int sampleRateHz();

    /**
     * True when a payload costs a good deal more to decode than to receive. Streams that use such a codec have loops of their own,
     * where they hold up nobody else.
     */
    default boolean costly() {
        return true;
    }

    /** What an answer says in the fmtp of this encoding, of what the decoder can make use of; "" for nothing. */
    default String parameters() {
        return "";
    }

    /** A decoder for one stream. Called with its first payload, on a media loop: must not block. */
    AudioDecoder newDecoder();
}
