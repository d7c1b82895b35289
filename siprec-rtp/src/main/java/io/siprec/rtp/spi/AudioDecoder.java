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
}
