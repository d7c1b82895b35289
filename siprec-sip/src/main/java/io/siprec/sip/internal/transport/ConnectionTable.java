package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.transport.SipLimits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The open connections of a loop, by their peers, and how many there may be on all loops. Loop thread only. */
final class ConnectionTable {
    private final int limit;
    private final Counters counters;
    private final AddressCounts perSource;
    private final Map<ConnectionKey, Connection> byKey = new HashMap<>();
    private int count;

    ConnectionTable(SipLimits limits, Counters counters, AddressCounts perSource) {
        this.limit = limits.maxConnections();
        this.counters = counters;
        this.perSource = perSource;
    }

    Optional<Connection> find(ConnectionKey key) {
        return Optional.ofNullable(byKey.get(key)).filter(Connection::open);
    }

    /** Whether there is room for one more from there; a refusal is counted. */
    boolean admits(InetAddress source) {
        if (!admitsOwn()) {
            return false;
        }
        boolean full = perSource.full(source);
        if (full) {
            counters.count(Counters.Name.DROPPED_SOURCE_CONNECTION_LIMIT);
        }
        return !full;
    }

    /** Whether there is room for one that we make. */
    boolean admitsOwn() {
        boolean full = counters.total(Counters.Name.CONNECTIONS) >= limit;
        if (full) {
            counters.count(Counters.Name.DROPPED_CONNECTION_LIMIT);
        }
        return !full;
    }

    void opened(Connection connection) {
        count++;
        counters.set(Counters.Name.CONNECTIONS, count);
        perSource.add(connection.remote().getAddress());
        byKey.put(connection.key(), connection);
    }

    void closed(Connection connection) {
        count--;
        counters.set(Counters.Name.CONNECTIONS, count);
        perSource.remove(connection.remote().getAddress());
        byKey.remove(connection.key(), connection);
    }
}
