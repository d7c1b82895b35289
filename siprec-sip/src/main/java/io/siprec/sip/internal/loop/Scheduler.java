package io.siprec.sip.internal.loop;

import io.siprec.sip.Timer;
import java.time.Duration;

/** Sets timers. Loop thread only. */
public interface Scheduler {
    /** Runs the task once, after the delay. */
    Timer schedule(Duration delay, Runnable task);

    /** The clock of the timers. */
    long nanoTime();
}
