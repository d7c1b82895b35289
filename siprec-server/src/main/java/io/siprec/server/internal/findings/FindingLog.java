package io.siprec.server.internal.findings;

import io.siprec.core.Finding;
import io.siprec.core.Severity;
import io.siprec.core.session.RecordingSession;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Findings as lines of the log, no more than a log can bear: SRCs decide how many there are. Listeners' thread only. */
public final class FindingLog {
    /** The most lines of a minute. */
    static final int MOST_PER_MINUTE = 600;

    private static final Logger LOG = LoggerFactory.getLogger("siprec.findings");
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int MOST_CALL_ID_CHARS = 128;

    private final LongSupplier clockNs;
    private final BiConsumer<Severity, String> lines;
    private long minuteBeganNs;
    private int written;
    private long leftOut;

    /** @param lines takes each line that is to be written */
    FindingLog(LongSupplier clockNs, BiConsumer<Severity, String> lines) {
        this.clockNs = clockNs;
        this.lines = lines;
        this.minuteBeganNs = clockNs.getAsLong();
    }

    /** Writes to SLF4J's logger {@code siprec.findings}. */
    public FindingLog() {
        this(System::nanoTime, FindingLog::write);
    }

    /** Writes a line, or counts it when this minute has had enough of them. */
    public void add(RecordingSession session, Finding finding) {
        beginMinute();
        if (written >= MOST_PER_MINUTE) {
            leftOut++;
            return;
        }
        written++;
        String reference = finding.reference().isEmpty() ? "" : finding.reference() + ", ";
        lines.accept(
                finding.severity(),
                finding.code() + " in call " + plain(session.callId()) + ": " + finding.text() + " (" + reference
                        + "recording " + session.id() + ")");
    }

    private void beginMinute() {
        long nowNs = clockNs.getAsLong();
        if (nowNs - minuteBeganNs < MINUTE_NS) return;
        minuteBeganNs = nowNs;
        written = 0;
        if (leftOut > 0) {
            lines.accept(Severity.WARNING, leftOut + " more findings were left out here; the manifests have them");
            leftOut = 0;
        }
    }

    /** What a peer chose must not forge lines of the log. */
    private static String plain(String callId) {
        String bounded = callId.length() <= MOST_CALL_ID_CHARS ? callId : callId.substring(0, MOST_CALL_ID_CHARS) + "…";
        return bounded.replaceAll("[^\\p{Graph}…]", "?");
    }

    private static void write(Severity severity, String line) {
        if (severity == Severity.INFO) LOG.info(line);
        else LOG.warn(line);
    }
}
