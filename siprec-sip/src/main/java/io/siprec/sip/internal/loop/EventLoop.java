package io.siprec.sip.internal.loop;

import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One thread with a selector: ready channels, then tasks of other threads, then timers that are due. */
public final class EventLoop implements Runnable, Scheduler, SipLoop {
    private static final int TASKS_A_TURN = 1_024;

    private final Selector selector;
    private final BlockingQueue<Runnable> tasks; // any thread adds, the loop takes; bounded
    private final TimerQueue timers; // loop thread only
    private final Counters counters;
    private final LimitedLog log;
    private final LoopDelay delay; // loop thread only
    private final AtomicLong refusedTasks = new AtomicLong();
    private boolean awake; // since the selector returned; loop thread only
    private long awakeNs;
    private volatile boolean closed;
    private Runnable afterTurn = () -> {};
    private Runnable onClose = () -> {};

    /** What a channel does when it is ready. */
    public interface Handler {
        /** Reads, writes or accepts as the key says. */
        void onReady(SelectionKey key);
    }

    /** A loop that is not running yet. */
    public EventLoop(LongSupplier clock, SipLimits limits, Counters counters) throws IOException {
        this.selector = Selector.open();
        this.tasks = new LinkedBlockingQueue<>(limits.maxQueuedTasks());
        this.counters = counters;
        this.log = new LimitedLog(LoggerFactory.getLogger(EventLoop.class), clock);
        this.delay = new LoopDelay(limits.maxLoopDelay());
        this.timers = new TimerQueue(clock, this::onFault);
    }

    /** Sets what runs after each turn and once at the end. Before the start only. */
    public void hooks(Runnable afterEachTurn, Runnable atClose) {
        afterTurn = afterEachTurn;
        onClose = atClose;
    }

    /** Registers a non-blocking channel. Loop thread, or before the start. */
    public SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        return channel.register(selector, operations, handler);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return timers.schedule(delay, Objects.requireNonNull(task, "task"));
    }

    @Override
    public long nanoTime() {
        return timers.nanoTime();
    }

    @Override
    public boolean execute(Runnable task) {
        boolean accepted = !closed && tasks.offer(Objects.requireNonNull(task, "task"));
        if (accepted) {
            selector.wakeup();
        } else {
            refusedTasks.incrementAndGet();
        }
        return accepted;
    }

    /** Ends the loop after its present turn. Any thread. */
    public void stop() {
        closed = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException | RuntimeException | Error e) { // one bad event must not stop the rest
                onFault(e);
            }
        }
        guarded(onClose);
        closeChannels();
    }

    private void turn() throws IOException {
        awake = false;
        long millis = tasks.isEmpty() ? timers.millisToNext() : 0;
        if (millis == 0) {
            selector.selectNow(this::onReady);
        } else {
            selector.select(this::onReady, Math.max(millis, 0));
        }
        awake();
        Runnable task = tasks.poll();
        for (int i = 0; task != null; i++) {
            guarded(task);
            task = i < TASKS_A_TURN ? tasks.poll() : null;
        }
        delay.sample(timers.latenessNs(), nanoTime());
        timers.expire();
        guarded(afterTurn);
        publishGauges();
    }

    private void awake() {
        if (!awake) {
            awake = true;
            awakeNs = nanoTime();
        }
    }

    private void publishGauges() {
        long nowNs = nanoTime();
        delay.sample(nowNs - awakeNs, nowNs);
        counters.set(Counters.Name.LOOP_DELAY_MS, delay.recentMs(nowNs));
        counters.set(Counters.Name.TIMERS, timers.size());
        counters.set(Counters.Name.QUEUED_TASKS, tasks.size());
        counters.set(Counters.Name.DROPPED_TASKS, refusedTasks.get());
    }

    /** Something waited outside of the loop's own queues, as a datagram in its socket. Loop thread only. */
    public void waited(long delayNs) {
        delay.sample(delayNs, nanoTime());
    }

    /** Whether the loop has been late for a while. Loop thread only. */
    public boolean late() {
        return delay.late(nanoTime());
    }

    /** Tasks that wait. Any thread. */
    public int queuedTasks() {
        return tasks.size();
    }

    private void onReady(SelectionKey key) {
        awake();
        try {
            ((Handler) key.attachment()).onReady(key);
        } catch (RuntimeException | Error e) {
            onFault(e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            onFault(e);
        }
    }

    /** Errors too: without a free descriptor a class can't be loaded, and that must not end all calls. */
    private void onFault(Throwable e) {
        counters.count(Counters.Name.LOOP_ERRORS);
        try {
            log.write(Level.ERROR, "the signalling loop goes on after", e);
        } catch (RuntimeException | Error unlogged) {
            counters.count(Counters.Name.LOOP_ERRORS);
        }
    }

    /** Closes what is registered, and the selector. By the loop at its end, or by whoever never started it. */
    public void closeChannels() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            log.write(Level.WARN, "closing the signalling sockets", e);
        }
    }
}
