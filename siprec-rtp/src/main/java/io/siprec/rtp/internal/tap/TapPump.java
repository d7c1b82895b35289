package io.siprec.rtp.internal.tap;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands taps that have frames to the executors of their sinks. A loop never calls an executor itself: one that blocks, or that
 * runs the task where it stands, holds up this thread and no more. The thread starts with the first tap.
 */
public final class TapPump {
    private static final long STOP_WAIT_MS = 10_000;

    private final Queue<Tap> ready = new ConcurrentLinkedQueue<>(); // each tap at most once
    private final Thread thread;
    private boolean started; // guarded by this
    private volatile boolean stopped;

    public TapPump() {
        thread = new Thread(this::run, "siprec-taps");
        thread.setDaemon(true);
    }

    synchronized void start() {
        if (!started && !stopped) {
            started = true;
            thread.start();
        }
    }

    /** Any thread. */
    void ready(Tap tap) {
        if (stopped) {
            tap.dispatch(); // the stream has ended, and the loops have: nobody is held up
            return;
        }
        ready.add(tap);
        LockSupport.unpark(thread);
        if (stopped) {
            dispatchAll();
        }
    }

    private void run() {
        while (!stopped) {
            dispatchAll();
            if (ready.isEmpty() && !stopped) {
                LockSupport.park(this);
            }
        }
        dispatchAll();
    }

    private void dispatchAll() {
        for (Tap tap = ready.poll(); tap != null; tap = ready.poll()) {
            tap.dispatch();
        }
    }

    /** Ends the thread after what was announced. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
            if (!started) {
                return;
            }
        }
        LockSupport.unpark(thread);
        thread.join(STOP_WAIT_MS);
    }
}
