package io.siprec.rtp.internal.event;

import io.siprec.rtp.EventList;
import io.siprec.rtp.EventSettings;
import io.siprec.rtp.TelephoneEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The telephone events of one stream (RFC 4733): repeats count once, segments are one event, and one whose end is lost ends when
 * another begins or nothing tells of it any more. Loop thread only, but for {@link #list}.
 */
public final class TelephoneEvents {
    /** Of more only their number is kept. */
    public static final int MOST = 1_000;

    private static final int BLOCK_BYTES = 4;
    private static final int MOST_BLOCKS = 16; // of a packet
    private static final int RECENT = 32; // that packets may still tell of
    private static final long TIMEOUT_NANOS = 500_000_000L;
    private static final long PUBLISH_NANOS =
            250_000_000L; // a thousand of them are not to be listed anew with each packet

    private static final Tone[] NONE = {};

    private final EventTimeline timeline;
    private EventSettings settings = EventSettings.STANDARD;
    private final List<Tone> listed = new ArrayList<>(0);
    private Tone[] recent = NONE; // the newest at (count - 1) % RECENT
    private int count;
    private boolean changed;
    private boolean news; // one was told that the list hasn't as it is
    private long publishedNanos;
    private boolean open; // one isn't over
    private long maskEnd = EventTimeline.NOWHERE; // behind all masks
    private long unlisted;
    private volatile EventList published = EventList.NONE;

    public TelephoneEvents(EventTimeline timeline) {
        this.timeline = timeline;
    }

    /** What is done with them. Before the first packet. */
    public void configure(EventSettings wanted) {
        settings = wanted;
    }

    /**
     * Takes a packet that is no duplicate.
     *
     * @param payload events that follow each other without a pause (RFC 4733 §2.5.1.5), mostly one
     * @param timestamp 32 bits, of a clock of {@code clockRateHz}
     * @param newest true when its sequence number is the highest so far
     * @return true when packets that were in order have told of all of its events before
     */
    public boolean take(
            ByteBuffer payload, long timestamp, boolean marker, boolean newest, int clockRateHz, long nowNanos) {
        int blocks = payload.remaining() / BLOCK_BYTES;
        int begins = (int) timestamp;
        boolean known = blocks > 0;
        for (int i = 0; i < Math.min(blocks, MOST_BLOCKS); i++) {
            int at = payload.position() + BLOCK_BYTES * i;
            int code = payload.get(at) & 0xff;
            int flags = payload.get(at + 1) & 0xff;
            int ticks = (payload.get(at + 2) & 0xff) << 8 | payload.get(at + 3) & 0xff;
            boolean end = (flags & 0x80) != 0 || i + 1 < blocks; // another one has begun
            Tone tone = take(code, flags & 0x3f, end, ticks, begins, marker && i == 0, clockRateHz, nowNanos);
            known &= tone.toldInOrder();
            if (newest) {
                tone.inOrder();
            }
            begins += ticks;
        }
        return known;
    }

    private Tone take(
            int code,
            int volume,
            boolean end,
            int ticks,
            int timestamp,
            boolean marker,
            int clockRateHz,
            long nowNanos) {
        Tone tone = find(code, timestamp, marker);
        if (tone == null) {
            endOpen();
            tone = add(new Tone(code, timestamp, ticks, clockRateHz, nowNanos));
        }
        tone.told(timestamp, ticks, volume, end, nowNanos);
        tone.place(timeline, nowNanos);
        changed = true;
        mask(tone);
        if (tone.endSeen() && !tone.over()) {
            end(tone);
        }
        return tone;
    }

    private Tone add(Tone tone) {
        if (count == 0) {
            recent = new Tone[RECENT];
        }
        recent[count++ % RECENT] = tone;
        if (listed.size() < MOST) {
            listed.add(tone);
        } else {
            tone.end(); // nobody hears of it
            unlisted++;
        }
        open = true;
        return tone;
    }

    private Tone find(int code, int timestamp, boolean marker) {
        for (int i = 0; i < Math.min(count, RECENT); i++) {
            if (recent(i).isToldBy(code, timestamp)) {
                return recent(i);
            }
        }
        if (count > 0 && recent(0).isContinuedBy(code, timestamp, marker)) {
            recent(0).continues(timestamp);
            return recent(0);
        }
        return null;
    }

    /** @param back 0 for the newest */
    private Tone recent(int back) {
        return recent[(count - 1 - back) % RECENT];
    }

    private void endOpen() {
        open = false;
        if (count > 0 && !recent(0).over()) {
            end(recent(0));
        }
    }

    private void mask(Tone tone) {
        if (settings.masked() && tone.placed()) {
            tone.mask(timeline);
            maskEnd = Math.max(maskEnd, tone.maskTo());
        }
    }

    private void end(Tone tone) {
        tone.end();
        mask(tone);
        news = true;
        settings.listener().accept(tone.view(timeline, settings.masked()));
    }

    /** Once per sweep. */
    public void tick(long nowNanos) {
        if (!changed && !open) {
            return;
        }
        boolean due = news || nowNanos - publishedNanos >= PUBLISH_NANOS;
        if (open && nowNanos - recent(0).lastNanos() >= TIMEOUT_NANOS) {
            endOpen();
            changed = true;
            due = true;
        }
        if (due) {
            publishedNanos = nowNanos;
            publish();
        }
    }

    /** The stream ends, and with it what hasn't. */
    public void finish() {
        endOpen();
        changed = true;
        publish();
    }

    private void publish() {
        if (changed) {
            changed = false;
            news = false;
            List<TelephoneEvent> views = listed.stream()
                    .map(tone -> tone.view(timeline, settings.masked()))
                    .sorted(Comparator.comparing(TelephoneEvent::offset))
                    .toList();
            published = new EventList(views, unlisted);
        }
    }

    /** What is known of the events by now. Any thread. */
    public EventList list() {
        return published;
    }

    /** Makes silent what is not to be heard of a packet. */
    public void mask(long sample, short[] pcm, int length) {
        if (sample >= maskEnd) {
            return;
        }
        for (int i = 0; i < Math.min(count, RECENT); i++) {
            Tone tone = recent(i);
            if (tone.masks(sample, sample + length)) {
                int from = (int) Math.max(0, tone.maskFrom() - sample);
                int to = (int) Math.min(length, tone.maskTo() - sample);
                Arrays.fill(pcm, from, to, (short) 0);
            }
        }
    }

    /** How many samples of [from, to) events lie in, or may. */
    public long samplesIn(long from, long to) {
        long covered = 0;
        for (int i = 0; i < Math.min(count, RECENT); i++) {
            Tone tone = recent(i);
            if (tone.placed()) {
                long begin = Math.max(from, tone.from());
                covered += Math.max(0, Math.min(to, tone.to(timeline.sampleRateHz())) - begin);
            }
        }
        return Math.min(covered, to - from);
    }
}
