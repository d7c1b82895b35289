package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What RTCP may use of the network (RFC 3556), in bits per second.
 *
 * @param senders the share of those that send media ({@code b=RS}); empty where nothing is said
 * @param receivers the share of the others ({@code b=RR}); 0 lets them report nothing
 */
public record RtcpBandwidth(OptionalLong senders, OptionalLong receivers) {
    /** Nothing is said: the default of the profile counts. */
    public static final RtcpBandwidth UNSAID = new RtcpBandwidth(OptionalLong.empty(), OptionalLong.empty());

    /** Checks for nulls. */
    public RtcpBandwidth {
        Objects.requireNonNull(senders, "senders");
        Objects.requireNonNull(receivers, "receivers");
    }

    /** With what the value of a b= line says of it; the first line of a kind counts. */
    RtcpBandwidth and(String line) {
        List<String> parts = List.of(line.split(":", 2));
        int value = parts.size() < 2 ? -1 : Numbers.parse(parts.get(1).trim(), Integer.MAX_VALUE);
        if (value < 0) return this;
        return switch (parts.get(0).trim()) {
            case "RS" -> or(new RtcpBandwidth(OptionalLong.of(value), OptionalLong.empty()));
            case "RR" -> or(new RtcpBandwidth(OptionalLong.empty(), OptionalLong.of(value)));
            default -> this;
        };
    }

    /** This, and where it says nothing, the other. */
    RtcpBandwidth or(RtcpBandwidth other) {
        return new RtcpBandwidth(
                senders.isPresent() ? senders : other.senders, receivers.isPresent() ? receivers : other.receivers);
    }
}
