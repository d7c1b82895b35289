package io.siprec.benchmarks;

import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two-stream calls against a server that runs as another process, and the CPU that it takes for them: user and system time
 * of the whole process, set-up, files and tear-down included. The first round warms it up and is not counted.
 */
public final class RecordingLoad {
    private static final int STREAMS = 2;

    private RecordingLoad() {}

    /** Arguments: SIP URI, process id of the server, calls, seconds, rounds. */
    public static void main(String[] args) throws Exception {
        ProcessHandle server = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        int calls = Integer.parseInt(args[2]);
        Duration length = Duration.ofSeconds(Long.parseLong(args[3]));
        int rounds = Integer.parseInt(args[4]);
        for (int round = 0; round <= rounds; round++) {
            long before = cpuNs(server);
            long packets = round(args[0], calls, length);
            double usPerPacket = (cpuNs(server) - before) / 1000.0 / packets;
            System.out.printf(
                    "%s %d calls, %d packets, %.2f us CPU per packet%n",
                    round == 0 ? "warm-up:" : "round " + round + ":", calls, packets, usPerPacket);
        }
    }

    private static long round(String uri, int count, Duration length) throws Exception {
        List<SrcCall> calls = new ArrayList<>();
        long packets = 0;
        try (SyntheticSrc src = SyntheticSrc.builder().start()) {
            for (int i = 0; i < count; i++) {
                calls.add(src.call(SrcCallSettings.builder(uri)
                        .streams(STREAMS)
                        .duration(length)
                        .seed(i)
                        .build()));
            }
            for (SrcCall call : calls) {
                SrcCallResult result = call.result().get();
                if (result.outcome() != SrcCallResult.Outcome.COMPLETED) {
                    throw new IllegalStateException(result.detail());
                }
                packets += result.streams().stream()
                        .mapToLong(SrcStreamReport::packetsSent)
                        .sum();
            }
        }
        return packets;
    }

    private static long cpuNs(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }
}
