package io.siprec.core.sdp;

import java.util.Objects;

/**
 * The o= line (RFC 8866 §5.2).
 *
 * @param username of the originator, "-" for none
 * @param sessionId digits, kept as text: some are longer than 64 bits
 * @param version digits, kept as text
 * @param netType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address of the originator
 */
public record Origin(
        String username, String sessionId, String version, String netType, String addressType, String address) {
    /** Checks that nothing is null. */
    public Origin {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(netType, "netType");
        Objects.requireNonNull(addressType, "addressType");
        Objects.requireNonNull(address, "address");
    }

    /** An origin of ours. */
    public static Origin of(long sessionId, long version, String address) {
        return new Origin(
                "-",
                Long.toUnsignedString(sessionId),
                Long.toUnsignedString(version),
                "IN",
                Connection.of(address).addressType(),
                address);
    }
}
