package io.siprec.rtp.srtp;

/**
 * What is made of one master key, and where its parts of a packet lie: behind the encrypted part come the MKI and the tag, with
 * AEAD the other way round (RFC 3711 §3.1, §3.4; RFC 7714 §5).
 */
final class MasterKey {
    static final int RTCP_HEADER_BYTES = 8;

    private static final int WORD_BYTES = 4; // the E flag and the index of SRTCP

    final SrtpSuite suite;
    final PacketCipher rtp;
    final PacketCipher rtcp;
    private final byte[] mki;

    MasterKey(SrtpKeys keys) {
        this.suite = keys.suite();
        this.mki = keys.mki();
        KeyDerivation derivation = new KeyDerivation(keys);
        this.rtp = derivation.cipher(false);
        this.rtcp = derivation.cipher(true);
    }

    int rtpTrailerBytes() {
        return suite.rtpTagBytes() + mki.length;
    }

    int rtcpTrailerBytes() {
        return suite.rtcpTagBytes() + mki.length + WORD_BYTES;
    }

    int rtpTagAt(int endBytes) {
        return suite.aead() ? endBytes : endBytes + mki.length;
    }

    int rtcpTagAt(int endBytes) {
        return suite.aead() ? endBytes : endBytes + WORD_BYTES + mki.length;
    }

    int rtcpWordAt(int endBytes) {
        return suite.aead() ? endBytes + suite.rtcpTagBytes() : endBytes;
    }

    private int rtpMkiAt(int endBytes) {
        return suite.aead() ? endBytes + suite.rtpTagBytes() : endBytes;
    }

    private int rtcpMkiAt(int endBytes) {
        return rtcpWordAt(endBytes) + WORD_BYTES;
    }

    boolean isNamedByRtp(SrtpScratch s, int endBytes) {
        return isNamed(s, rtpMkiAt(endBytes));
    }

    boolean isNamedByRtcp(SrtpScratch s, int endBytes) {
        return isNamed(s, rtcpMkiAt(endBytes));
    }

    private boolean isNamed(SrtpScratch s, int at) {
        for (int i = 0; i < mki.length; i++) {
            if (s.packet[at + i] != mki[i]) {
                return false;
            }
        }
        return true;
    }

    void nameRtp(SrtpScratch s, int endBytes) {
        System.arraycopy(mki, 0, s.packet, rtpMkiAt(endBytes), mki.length);
    }

    void nameRtcp(SrtpScratch s, int endBytes) {
        System.arraycopy(mki, 0, s.packet, rtcpMkiAt(endBytes), mki.length);
    }
}
