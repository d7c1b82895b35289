package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the answer does with one m-line of the offer.
 *
 * @param index of the m-line, from 0
 * @param offered the m-line
 * @param refusal why it is refused, with none of the peer's text; empty when it is accepted
 * @param warningCode of the refusal (RFC 3261 §20.43); 0 when it is accepted
 * @param direction of the answer: {@code RECVONLY}, or {@code INACTIVE}
 * @param formats accepted, in the offer's order
 * @param label the a=label of the offer (RFC 4574)
 * @param rtp where the peer takes RTP; empty where nothing may be sent (hold, multicast, no c= line)
 * @param rtcp where the peer takes RTCP (RFC 3605 §2.1, else the port above RTP); empty as for RTP
 * @param crypto how it is encrypted; empty for plain RTP
 */
public record PlannedLine(
        int index,
        MediaDescription offered,
        Optional<String> refusal,
        int warningCode,
        Direction direction,
        List<PayloadFormat> formats,
        Optional<String> label,
        Optional<RemoteAddress> rtp,
        Optional<RemoteAddress> rtcp,
        Optional<CryptoChoice> crypto) {
    /** Copies the list. */
    public PlannedLine {
        Objects.requireNonNull(offered, "offered");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(direction, "direction");
        formats = List.copyOf(formats);
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(rtp, "rtp");
        Objects.requireNonNull(rtcp, "rtcp");
        Objects.requireNonNull(crypto, "crypto");
    }

    static PlannedLine refused(int index, MediaDescription offered, int warningCode, String refusal) {
        return new PlannedLine(
                index,
                offered,
                Optional.of(refusal),
                warningCode,
                Direction.INACTIVE,
                List.of(),
                offered.label(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A line that we offer ourselves, as it stands until the answer comes. */
    public static PlannedLine own(int index, List<PayloadFormat> formats) {
        return new PlannedLine(
                index,
                OwnOffer.AUDIO,
                Optional.empty(),
                0,
                Direction.RECVONLY,
                formats,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * True when {@code offer} gives the line an unspecified address ({@code 0.0.0.0}, {@code ::}) and no direction. After a real
     * address that is how senders of before RFC 3264 hold (§8.4); before one it says nothing.
     */
    public boolean unspecifiedAddress(SessionDescription offer) {
        boolean directed = offered.direction().or(offer::direction).isPresent();
        return !directed
                && offer.connectionOf(offered)
                        .filter(RemoteAddresses::isUnspecified)
                        .isPresent();
    }

    /** True when the peer can take RTCP on the port of RTP (RFC 5761 §5.1.1). */
    public boolean rtcpMux() {
        return offered.attribute("rtcp-mux").isPresent();
    }

    /** The same line held: nothing is received. */
    public PlannedLine inactive() {
        return new PlannedLine(
                index, offered, refusal, warningCode, Direction.INACTIVE, formats, label, rtp, rtcp, crypto);
    }

    /** The same line, encrypted like this. */
    public PlannedLine encrypted(CryptoChoice choice) {
        return new PlannedLine(
                index, offered, refusal, warningCode, direction, formats, label, rtp, rtcp, Optional.of(choice));
    }

    /** The names of its formats, bounded and without signs of the peer's own: {@code G729/8000, TELEPHONE-EVENT/8000}. */
    public String formatNames() {
        return FormatNames.of(formats);
    }

    /** True when the line is recorded. */
    public boolean accepted() {
        return refusal.isEmpty();
    }
}
