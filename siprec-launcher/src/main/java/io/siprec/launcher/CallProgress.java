package io.siprec.launcher;

import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Shows how far a call is: on a terminal one line that is written over, elsewhere a line now and then. */
final class CallProgress {
    private static final long TERMINAL_PERIOD_MS = 200;
    private static final long SPARSE_PERIOD_MS = 10_000;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private int shown;

    CallProgress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Returns when the call is over, or when this thread is interrupted: then the call is hung up. */
    void follow(SrcCall call, SrcCallSettings settings) {
        long startNs = nanoTime.getAsLong();
        long periodMs = terminal ? TERMINAL_PERIOD_MS : SPARSE_PERIOD_MS;
        try {
            while (!over(call, periodMs)) {
                show(line(call, settings, Duration.ofNanos(nanoTime.getAsLong() - startNs)));
            }
        } catch (InterruptedException e) {
            call.hangUp();
            Thread.currentThread().interrupt();
        }
        clear();
    }

    private static boolean over(SrcCall call, long patienceMs) throws InterruptedException {
        try {
            call.result().get(patienceMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // the result itself says what happened
        }
    }

    private static String line(SrcCall call, SrcCallSettings settings, Duration elapsed) {
        if (!call.accepted().isDone()) {
            return "Waiting   for an answer, " + elapsed.toSeconds() + " s";
        }
        return "Sending   for " + elapsed.toSeconds() + " of " + CallReport.seconds(settings.duration()) + " s, "
                + CallReport.count(call.packetsSent(), "packet");
    }

    private void show(String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            shown = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void clear() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            out.flush();
        }
    }
}
