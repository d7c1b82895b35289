package io.siprec.core.sdp;

import java.util.List;

/**
 * How one line is encrypted.
 *
 * @param offered by the peer: its key decrypts what it sends
 * @param answered by us, with the same tag and suite (RFC 4568 §5.1.2)
 */
public record CryptoChoice(CryptoAttribute offered, CryptoAttribute answered) {
    CryptoChoice(CryptoAttribute offered, byte[] ownKeyAndSalt) {
        this(
                offered,
                new CryptoAttribute(
                        offered.tag(), offered.suite(), List.of(new CryptoKey(ownKeyAndSalt, "", "")), List.of()));
    }

    /** The same choice with another key of ours; the suite's length is the caller's duty. */
    public CryptoChoice answeredWith(byte[] ownKeyAndSalt) {
        return new CryptoChoice(offered, ownKeyAndSalt);
    }
}
