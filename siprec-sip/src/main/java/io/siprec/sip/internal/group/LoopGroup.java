package io.siprec.sip.internal.group;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.PeerRetransmissions;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipBindException;
import io.siprec.sip.SipLoop;
import io.siprec.sip.SipStatistics;
import io.siprec.sip.internal.dialog.IdSource;
import io.siprec.sip.internal.dialog.SipSettings;
import io.siprec.sip.internal.dialog.UserAgent;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.NetworkShare;
import io.siprec.sip.internal.transport.PortUse;
import io.siprec.sip.transport.ListeningPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The loops of an endpoint. Each has its own socket for each listening point, which the system feeds by the sender's address;
 * a message whose Call-ID belongs to another loop is handed over once, and all that follows from it happens there. Any
 * thread, except where said.
 */
public final class LoopGroup {
    private static final long CLOSE_WAIT_MS = 10_000;

    private final IdSource ids = new IdSource();
    private final List<Counters> counters;
    private final List<Member> members;

    /** A group of {@code loops} loops, at least 1, that don't run yet. */
    public LoopGroup(
            int loops, SipApplication application, SipSettings settings, LongSupplier clock, NetworkShare share)
            throws IOException {
        counters = Counters.ofLoops(loops);
        List<Member> made = new ArrayList<>(loops);
        for (int i = 0; i < loops; i++) {
            made.add(new Member(i + 1, application, settings, clock, counters.get(i), share, new Switchboard(this)));
        }
        members = List.copyOf(made);
    }

    /** Opens a listening point on every loop and says where it really is. Before the start only. */
    public ListeningPoint open(ListeningPoint wanted) throws SipBindException {
        boolean alone = members.size() == 1;
        ListeningPoint opened = members.get(0).network().open(wanted, alone ? PortUse.ALONE : PortUse.FIRST);
        for (Member member : members.subList(1, members.size())) {
            member.network().open(opened, PortUse.NEXT);
        }
        return opened;
    }

    /** Starts the threads. Once. */
    public void start() {
        members.forEach(member -> member.thread().start());
    }

    /** The loops. */
    public List<SipLoop> loops() {
        return List.copyOf(members.stream().map(Member::loop).toList());
    }

    /** Retransmissions by peer, of all loops together. */
    public List<PeerRetransmissions> retransmissions() {
        return counters.get(0).retransmissions();
    }

    /** The numbers of all loops together. */
    public SipStatistics statistics() {
        return Counters.statistics(counters);
    }

    /** Sends an INVITE on the loop of a fresh Call-ID. */
    public ClientCall invite(ClientInvite invite, ClientCallListener listener) {
        String callId = ids.callId();
        Member owner = owner(callId);
        UserAgent.Call call = owner.userAgent().prepare(invite, listener, callId);
        if (!owner.loop().execute(() -> owner.userAgent().invite(call))) {
            listener.onFailed("endpoint closed or overloaded");
        }
        return call.handle();
    }

    /** The loop that owns a Call-ID: the same one for all messages of a call, so that no call is ever shared. */
    Member owner(String callId) {
        int size = members.size();
        return size == 1 ? members.get(0) : members.get(Math.floorMod(spread(callId.hashCode()), size));
    }

    /** Call-IDs that count upwards have hashes that do, too: all bits should decide. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }

    /** Ends all loops and waits for their threads, unless called on one of them: that one could be waited for, too. */
    public void close() {
        members.forEach(member -> member.loop().stop());
        boolean onLoop = members.stream().anyMatch(member -> member.thread() == Thread.currentThread());
        for (Member member : members) {
            if (member.thread().getState() == Thread.State.NEW) {
                member.loop().closeChannels();
            } else if (!onLoop) {
                join(member.thread());
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
