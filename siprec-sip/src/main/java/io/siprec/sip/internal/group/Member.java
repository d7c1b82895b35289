package io.siprec.sip.internal.group;

import io.siprec.sip.SipApplication;
import io.siprec.sip.internal.dialog.IdSource;
import io.siprec.sip.internal.dialog.SipSettings;
import io.siprec.sip.internal.dialog.UserAgent;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.guard.Overload;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.internal.transport.NetworkShare;
import io.siprec.sip.internal.transport.NioNetwork;
import io.siprec.sip.message.SipMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One loop of a group with all that belongs to it: thread, sockets, user agent, numbers. */
final class Member {
    private static final Duration TRY_AGAIN = Duration.ofMillis(10);

    private final Counters counters;
    private final EventLoop loop;
    private final NioNetwork network;
    private final UserAgent userAgent;
    private final Thread thread;

    Member(
            int number,
            SipApplication application,
            SipSettings settings,
            LongSupplier clock,
            Counters counters,
            NetworkShare share,
            Switchboard switchboard)
            throws IOException {
        this.counters = counters;
        loop = new EventLoop(clock, settings.limits(), counters);
        LoopGuard guard = new LoopGuard(share.guard(), counters);
        network =
                new NioNetwork(loop, settings.limits(), settings.advertisedHost(), counters, guard, switchboard, share);
        Overload overload = new Overload(settings.limits(), loop::queuedTasks, loop::late, settings.overload());
        userAgent =
                new UserAgent(application, settings, loop, loop, network, new IdSource(), counters, guard, overload);
        thread = new Thread(loop, "sip-loop-" + number);
        switchboard.connect(this);
        loop.hooks(userAgent::publishGauges, userAgent::close);
    }

    Counters counters() {
        return counters;
    }

    EventLoop loop() {
        return loop;
    }

    NioNetwork network() {
        return network;
    }

    UserAgent userAgent() {
        return userAgent;
    }

    Thread thread() {
        return thread;
    }

    /** A datagram that another loop read; what answers it leaves by our own socket of the same port. Loop thread only. */
    void onDatagram(SipMessage message, InetSocketAddress local, InetSocketAddress remote) {
        userAgent.onMessage(message, network.datagrams(local, remote));
    }

    /** Hands a task to this loop that must not get lost: while the queue is full, again and again. Thread of {@code from}. */
    void handOver(Runnable task, Member from) {
        if (!loop.execute(task)) {
            from.loop.schedule(TRY_AGAIN, () -> handOver(task, from));
        }
    }
}
