package io.siprec.sip.internal.guard;

import io.siprec.sip.guard.SipGuard;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** What the loops of one endpoint share of its guard: the rules, the table of sources, the rates of all together. */
public final class GuardState {
    static final int TOTAL_MESSAGES = 0;
    static final int TOTAL_INVITES = 1;

    final AddressSet allow;
    final AddressSet deny;
    final boolean forbidUnknown;
    final Rate messagesPerSource;
    final Rate invitesPerSource;
    final Rate messagesInTotal;
    final Rate invitesInTotal;
    final SourceTable sources;
    final AtomicLongArray totals = new AtomicLongArray(2);
    final LogQuota quota = new LogQuota();
    private final LongSupplier clock;
    private final long originNs;

    /** The state of a new endpoint. */
    public GuardState(SipGuard guard, LongSupplier clock) {
        allow = new AddressSet(guard.allow());
        deny = new AddressSet(guard.deny());
        forbidUnknown = guard.unknownSource() == SipGuard.UnknownSource.FORBID;
        messagesPerSource = Rate.perSecond(guard.messagesPerSource());
        invitesPerSource = Rate.perSecond(guard.invitesPerSource());
        messagesInTotal = Rate.perSecond(guard.messagesInTotal());
        invitesInTotal = Rate.perSecond(guard.invitesInTotal());
        sources = new SourceTable(guard.maxSources(), new SecureRandom().nextLong());
        this.clock = clock;
        this.originNs = clock.getAsLong() - 1; // 0 stands for long ago
    }

    long nowNs() {
        return clock.getAsLong() - originNs;
    }
}
