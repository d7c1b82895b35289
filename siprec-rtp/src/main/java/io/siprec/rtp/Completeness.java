package io.siprec.rtp;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether all audio that should be in a recording is there.
 *
 * @param missing what is not, by cause; empty when the recording is complete. Zero where the disk gave trouble but no audio is
 *     known to be missing
 */
public record Completeness(Map<Gap.Cause, Duration> missing) {
    /** Copies the map. */
    public Completeness {
        missing = Map.copyOf(missing);
    }

    /** The verdict. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** Of one stream: a pure function of its report. A stream that should have brought packets and brought none lacks them all. */
    public static Completeness of(StreamReport report) {
        Map<Gap.Cause, Duration> missing = new EnumMap<>(Gap.Cause.class);
        report.gapSamples().forEach((cause, samples) -> {
            if (cause.missing()) {
                missing.put(cause, report.duration(samples));
            }
        });
        if (report.firstSampleOffset().isEmpty()) {
            missing.putAll(withoutAudio(report.statistics()));
        }
        if (report.error().isPresent()) {
            missing.putIfAbsent(Gap.Cause.DISK, Duration.ZERO);
        }
        return new Completeness(missing);
    }

    private static Map<Gap.Cause, Duration> withoutAudio(StreamStatistics statistics) {
        Duration listened = statistics.arrival().listened();
        if (statistics.undecodable() > 0) {
            return Map.of(Gap.Cause.UNDECODABLE, listened);
        }
        return statistics.received() == 0 && !listened.isZero() ? Map.of(Gap.Cause.NO_PACKETS, listened) : Map.of();
    }

    /** Of a recording: what its streams lack, added up. */
    public static Completeness of(Collection<StreamReport> streams) {
        Map<Gap.Cause, Duration> missing = new EnumMap<>(Gap.Cause.class);
        for (StreamReport stream : streams) {
            of(stream).missing.forEach((cause, span) -> missing.merge(cause, span, Duration::plus));
        }
        return new Completeness(missing);
    }

    /** {@code complete}, or {@code incomplete: network 320 ms, disk 40 ms}. */
    @Override
    public String toString() {
        if (complete()) {
            return "complete";
        }
        return new EnumMap<>(missing)
                .entrySet().stream()
                        .map(entry ->
                                word(entry.getKey()) + " " + entry.getValue().toMillis() + " ms")
                        .collect(Collectors.joining(", ", "incomplete: ", ""));
    }

    private static String word(Gap.Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
