package io.siprec.sip.internal.dialog;

import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.guard.Overload;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** Turns requests away that no transaction is to be made for: they cost one answer and leave nothing behind. */
final class Doorkeeper {
    private static final long GAUGE_NS = 1_000_000_000L;
    private static final List<Header> RETRY_LATER = List.of(new Header("Retry-After", "10"));
    private static final Optional<RequestChecks.Refusal> FORBIDDEN =
            Optional.of(new RequestChecks.Refusal(403, "Forbidden", List.of()));
    private static final Optional<RequestChecks.Refusal> OFTEN =
            Optional.of(new RequestChecks.Refusal(503, "Too Many INVITEs", RETRY_LATER));
    private static final Optional<RequestChecks.Refusal> FULL =
            Optional.of(new RequestChecks.Refusal(503, "Too Many Transactions", RETRY_LATER));

    /** When a loop's queue is full. */
    static final RequestChecks.Refusal WORK_WAITS =
            new RequestChecks.Refusal(503, "Overloaded, Work Is Waiting", RETRY_LATER);

    private final Context context;
    private final LoopGuard guard;
    private final Overload overload;
    private long gaugeNs;

    Doorkeeper(Context context, LoopGuard guard, Overload overload) {
        this.context = context;
        this.guard = guard;
        this.overload = overload;
        this.gaugeNs = context.scheduler().nanoTime() - GAUGE_NS;
    }

    /** Why a request that belongs to no transaction is turned away. */
    Optional<RequestChecks.Refusal> refusal(SipRequest request, Peer peer) {
        if (guard.forbids(peer.remote().getAddress())) {
            return FORBIDDEN;
        }
        if (context.transactions().full()) {
            context.counters().count(Counters.Name.DROPPED_TRANSACTION_LIMIT);
            return FULL;
        }
        return request.initial() && request.method().equals("INVITE") ? refusal(peer) : Optional.empty();
    }

    private Optional<RequestChecks.Refusal> refusal(Peer peer) {
        if (!guard.admitsInvite(peer.remote().getAddress())) {
            return OFTEN;
        }
        Optional<Unavailable> reason = unavailable();
        reason.ifPresent(why -> context.counters()
                .count(
                        why == Overload.DIALOGS
                                ? Counters.Name.DROPPED_DIALOG_LIMIT
                                : Counters.Name.DROPPED_UNAVAILABLE));
        return reason.map(why -> new RequestChecks.Refusal(503, why.reason(), why.headers()));
    }

    /** Publishes whether new INVITEs get 503; asked once a second, for the application may have to think. */
    void publishGauges() {
        long nowNs = context.scheduler().nanoTime();
        if (nowNs - gaugeNs >= GAUGE_NS) {
            gaugeNs = nowNs;
            context.counters().set(Counters.Name.UNAVAILABLE, unavailable().isPresent() ? 1 : 0);
        }
        guard.publishGauges();
    }

    /** Why a new INVITE would get 503 at this moment: what an OPTIONS is told as well (RFC 3261 section 11.2). */
    Optional<Unavailable> unavailable() {
        try {
            return overload.reason(
                    context.dialogs().taken(), context.transactions().serverCount());
        } catch (RuntimeException e) { // the application's own part of it: a call is better taken than lost
            context.counters().count(Counters.Name.LOOP_ERRORS);
            context.log().write(Level.ERROR, "the application failed to tell whether it takes calls", e);
            return Optional.empty();
        }
    }
}
