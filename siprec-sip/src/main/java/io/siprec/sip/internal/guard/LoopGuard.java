package io.siprec.sip.internal.guard;

import io.siprec.sip.internal.loop.Counters;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.slf4j.event.Level;

/** The guard as one loop sees it: asks the shared state, counts for its loop. Loop thread only. */
public final class LoopGuard {
    private static final byte[] RESPONSE = {'S', 'I', 'P', '/'};

    private final GuardState state;
    private final Counters counters;
    private final SourceTable.Forgetting forgetting;
    private final PeerLog log;
    private final boolean listed;

    /** A guard of one loop. */
    public LoopGuard(GuardState state, Counters counters) {
        this.state = state;
        this.counters = counters;
        this.forgetting = () -> counters.count(Counters.Name.SOURCES_FORGOTTEN);
        this.log = new PeerLog(state, forgetting);
        this.listed = !state.allow.isEmpty() || !state.deny.isEmpty();
    }

    /** Whether a datagram may be parsed. Of a source on no list a response may: it could be one to us. */
    public boolean admitsDatagram(InetAddress source, ByteBuffer datagram) {
        if (listed && refusedByLists(source) && (denied(source) || !response(datagram))) {
            onRefused(source);
            return false;
        }
        return admitsMessage(source);
    }

    /** Whether a connection that a peer made may be used. */
    public boolean admitsConnection(InetAddress source) {
        if (listed && refusedByLists(source)) {
            onRefused(source);
            return false;
        }
        return true;
    }

    /** Whether a message is within the rates. */
    public boolean admitsMessage(InetAddress source) {
        if (within(source, state.messagesPerSource, SourceTable.MESSAGES)
                && within(state.messagesInTotal, GuardState.TOTAL_MESSAGES)) {
            return true;
        }
        counters.count(Counters.Name.DROPPED_RATE_LIMIT);
        log.write(Level.WARN, source, "messages of {} were dropped: over the rate limit");
        return false;
    }

    /** Whether a new INVITE is within the rates. */
    public boolean admitsInvite(InetAddress source) {
        if (within(source, state.invitesPerSource, SourceTable.INVITES)
                && within(state.invitesInTotal, GuardState.TOTAL_INVITES)) {
            return true;
        }
        counters.count(Counters.Name.DROPPED_INVITE_RATE_LIMIT);
        log.write(Level.WARN, source, "INVITEs of {} got 503: over the rate limit");
        return false;
    }

    /** Whether requests of the source get 403. */
    public boolean forbids(InetAddress source) {
        if (!state.forbidUnknown || state.allow.isEmpty() || state.allow.contains(source)) {
            return false;
        }
        onRefused(source);
        return true;
    }

    private boolean refusedByLists(InetAddress source) {
        boolean unknown = !state.forbidUnknown && !state.allow.isEmpty() && !state.allow.contains(source);
        return unknown || denied(source);
    }

    private boolean denied(InetAddress source) {
        return state.deny.contains(source);
    }

    private void onRefused(InetAddress source) {
        counters.count(Counters.Name.DROPPED_UNWELCOME_SOURCE);
        log.write(Level.INFO, source, "{} was refused: denied, or not in the list of allowed sources");
    }

    private static boolean response(ByteBuffer datagram) {
        if (datagram.remaining() < RESPONSE.length) {
            return false;
        }
        for (int i = 0; i < RESPONSE.length; i++) {
            if (datagram.get(datagram.position() + i) != RESPONSE[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean within(InetAddress source, Rate rate, int field) {
        if (!rate.limited()) {
            return true;
        }
        long nowNs = state.nowNs();
        int place = state.sources.place(AddressSet.source(source), nowNs, forgetting);
        return rate.take(state.sources.cells(), place + field, nowNs);
    }

    private boolean within(Rate rate, int total) {
        return !rate.limited() || rate.take(state.totals, total, state.nowNs());
    }

    /** Where peers' faults are told. */
    public PeerLog log() {
        return log;
    }

    /** Publishes the size of the table, which all loops share. */
    public void publishGauges() {
        counters.set(Counters.Name.SOURCES, state.sources.size());
    }
}
