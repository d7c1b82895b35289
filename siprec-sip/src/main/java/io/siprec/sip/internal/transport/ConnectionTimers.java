package io.siprec.sip.internal.transport;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.loop.Scheduler;
import java.time.Duration;

/** The clocks of a connection: one for being idle, one for what must be done by a time. Loop thread only. */
final class ConnectionTimers {
    private final Scheduler scheduler;
    private final Duration idleTime;
    private final Runnable onIdle;
    private Timer idleTimer;
    private Timer deadline;
    private long lastUseNs;
    private int users;

    ConnectionTimers(Scheduler scheduler, Duration idleTime, Runnable onIdle) {
        this.scheduler = scheduler;
        this.idleTime = idleTime;
        this.onIdle = onIdle;
    }

    void start() {
        used();
        idleTimer = scheduler.schedule(idleTime, this::onIdleTimer);
    }

    void used() {
        lastUseNs = scheduler.nanoTime();
    }

    void retain() {
        users++;
    }

    void release() {
        users--;
        used();
    }

    private void onIdleTimer() {
        long leftNs = idleTime.toNanos() - (scheduler.nanoTime() - lastUseNs);
        if (users == 0 && leftNs <= 0) {
            onIdle.run();
            return;
        }
        idleTimer = scheduler.schedule(leftNs > 0 ? Duration.ofNanos(leftNs) : idleTime, this::onIdleTimer);
    }

    /** Sets what happens unless the deadline is met; takes the place of one that is set. */
    void deadline(Duration within, Runnable onMissed) {
        met();
        deadline = scheduler.schedule(within, onMissed);
    }

    boolean deadlineSet() {
        return deadline != null;
    }

    /** The deadline is met. */
    void met() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    void stop() {
        met();
        if (idleTimer != null) {
            idleTimer.cancel();
        }
    }
}
