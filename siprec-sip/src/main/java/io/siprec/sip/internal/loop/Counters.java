package io.siprec.sip.internal.loop;

import io.siprec.sip.PeerRetransmissions;
import io.siprec.sip.SipStatistics;
import io.siprec.sip.SipStatistics.Kind;
import io.siprec.sip.internal.transport.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/** Numbers that one loop thread writes and any thread reads. */
public final class Counters {
    private static final int MAX_RETRANSMISSION_PEERS = 1_024;
    private static final String DROPPED = "DROPPED_";

    /** What is measured. A new line here is all that a new number needs; what is dropped begins with DROPPED. */
    public enum Name {
        SERVER_TRANSACTIONS(Kind.GAUGE, "server transactions now open"),
        CLIENT_TRANSACTIONS(Kind.GAUGE, "client transactions now open"),
        DIALOGS(Kind.GAUGE, "dialogs now open"),
        WAITING_INVITES(Kind.GAUGE, "INVITEs outside of a dialog that wait for their final answer"),
        CONNECTIONS(Kind.GAUGE, "connections now open"),
        HANDSHAKES(Kind.GAUGE, "TLS handshakes of peers that are not finished"),
        TIMERS(Kind.GAUGE, "timers now set"),
        MERGE_KEYS(Kind.GAUGE, "requests by which merged ones are found"),
        OUTGOING_CALLS(Kind.GAUGE, "INVITEs of ours that have no outcome yet"),
        LENT_CONNECTIONS(Kind.GAUGE, "connections that another loop than their own uses too"),
        UNSENT_BYTES(Kind.GAUGE, "bytes that wait for peers to read their connections"),
        RETRANSMISSION_PEERS(Kind.GAUGE, "peers whose retransmissions are counted"),
        NONCES(Kind.HIGHEST, "nonces whose counts are remembered"),
        QUEUED_TASKS(Kind.GAUGE, "tasks that wait for a loop"),
        SOURCES(Kind.HIGHEST, "sources known to the guard"),
        UNAVAILABLE(Kind.HIGHEST, "1 while new INVITEs get 503"),
        LOOP_DELAY_MS(Kind.HIGHEST, "longest wait of a timer or datagram in the last seconds, in milliseconds"),

        RECEIVED(Kind.COUNTER, "well-formed messages received"),
        SENT(Kind.COUNTER, "messages handed to the network"),
        PARSE_ERRORS(Kind.COUNTER, "messages that could not be understood"),
        RETRANSMISSIONS_RECEIVED(Kind.COUNTER, "requests and responses that were seen before"),
        REPEATED_INVITES(Kind.COUNTER, "INVITEs that came again, in or outside of a dialog"),
        REPEATED_BYES(Kind.COUNTER, "BYEs that came again"),
        REPEATED_OTHER_REQUESTS(Kind.COUNTER, "requests of other methods, ACK left out, that came again"),
        RETRANSMISSIONS_SENT(Kind.COUNTER, "messages that were sent again"),
        HANDED_OVER(Kind.COUNTER, "messages that one loop read and another one owns"),
        SOURCES_FORGOTTEN(Kind.COUNTER, "sources forgotten for want of room while their rate still counted"),
        LOOP_ERRORS(Kind.COUNTER, "exceptions that a loop caught, each a fault of ours or the application's"),

        DROPPED_GARBAGE("messages not understood well enough to be answered"),
        DROPPED_KEEP_ALIVE("datagrams without a message, which hold a NAT binding open"),
        DROPPED_OVERSIZE("datagrams over the limit of a message"),
        DROPPED_STRAY_ACK("ACKs without a transaction or dialog"),
        DROPPED_STRAY_RESPONSE("responses without a transaction"),
        DROPPED_HAND_OVER("messages that found the queue of another loop full"),
        DROPPED_TRANSACTION_LIMIT("requests over the limit of transactions, answered 503 or not sent"),
        DROPPED_UNWELCOME_SOURCE("messages and connections of sources that are denied or not allowed"),
        DROPPED_RATE_LIMIT("messages over a rate limit"),
        DROPPED_INVITE_RATE_LIMIT("INVITEs over a rate limit, answered 503"),
        DROPPED_UNAVAILABLE("INVITEs answered 503 because of overload, draining or a lack of resources"),
        DROPPED_TASKS("tasks that the queue of a loop had no room for"),
        DROPPED_DIALOG_LIMIT("INVITEs over the limit of dialogs, answered 503"),
        DROPPED_NO_CREDENTIALS("requests without credentials, answered 401: the usual first try"),
        DROPPED_STALE_NONCE("requests whose nonce was too old, foreign or used before, answered 401"),
        DROPPED_WRONG_CREDENTIALS("requests with a wrong user or password, answered 401"),
        DROPPED_BAD_CREDENTIALS("requests with unreadable credentials or those of another URI, answered 400"),
        DROPPED_CONNECTION_LIMIT("connections over the limit, closed or not opened"),
        DROPPED_SOURCE_CONNECTION_LIMIT("connections over the limit of one source, closed"),
        DROPPED_HANDSHAKE_LIMIT("connections over the limit of TLS handshakes, closed"),
        DROPPED_HANDSHAKE_TIME("connections closed because the TLS handshake was not finished in time"),
        DROPPED_HANDSHAKE_FAILED("connections without a TLS handshake that both ends agreed on"),
        DROPPED_SEND_FAILED("messages that the network did not take"),
        DROPPED_SLOW_SENDER("connections closed because a message was not complete in time"),
        DROPPED_SLOW_READER("connections closed because the peer did not read"),
        DROPPED_RETRANSMISSION_PEER("peers whose count of retransmissions made way for another's"),
        DROPPED_IDLE_CONNECTION("connections closed for being idle");

