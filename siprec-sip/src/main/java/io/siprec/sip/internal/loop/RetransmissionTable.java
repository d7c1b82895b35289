package io.siprec.sip.internal.loop;

import io.siprec.sip.PeerRetransmissions;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Repeated messages by the peer's address. It is full of those that repeated something last: for a new one the one that was
 * quiet for the longest time goes. One loop thread writes, any thread reads.
 */
final class RetransmissionTable {
    static final int RECEIVED = 0;
    static final int SENT = 1;

    private final int limit;
    private final Map<InetAddress, AtomicLongArray> byAge = new LinkedHashMap<>(16, 0.75f, true); // loop thread only
    private final Map<InetAddress, AtomicLongArray> readable = new ConcurrentHashMap<>();

    RetransmissionTable(int limit) {
        this.limit = limit;
    }

    /** One more. False when another peer had to go for it. */
    boolean count(InetAddress address, int direction) {
        AtomicLongArray counts = byAge.get(address);
        boolean room = true;
        if (counts == null) {
            room = makeRoom();
            counts = new AtomicLongArray(2);
            byAge.put(address, counts);
            readable.put(address, counts);
        }
        counts.setOpaque(direction, counts.getPlain(direction) + 1);
        return room;
    }

    int size() {
        return byAge.size();
    }

    private boolean makeRoom() {
        if (byAge.size() < limit) {
            return true;
        }
        InetAddress oldest = byAge.keySet().iterator().next();
        byAge.remove(oldest);
        readable.remove(oldest);
        return false;
    }

    /** What several loops have counted, most repetitions first. Any thread. */
    static List<PeerRetransmissions> together(List<RetransmissionTable> tables) {
        Map<InetAddress, PeerRetransmissions> sums = new HashMap<>();
        for (RetransmissionTable table : tables) {
            table.readable.forEach((address, counts) -> sums.merge(
                    address,
                    new PeerRetransmissions(address, counts.getOpaque(RECEIVED), counts.getOpaque(SENT)),
                    RetransmissionTable::sum));
        }
        List<PeerRetransmissions> all = new ArrayList<>(sums.values());
        all.sort((a, b) -> Long.compare(b.received() + b.sent(), a.received() + a.sent()));
        return all;
    }

    private static PeerRetransmissions sum(PeerRetransmissions a, PeerRetransmissions b) {
        return new PeerRetransmissions(a.address(), a.received() + b.received(), a.sent() + b.sent());
    }
}
