package io.siprec.server.internal.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.SessionId;
import io.siprec.core.Severity;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingLogTest {
    private static final Finding ODD = Finding.of(FindingCode.METADATA_TIME_ZONE_MISSING, "times without a zone");

    private final List<String> lines = new ArrayList<>();
    private long nowNs;
    private final FindingLog log = new FindingLog(() -> nowNs, (severity, line) -> lines.add(severity + " " + line));

    @Test
    void aLineHasCallAndRecordingAndWhatWasDone() {
        RecordingSession session = session("abc@host");
        log.add(session, ODD);
        assertThat(lines)
                .containsExactly("WARNING metadata-time-zone-missing in call abc@host: times without a zone;"
                        + " they were read as UTC (RFC 7865 §6.9, recording " + session.id() + ")");
    }

    @Test
    void aCallIdForgesNoLineAndIsNotLong() {
        log.add(session("a\r\nERROR b\u202E\u0085c"), ODD);
        log.add(session("x".repeat(5_000)), ODD);
        assertThat(lines.get(0)).contains(" in call a??ERROR?b??c: ").doesNotContain("\n");
        assertThat(lines.get(1)).hasSizeLessThan(400).contains("x…: ");
    }

    @Test
    void aMinuteHasItsMostAndTheNextSaysHowManyWereLeftOut() {
        for (int i = 0; i < FindingLog.MOST_PER_MINUTE + 7; i++) {
            log.add(session("call-" + i), ODD);
        }
        assertThat(lines).hasSize(FindingLog.MOST_PER_MINUTE);

        nowNs += Duration.ofMinutes(1).toNanos();
        log.add(session("later"), ODD);
        assertThat(lines).hasSize(FindingLog.MOST_PER_MINUTE + 2);
        assertThat(lines.get(FindingLog.MOST_PER_MINUTE)).startsWith(Severity.WARNING + " 7 more findings");
        assertThat(lines.get(FindingLog.MOST_PER_MINUTE + 1)).contains(" in call later: ");
    }

    private static RecordingSession session(String callId) {
        return new RecordingSession(
                SessionId.create(0),
                callId,
                "local",
                "remote",
                SessionState.RECORDING,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                new SessionPeer("UDP", "192.0.2.1:5060", "", "", "", ""),
                "",
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(ODD));
    }
}
