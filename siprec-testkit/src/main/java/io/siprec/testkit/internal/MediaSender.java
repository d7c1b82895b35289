package io.siprec.testkit.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that sends the packets of all calls at their time. */
public final class MediaSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSender.class);

    private final MediaSchedule schedule = new MediaSchedule(); // sender thread only
    private final Queue<Runnable> commands =
            new ConcurrentLinkedQueue<>(); // any thread adds, a few per call and request
    private final LongSupplier nanoTime;
    private final Thread thread;
    private volatile boolean closed;

    /** A sender that doesn't run yet. */
    public MediaSender(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::run, "siprec-src-rtp");
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Sends the call's packets from now on. Any thread. */
    void add(CallMedia call) {
        command(() -> schedule.add(call, nanoTime.getAsLong()));
    }

    /** Sends nothing more of the call, then runs {@code done} on the sender's thread. Any thread. */
    void remove(CallMedia call, Runnable done) {
        command(() -> {
            schedule.remove(call);
            done.run();
        });
    }

    /** Runs on the sender's thread, between packets, after what was asked for before. Any thread. */
    void command(Runnable command) {
        commands.add(command);
        wake();
    }

    /** The clock was moved by hand: looks what is due now. Any thread. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            runCommands();
            long waitNs = schedule.run(nanoTime.getAsLong());
            if (waitNs == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, waitNs);
            }
        }
        runCommands();
    }

    private void runCommands() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            try {
                command.run();
            } catch (RuntimeException e) {
                LOG.error("one command failed, the calls go on", e);
            }
        }
    }

    /** Ends the thread; commands given before are carried out. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
