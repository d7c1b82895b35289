package io.siprec.benchmarks.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Two-stream G.711 calls against our server and against the least that a recorder costs, a sweeping recorder in C, with the same
 * sender in the same run. Every sample of every recording is checked. CPU is user and system time of the recorder's process.
 */
public final class MediaLoad {
    private static final int WARM_UP_CALLS = 300;
    private static final int WARM_UP_SECONDS = 20;
    private static final int WARM_UP_RATE = 50; // a JVM that has compiled nothing yet
    private static final int RATE = Integer.getInteger("rate", 100);
    private static final double PACKETS_PER_SECOND = 50;
    private static final long FINISH_MS = 3_000; // for files that are being closed and checked
    private static final long STOPPED_MS = 3_000;

    private final Path directory;
    private final Cores cores = new Cores();
    private final Path sender;
    private final Path floor;

    private MediaLoad(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.sender = NativeProgram.CALL_LOAD.compileInto(directory);
        this.floor = NativeProgram.FLOOR_RECORDER.compileInto(directory);
    }

    /** What is done to the recorder while all calls are up. */
    private enum Trial {
        /** Nothing. */
        COST,
        /** It is stopped for 3 s and goes on. */
        STOP
    }

    /**
     * Arguments: {@code cost}, calls, seconds, rounds: both recorders in turns; {@code hold}, calls, seconds, rounds: ours alone; {@code
     * stop}, calls, seconds, rounds: ours alone, stopped for 3 s in between. Recordings go below the system property {@code
     * java.io.tmpdir}; {@code jvm} gives flags for the JVM of our server, {@code rate} the
     * calls that are set up a second.
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("siprec-media");
        try {
            new MediaLoad(directory).run(args);
        } finally {
            delete(directory);
        }
    }

    private void run(String[] args) throws Exception {
        int calls = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        System.out.printf(
                "%s %s, %d processors, Java %s %s; %s%n",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("jvm", ""),
                cores);
        System.out.println(Row.HEADING);
        if (args[0].equals("cost")) {
            cost(calls, seconds, Integer.parseInt(args[3]));
        } else {
            Trial trial = args[0].equals("stop") ? Trial.STOP : Trial.COST;
            try (Recorder recorder = Recorder.siprec(cores, recordings())) {
                warmUp(recorder);
                for (int i = 0; i < (args.length > 3 ? Integer.parseInt(args[3]) : 1); i++) {
                    System.out.println(round(recorder, calls, RATE, seconds, trial));
                }
            }
        }
    }

    private void cost(int calls, int seconds, int rounds) throws Exception {
        List<Double> ratios = new ArrayList<>();
        List<Double> wholeRatios = new ArrayList<>();
        try (Recorder least = Recorder.floor(cores, floor, recordings());
                Recorder ours = Recorder.siprec(cores, recordings())) {
            warmUp(least);
            warmUp(ours);
            for (int i = 0; i < rounds; i++) {
                Row floorRow = round(least, calls, RATE, seconds, Trial.COST);
                System.out.println(floorRow);
                Row row = round(ours, calls, RATE, seconds, Trial.COST);
                System.out.println(row);
                if (row.counts() && floorRow.counts()) {
                    ratios.add(row.usPerPacket() / floorRow.usPerPacket());
                    wholeRatios.add(row.wholeUsPerPacket() / floorRow.wholeUsPerPacket());
                }
            }
        }
        if (ratios.isEmpty()) {
            System.out.println("no round can be compared");
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "ours / floor, median: %.2f while all calls are up, %.2f with set-up and end%n",
                    median(ratios),
                    median(wholeRatios));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private Path recordings() {
        return directory.resolve("recordings");
    }

    private void warmUp(Recorder recorder) throws Exception {
        round(recorder, WARM_UP_CALLS, WARM_UP_RATE, WARM_UP_SECONDS, Trial.COST);
    }

    private Row round(Recorder recorder, int calls, int rate, int seconds, Trial trial) throws Exception {
        Files.createDirectories(recordings());
        try (Sender load = new Sender(cores, sender, recorder.sipPort(), calls, rate, seconds)) {
            long empty = inUse(recorder);
            CpuTime begin = recorder.cpu();
            load.await("up");
            CpuTime setUp = recorder.cpu().since(begin);
            long memory = inUse(recorder) - empty;
            long[] collectionsBefore = recorder.ask("collections");
            long fromNs = System.nanoTime();
            CpuTime from = recorder.cpu();
            if (trial == Trial.STOP) {
                stopFor3Seconds(recorder, seconds);
            }
            load.await("ending");
            CpuTime steady = recorder.cpu().since(from);
            double steadyPackets = 2.0 * calls * PACKETS_PER_SECOND * (System.nanoTime() - fromNs) / 1e9;
            long[] collections = recorder.ask("collections");
            for (int i = 0; i < collections.length; i++) {
                collections[i] -= collectionsBefore[i];
            }
            Sender.Sent sent = load.sent(calls);
            Thread.sleep(FINISH_MS);
            CpuTime whole = recorder.cpu().since(from).plus(setUp);
            SampleCheck.Result check = new SampleCheck(sent.packets()).check(recordings());
            delete(recordings());
            return new Row(recorder.name(), calls, sent, check, steady, steadyPackets, whole, memory, collections);
        }
    }

    private static long inUse(Recorder recorder) throws IOException {
        long[] heapAndDirect = recorder.ask("memory");
        return heapAndDirect[0] + heapAndDirect[1];
    }

    private static void stopFor3Seconds(Recorder recorder, int seconds) throws Exception {
        Thread.sleep(seconds * 1_000L / 3);
        recorder.signal("STOP");
        Thread.sleep(STOPPED_MS);
        recorder.signal("CONT");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
