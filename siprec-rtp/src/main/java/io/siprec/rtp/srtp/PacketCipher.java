package io.siprec.rtp.srtp;

/** Encrypts and authenticates the packet in the scratch memory, under one set of session keys. Used by one thread. */
interface PacketCipher {
    /**
     * Checks the tag, then decrypts.
     *
     * @param clearBytes what stays as it is; up to {@code endBytes} lies the encrypted part
     * @param tagAt where the tag lies
     * @param word authenticated with the packet: for RTP the rollover count, for RTCP the E flag and index
     * @param index 48 bits for RTP, 31 for RTCP
     * @return false when the tag is wrong; nothing is changed then
     */
    boolean open(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index);

    /** Encrypts, then writes the tag at {@code tagAt}. */
    void seal(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index);
}
