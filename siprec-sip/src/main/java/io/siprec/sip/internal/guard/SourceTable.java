package io.siprec.sip.internal.guard;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is known of each source, in an array that never grows: sets of a few places, and a source has its place in the set
 * that its hash names. Any thread, without a lock.
 *
 * <p>All loops share one table. Shares per loop would be wrong: the kernel spreads datagrams by address and port, so that a
 * peer with one port is seen by one loop and a peer with many ports by all. A field is one number changed by compare-and-set;
 * when a place changes hands just while another loop writes to it, that source is charged for one message too few or too
 * many.
 */
final class SourceTable {
    /** Offsets of the fields from a place. */
    static final int MESSAGES = 1;

    static final int INVITES = 2;
    static final int LOGGED = 3;
    static final int LEFT_OUT = 4;

    private static final int FIELDS = 5; // the source's key first
    private static final int WAYS = 8;

    private final AtomicLongArray cells;
    private final int setMask;
    private final long salt;
    private final AtomicInteger used = new AtomicInteger();

    /** A table for at least so many sources; the salt keeps anybody from choosing sources that share a set. */
    SourceTable(int sources, long salt) {
        int sets = Integer.highestOneBit(Math.max(1, (sources - 1) / WAYS)) * 2;
        this.cells = new AtomicLongArray(sets * WAYS * FIELDS);
        this.setMask = sets - 1;
        this.salt = salt;
    }

    /** Takes note of sources that were forgotten while something of theirs still counted. */
    interface Forgetting {
        /** One was forgotten. */
        void forgot();
    }

    /** The place of a source, made if need be at the cost of the quietest in its set. */
    int place(long source, long nowNs, Forgetting forgetting) {
        long key = key(source);
        int set = ((int) (key >>> 32) & setMask) * WAYS * FIELDS;
        while (true) {
            int quietest = set;
            for (int place = set; place < set + WAYS * FIELDS; place += FIELDS) {
                long other = cells.get(place);
                if (other == key) {
                    return place;
                }
                if (cells.get(quietest) != 0 && (other == 0 || lastNs(place) < lastNs(quietest))) {
                    quietest = place;
                }
            }
            if (take(quietest, key, nowNs, forgetting)) {
                return quietest;
            }
        }
    }

    private boolean take(int place, long key, long nowNs, Forgetting forgetting) {
        long before = cells.get(place);
        if (before == key) {
            return true; // another loop was faster, with the same source
        }
        boolean counted = before != 0 && lastNs(place) > nowNs;
        if (!cells.compareAndSet(place, before, key)) {
            return false; // another loop was faster
        }
        for (int field = 1; field < FIELDS; field++) {
            cells.set(place + field, 0);
        }
        if (before == 0) {
            used.incrementAndGet();
        } else if (counted) {
            forgetting.forgot();
        }
        return true;
    }

    /** Until when what is known of a source counts. */
    private long lastNs(int place) {
        return Math.max(Math.max(cells.get(place + MESSAGES), cells.get(place + INVITES)), cells.get(place + LOGGED));
    }

    private long key(long source) {
        long mixed = source ^ salt; // each step can be undone: two sources never share a key
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed == 0 ? 1 : mixed;
    }

    AtomicLongArray cells() {
        return cells;
    }

    /** Places in use. */
    int size() {
        return used.get();
    }
}
