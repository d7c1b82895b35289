package io.siprec.sip.internal.guard;

import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.transport.SipLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Whether a new call can be taken, and if not, why. One per loop; loop thread only. */
public final class Overload {
    private static final Duration RETRY = Duration.ofSeconds(10);
    /** The reason while the limit of dialogs is reached. */
    public static final Unavailable DIALOGS = why("Too Many Dialogs");

    private static final Unavailable TRANSACTIONS = why("Too Many Transactions");
    private static final Unavailable TASKS = why("Overloaded, Work Is Waiting");
    private static final Unavailable DELAY = why("Overloaded, Signalling Is Late");

    private final Watermark dialogs;
    private final Watermark transactions;
    private final Watermark tasks;
    private final IntSupplier waitingTasks;
    private final BooleanSupplier late;
    private final Supplier<Optional<Unavailable>> application;

    /**
     * Marks at the limits of a loop.
     *
     * @param waitingTasks in the loop's queue
     * @param late whether the loop is
     * @param application the embedding application's own reasons
     */
    public Overload(
            SipLimits limits,
            IntSupplier waitingTasks,
            BooleanSupplier late,
            Supplier<Optional<Unavailable>> application) {
        this.dialogs = Watermark.of(limits.maxDialogs(), 100, 97);
        this.transactions = Watermark.of(limits.maxTransactions(), 90, 80);
        this.tasks = Watermark.of(limits.maxQueuedTasks(), 75, 50);
        this.waitingTasks = waitingTasks;
        this.late = late;
        this.application = application;
    }

    private static Unavailable why(String reason) {
        return new Unavailable(reason, RETRY);
    }

    /** Why a new INVITE would get 503 now; empty when it is taken. */
    public Optional<Unavailable> reason(int openDialogs, int openTransactions) {
        if (dialogs.reached(openDialogs)) {
            return Optional.of(DIALOGS);
        }
        if (transactions.reached(openTransactions)) {
            return Optional.of(TRANSACTIONS);
        }
        if (tasks.reached(waitingTasks.getAsInt())) {
            return Optional.of(TASKS);
        }
        return late.getAsBoolean() ? Optional.of(DELAY) : Objects.requireNonNull(application.get());
    }
}