        private final Kind kind;
        private final String text;
        private final String meaning;

        Name(String meaning) {
            this(Kind.DROPPED, meaning);
        }

        Name(Kind kind, String meaning) {
            this.kind = kind;
            this.meaning = meaning;
            String bare = kind == Kind.DROPPED ? name().substring(DROPPED.length()) : name();
            this.text = bare.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Name[] NAMES = Name.values();

    private final AtomicLongArray values = new AtomicLongArray(NAMES.length);
    private final RetransmissionTable retransmissions = new RetransmissionTable(MAX_RETRANSMISSION_PEERS);
    private List<Counters> loops = List.of(this);

    /** The numbers of an endpoint with so many loops, each of which knows the others'. */
    public static List<Counters> ofLoops(int count) {
        List<Counters> all = Stream.generate(Counters::new).limit(count).toList();
        all.forEach(counters -> counters.loops = all);
        return all;
    }

    /** One more. Loop thread only. */
    public void count(Name name) {
        add(name, 1);
    }

    /** Some more. Loop thread only. */
    public void add(Name name, long more) {
        int i = name.ordinal();
        values.setOpaque(i, values.getPlain(i) + more);
    }

    /** The peer sent what it had sent before. Loop thread only. */
    public void retransmissionReceived(Peer peer) {
        count(Name.RETRANSMISSIONS_RECEIVED);
        retransmission(peer, RetransmissionTable.RECEIVED);
    }

    /** We sent the peer what we had sent before. Loop thread only. */
    public void retransmissionSent(Peer peer) {
        count(Name.RETRANSMISSIONS_SENT);
        retransmission(peer, RetransmissionTable.SENT);
    }

    private void retransmission(Peer peer, int direction) {
        if (!retransmissions.count(peer.remote().getAddress(), direction)) {
            count(Name.DROPPED_RETRANSMISSION_PEER);
        }
        set(Name.RETRANSMISSION_PEERS, retransmissions.size());
    }

    /** Retransmissions by peer, of all loops of the endpoint together, most first. Any thread. */
    public List<PeerRetransmissions> retransmissions() {
        return RetransmissionTable.together(
                loops.stream().map(counters -> counters.retransmissions).toList());
    }

    /** The value of a gauge. Loop thread only. */
    public void set(Name name, long value) {
        values.setOpaque(name.ordinal(), value);
    }

    /** The value now. Any thread. */
    public long value(Name name) {
        return values.getOpaque(name.ordinal());
    }

    /**
     * The value now of all loops of the endpoint together: what a limit is held against. Loops that ask in the same instant
     * may each take the last place. Any thread.
     */
    public long total(Name name) {
        return together(name, loops);
    }

    /** All values. Any thread. */
    public SipStatistics statistics() {
        return statistics(List.of(this));
    }

    /** All values of several loops together. Any thread. */
    public static SipStatistics statistics(List<Counters> loops) {
        List<SipStatistics.Value> all = new ArrayList<>(NAMES.length);
        for (Name name : NAMES) {
            all.add(new SipStatistics.Value(name.text, name.kind, name.meaning, together(name, loops)));
        }
        return new SipStatistics(all);
    }

    private static long together(Name name, List<Counters> loops) {
        long sum = 0;
        for (Counters loop : loops) {
            long value = loop.value(name);
            sum = name.kind == Kind.HIGHEST ? Math.max(sum, value) : sum + value;
        }
        return sum;
    }
}
