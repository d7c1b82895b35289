package io.siprec.rtp.internal.tap;

import io.siprec.rtp.TapSettings;
import io.siprec.rtp.spi.AudioSink;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Who may tap one stream, and when: any thread asks, its loop attaches. */
public final class StreamTaps {
    /** Of one stream at a time, those included that were closed since the last sweep. */
    public static final int MOST = 8;

    private final TapPump pump;
    private final BiConsumer<String, Throwable> log;
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Tap> asked = new ConcurrentLinkedQueue<>(); // bounded by MOST

    public StreamTaps(TapPump pump, BiConsumer<String, Throwable> log) {
        this.pump = pump;
        this.log = log;
    }

    /** A tap that waits to be attached. Any thread. */
    public Tap open(TapSettings settings, Executor executor, AudioSink sink) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new IllegalStateException("the stream has " + MOST + " taps");
        }
        pump.start();
        Tap tap = new Tap(settings, executor, sink, pump, open::decrementAndGet, log);
        asked.add(tap);
        return tap;
    }

    /** Attaches what was asked for. Loop thread. */
    public void attach(Consumer<Tap> timeline) {
        for (Tap tap = asked.poll(); tap != null; tap = asked.poll()) {
            if (tap.closed()) {
                tap.forget();
            } else {
                timeline.accept(tap);
            }
        }
    }

    /** The stream has ended: nothing comes of what was asked for and not attached. */
    public void endAll() {
        attach(Tap::end);
    }
}
