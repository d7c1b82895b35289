package io.siprec.sip;

import java.time.Duration;

/**
 * A signalling loop: one thread that owns the calls of some Call-IDs, with all that belongs to them. What an application
 * keeps for a call needs no lock when it is touched on the call's loop only.
 */
public interface SipLoop {
    /** Runs a task on the loop. Any thread. False when its queue is full or the endpoint closed: the task will not run. */
    boolean execute(Runnable task);

    /** Runs a task on the loop after a delay. Loop thread only. */
    Timer schedule(Duration delay, Runnable task);
}
