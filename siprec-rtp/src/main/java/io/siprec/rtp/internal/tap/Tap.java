package io.siprec.rtp.internal.tap;

import io.siprec.rtp.AudioFrame;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TapStatistics;
import io.siprec.rtp.spi.AudioSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** One reader of one stream: the loop puts frames into a bounded ring, a task on the executor of the sink takes them out. */
public final class Tap implements TapWindow.Output, Runnable {
    private final TapSettings settings;
    private final Executor executor;
    private final AudioSink sink;
    private final BiConsumer<String, Throwable> log;
    private final TapPump pump;
    private final Runnable onForgotten;

    private TapWindow window; // loop thread only, as are the next two; null until the rate is known
    private long shift;
    private boolean news;

    private volatile FrameRing ring; // set once, before the first frame
    private volatile int sampleRateHz;
    private volatile boolean ended;
    private volatile boolean closed;
    private final AtomicBoolean scheduled = new AtomicBoolean(); // with the pump, the executor or at work
    private boolean endTold; // by the task
    private ByteBuffer pcm; // of the task

    private final AtomicLong audio = new AtomicLong(); // written by the loop, as are the next three
    private final AtomicLong silence = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    Tap(
            TapSettings settings,
            Executor executor,
            AudioSink sink,
            TapPump pump,
            Runnable onForgotten,
            BiConsumer<String, Throwable> log) {
        this.settings = settings;
        this.executor = executor;
        this.sink = sink;
        this.pump = pump;
        this.onForgotten = onForgotten;
        this.log = log;
    }

    /** The counters. Any thread. */
    public TapStatistics statistics() {
        return new TapStatistics(audio.get(), silence.get(), late.get(), dropped.get(), failures.get());
    }

    /** No call of the sink begins after this. Any thread. */
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /** The rate is known. Loop thread, as are the next methods. */
    void open(int rateHz) {
        sampleRateHz = rateHz;
        int frame = samples(settings.frame(), rateHz);
        ring = new FrameRing(frame, Math.max(2, samples(settings.buffer(), rateHz) / frame));
        window = new TapWindow(rateHz, samples(settings.settle(), rateHz), frame, this);
    }

    private static int samples(Duration time, int rateHz) {
        return (int) (time.toMillis() * rateHz / 1_000);
    }

    /** Null until the rate is known. */
    TapWindow window() {
        return window;
    }

    /** Places are this much later in the file. */
    void located(long samples) {
        shift = samples;
        if (window != null) {
            window.release();
        }
    }

    @Override
    public void frame(long sample, short[] samples, int offset, int length, boolean missing) {
        if (!ring.put(sample + shift, samples, offset, length, missing)) {
            add(dropped, length);
            return;
        }
        add(missing ? silence : audio, length);
        news = true;
    }

    @Override
    public void late(int samples) {
        add(late, samples);
    }

    private static void add(AtomicLong counter, long samples) {
        counter.setRelease(counter.getPlain() + samples); // one writer
    }

    /** Has the sink called, if there is something for it. */
    void announce() {
        if (news) {
            news = false;
            schedule();
        }
    }

    /** No frame comes after those that were put. Once, by the loop or, when that has gone, by who attached it. */
    void end() {
        if (window != null) {
            window.finish();
        }
        ended = true;
        schedule();
        forget();
    }

    /** The loop knows it no more. Once. */
    void forget() {
        onForgotten.run();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            pump.ready(this);
        }
    }

    /** Thread of the pump. */
    void dispatch() {
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            scheduled.set(false); // the next frames try again
            failed("the executor of a tap refused it", e);
        }
    }

    /** Thread of the executor: all that waits. */
    @Override
    public void run() {
        do {
            takeAll();
            scheduled.set(false);
        } while (more() && scheduled.compareAndSet(false, true));
    }

    private boolean more() {
        return !closed && (ended && !endTold || ring != null && !ring.isEmpty());
    }

    private void takeAll() {
        boolean last = ended; // before the ring is looked at: what is in it then is all there will be
        while (!closed && ring != null && !ring.isEmpty()) {
            take();
        }
        if (last && !endTold && !closed) {
            endTold = true;
            guarded(() -> sink.onEnd(statistics()));
        }
    }

    private void take() {
        AudioFrame frame = new AudioFrame(ring.firstSample(), sampleRateHz, copy(), ring.silence(), ring.dropped());
        ring.release();
        guarded(() -> sink.onFrame(frame));
    }

    private ByteBuffer copy() {
        if (pcm == null) {
            pcm = ByteBuffer.allocate(2 * ring.frameSamples()).order(ByteOrder.LITTLE_ENDIAN);
        }
        pcm.clear();
        ring.copyTo(pcm.asShortBuffer());
        pcm.limit(2 * ring.length());
        return pcm.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            failed("the sink of a tap failed", e);
        }
    }

    private void failed(String what, Throwable cause) {
        failures.incrementAndGet();
        log.accept(what, cause);
    }
}
