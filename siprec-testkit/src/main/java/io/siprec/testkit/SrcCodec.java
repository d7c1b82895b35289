package io.siprec.testkit;

/** How the synthetic SRC encodes its audio: the two static formats of G.711 (RFC 3551 §4.5.14). */
public enum SrcCodec {
    /** µ-law, payload type 0. */
    PCMU(0),
    /** A-law, payload type 8. */
    PCMA(8);

    private final int payloadType;

    SrcCodec(int payloadType) {
        this.payloadType = payloadType;
    }

    /** The static payload type (RFC 3551 §6). */
    public int payloadType() {
        return payloadType;
    }
}
