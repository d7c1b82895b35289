package io.siprec.benchmarks.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU of a process so far, as Linux accounts for it; all its threads. */
record CpuTime(long userMs, long systemMs) {
    private static final long TICK_MS = 10; // USER_HZ is 100 wherever Linux runs Java

    static CpuTime of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new CpuTime(Long.parseLong(fields[11]) * TICK_MS, Long.parseLong(fields[12]) * TICK_MS);
    }

    CpuTime since(CpuTime before) {
        return new CpuTime(userMs - before.userMs, systemMs - before.systemMs);
    }

    CpuTime plus(CpuTime other) {
        return new CpuTime(userMs + other.userMs, systemMs + other.systemMs);
    }

    double userUsPer(double packets) {
        return userMs * 1_000.0 / packets;
    }

    double usPer(double packets) {
        return (userMs + systemMs) * 1_000.0 / packets;
    }
}
