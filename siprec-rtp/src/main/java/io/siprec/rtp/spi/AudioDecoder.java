package io.siprec.rtp.spi;

import java.nio.ByteBuffer;

/** Decodes the payloads of one stream. Used by one thread; may keep state from payload to payload. */
public interface AudioDecoder {
    /**
     * Decodes one payload into 16-bit samples from {@code pcm[0]} on. Called on a media loop: no blocking, no allocation.
     *
     * @param payload between position and limit; its position may be moved; valid only until this method returns
     * @return the number of samples written, or -1 when the payload can't be decoded or needs more room than {@code pcm} has
     */
    int decode(ByteBuffer payload, short[] pcm);

    /**
     * Recovers audio that was lost right before {@code next}, from what {@code next} repeats of it (RFC 7587 §3.3 for Opus). To be
     * called before {@code next} is decoded, when the packet before it is missing.
     *
     * @param next as {@code payload} of {@link #decode}, but its position stays
     * @return the number of samples written from {@code pcm[0]} on: the last ones of the gap; 0 when it repeats none
     */
    default int recover(ByteBuffer next, short[] pcm) {
        return 0;
    }
}
