package io.siprec.testkit;

import java.util.List;

/**
 * What a line of a {@link UdpRelay} did, packet by packet.
 *
 * @param packets that came from the client, in the order in which they came
 * @param lost of these, packets that the relay lost on purpose
 * @param waiting copies that have not left yet
 * @param reports RTCP packets that came from the client; they are passed on as they are
 * @param returned datagrams that came from the recorder, RTP and RTCP
 */
public record RelayAccount(List<RelayedPacket> packets, long lost, long waiting, long reports, long returned) {
    /** Copies the list. */
    public RelayAccount {
        packets = List.copyOf(packets);
    }

    /** Packets that came. */
    public long came() {
        return packets.size();
    }

    /** Packets of which at least one copy left. */
    public long forwarded() {
        return packets.stream().filter(RelayedPacket::forwarded).count();
    }

    /** Datagrams that left, copies included. */
    public long departed() {
        return packets.stream().mapToLong(packet -> packet.departures().size()).sum();
    }

    /** Second copies that left. */
    public long duplicates() {
        return departed() - forwarded();
    }

    /** Packets that left behind one that had come after them. */
    public long overtaken() {
        long earliestBehind = Long.MAX_VALUE;
        long overtaken = 0;
        for (int i = packets.size() - 1; i >= 0; i--) {
            if (packets.get(i).forwarded()) {
                long departure = packets.get(i).departures().get(0);
                overtaken += departure > earliestBehind ? 1 : 0;
                earliestBehind = Math.min(earliestBehind, departure);
            }
        }
        return overtaken;
    }

    /** The packets between the first and the last that was forwarded: what a receiver knows of without being told. */
    public List<RelayedPacket> visible() {
        int from = 0;
        int to = packets.size();
        while (from < to && !packets.get(from).forwarded()) {
            from++;
        }
        while (to > from && !packets.get(to - 1).forwarded()) {
            to--;
        }
        return packets.subList(from, to);
    }
}
