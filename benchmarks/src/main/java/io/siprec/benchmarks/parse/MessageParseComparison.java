package io.siprec.benchmarks.parse;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link MessageParseBenchmark} and prints how the two stacks compare: each one's best iteration, which other work on
 * the machine disturbs least, and the octets allocated for one message. Takes the options of JMH.
 */
public final class MessageParseComparison {
    private MessageParseComparison() {}

    /** Measures for some minutes. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(MessageParseBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        System.out.printf("%n%-15s %-13s %21s %23s%n", "", "", "time", "allocated");
        for (String message : new String[] {"siprec-invite", "bye"}) {
            for (String step : new String[] {"Parse", "ParseAndRead"}) {
                print(results, message, step);
            }
        }
    }

    private static void print(Collection<RunResult> results, String message, String step) {
        RunResult ours = find(results, message, "siprec" + step);
        RunResult theirs = find(results, message, "jain" + step);
        if (ours == null || theirs == null) {
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%-15s %-13s %6.0f / %6.0f ns %5.2f %6.0f / %6.0f B %5.2f%n",
                message,
                step,
                timeNs(ours),
                timeNs(theirs),
                timeNs(ours) / timeNs(theirs),
                allocatedBytes(ours),
                allocatedBytes(theirs),
                allocatedBytes(ours) / allocatedBytes(theirs));
    }

    private static RunResult find(Collection<RunResult> results, String message, String method) {
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + method)
                    && result.getParams().getParam("message").equals(message)) {
                return result;
            }
        }
        return null;
    }

    private static double timeNs(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    private static double allocatedBytes(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }
}
