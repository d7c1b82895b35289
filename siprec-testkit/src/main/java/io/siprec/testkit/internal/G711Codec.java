package io.siprec.testkit.internal;

import io.siprec.rtp.G711;
import io.siprec.testkit.SrcCodec;

/** The two laws behind one pair of calls. */
final class G711Codec {
    private G711Codec() {}

    static void encode(SrcCodec codec, short[] pcm, byte[] codes, int length) {
        switch (codec) {
            case PCMU -> G711.encodeUlaw(pcm, 0, length, codes, 0);
            case PCMA -> G711.encodeAlaw(pcm, 0, length, codes, 0);
        }
    }

    static void decode(SrcCodec codec, byte[] codes, int length, short[] pcm, int pcmOffset) {
        switch (codec) {
            case PCMU -> G711.decodeUlaw(codes, 0, length, pcm, pcmOffset);
            case PCMA -> G711.decodeAlaw(codes, 0, length, pcm, pcmOffset);
        }
    }
}
