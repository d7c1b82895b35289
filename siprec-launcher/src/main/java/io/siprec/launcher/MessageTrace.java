package io.siprec.launcher;

import io.siprec.sip.trace.SipMasking;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.MessageSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whole SIP messages, masked, on a thread of its own. What it can't keep up with is left out and counted: a trace never
 * holds up a call.
 */
final class MessageTrace implements SipTrace, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("siprec");
    private static final int MAX_MESSAGES = 8_192;
    private static final long MAX_BYTES = 16L << 20;
    private static final long CLOSE_WAIT_MS = 2_000;
    private static final Entry END = new Entry(Instant.EPOCH, Direction.SENT, null, new byte[0]);

    private final TraceOutput output;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(MAX_MESSAGES);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread thread = new Thread(this::run, "siprec-trace");
    private boolean failed; // trace thread only

    private record Entry(Instant time, Direction direction, MessageSource source, byte[] message) {}

    MessageTrace(TraceOutput output) {
        this.output = output;
        thread.setDaemon(true);
    }

    /** Writes from now on. */
    MessageTrace start() {
        thread.start();
        return this;
    }

    @Override
    public void onMessage(Direction direction, MessageSource source, ByteBuffer message, long nanoTime) {
        int length = message.remaining();
        if (queuedBytes.addAndGet(length) <= MAX_BYTES) {
            byte[] copy = new byte[length];
            message.get(copy);
            if (queue.offer(new Entry(Instant.now(), direction, source, copy))) {
                return;
            }
        }
        queuedBytes.addAndGet(-length);
        leftOut.incrementAndGet();
    }

    private void run() {
        try (output) {
            for (Entry next = queue.take(); next != END; next = queue.take()) {
                queuedBytes.addAndGet(-next.message.length);
                write(next);
            }
            tellLeftOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("closing the SIP trace: {}", e.getMessage());
        }
    }

    private void write(Entry entry) {
        try {
            tellLeftOut();
            output.write(text(entry));
            if (queue.isEmpty()) {
                output.flush();
            }
            failed = false;
        } catch (IOException e) {
            leftOut.incrementAndGet();
            if (!failed) {
                LOG.warn("the SIP trace can't be written: {}", e.getMessage());
            }
            failed = true;
        }
    }

    private void tellLeftOut() throws IOException {
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            output.write(missing + " SIP messages were left out here: they came faster than they can be written");
        }
    }

    /** The message is indented: what a peer writes never looks like a line of ours. */
    private static String text(Entry entry) {
        MessageSource source = entry.source;
        String local = new ListeningPoint(source.transport(), source.local()).toString();
        String remote = new ListeningPoint(source.transport(), source.remote()).toString();
        boolean received = entry.direction == Direction.RECEIVED;
        String head = entry.time + " " + entry.direction.name().toLowerCase(Locale.ROOT) + " "
                + (received ? remote : local) + " > " + (received ? local : remote) + " " + entry.message.length
                + " bytes\n";
        String body = SipMasking.toText(ByteBuffer.wrap(entry.message)).stripTrailing();
        return head + "  " + body.replace("\n", "\n  ");
    }

    /** Writes what waits, for a moment at most. */
    @Override
    public void close() {
        try {
            queue.offer(END, CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
            thread.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
