package io.siprec.testkit;

import java.util.List;

/**
 * What became of a packet in a {@link UdpRelay}.
 *
 * @param number its place among those that came on its line, from 0
 * @param sequence its RTP sequence number (RFC 3550 §5.1), -1 for a datagram that has none
 * @param departures the places of its copies among all that left on its line, from 0, in order; empty when it was lost
 */
public record RelayedPacket(long number, int sequence, List<Long> departures) {
    /** Copies the list. */
    public RelayedPacket {
        departures = List.copyOf(departures);
    }

    /** At least one copy left. */
    public boolean forwarded() {
        return !departures.isEmpty();
    }
}
