package io.siprec.sip.internal.loop;

import io.siprec.sip.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Timers in a binary heap, earliest first; each knows its place, so that taking one back costs no search. */
public final class TimerQueue implements Scheduler {
    private final LongSupplier clock;
    private final Consumer<Throwable> onFault;
    private Entry[] heap = new Entry[64];
    private int size;
    private long sequence;

    /** A queue on a clock; what a task throws goes to {@code onFault}. */
    public TimerQueue(LongSupplier clock, Consumer<Throwable> onFault) {
        this.clock = clock;
        this.onFault = onFault;
    }

    private final class Entry implements Timer {
        private final long deadlineNs;
        private final long order;
        private Runnable task;
        private int place;

        private Entry(long deadlineNs, long order, Runnable task) {
            this.deadlineNs = deadlineNs;
            this.order = order;
            this.task = task;
        }

        private boolean before(Entry other) {
            long difference = deadlineNs - other.deadlineNs;
            return difference < 0 || difference == 0 && order < other.order;
        }

        @Override
        public void cancel() {
            if (task != null) {
                task = null;
                remove(place);
            }
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(clock.getAsLong() + delay.toNanos(), sequence++, task);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        size++;
        siftUp(entry, size - 1);
        return entry;
    }

    @Override
    public long nanoTime() {
        return clock.getAsLong();
    }

    /** Runs what is due now; what a task sets for now waits for the next call. */
    public void expire() {
        long now = clock.getAsLong();
        long newest = sequence;
        while (size > 0 && heap[0].deadlineNs - now <= 0 && heap[0].order < newest) {
            Entry first = heap[0];
            Runnable task = first.task;
            first.task = null;
            remove(0);
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                onFault.accept(e);
            }
        }
    }

    /** Milliseconds until the next timer, rounded up; 0 when one is due, -1 when none is set. */
    public long millisToNext() {
        if (size == 0) {
            return -1;
        }
        long left = heap[0].deadlineNs - clock.getAsLong();
        return left <= 0 ? 0 : (left + 999_999) / 1_000_000;
    }

    /** Nanoseconds by which the first timer is late; 0 when none is due. */
    long latenessNs() {
        return size == 0 ? 0 : Math.max(0, clock.getAsLong() - heap[0].deadlineNs);
    }

    /** How many timers are set. */
    public int size() {
        return size;
    }

    private void remove(int place) {
        size--;
        Entry last = heap[size];
        heap[size] = null;
        if (place == size) {
            return;
        }
        if (place > 0 && last.before(heap[(place - 1) / 2])) {
            siftUp(last, place);
        } else {
            siftDown(last, place);
        }
    }

    private void siftUp(Entry entry, int from) {
        int place = from;
        while (place > 0 && entry.before(heap[(place - 1) / 2])) {
            put(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(entry, place);
    }

    private void siftDown(Entry entry, int from) {
        int place = from;
        while (place * 2 + 1 < size) {
            int child = place * 2 + 1;
            if (child + 1 < size && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (!heap[child].before(entry)) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(entry, place);
    }

    private void put(Entry entry, int place) {
        heap[place] = entry;
        entry.place = place;
    }
}
