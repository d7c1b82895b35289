package io.siprec.benchmarks.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Calls per second that each server takes, and the CPU time of its process (user and system) per call. Each server runs in
 * a JVM of its own and is warmed up first; the sender runs in this one. All get the same calls, one server after the other.
 */
public final class SetupRate {
    private static final int WARM_UP_RATE = 1_000;
    private static final int WARM_UP_SECONDS = 20;
    private static final long SETTLE_MS = 1_000;
    private static final long START_SECONDS = 20;

    private SetupRate() {}

    /** What is compared. */
    private enum Server {
        SIPREC_SIGNALLING(SignallingUas.class, "siprec-sip + siprec-core, metadata parsed"),
        SIPREC_FOUR_LOOPS(
                SignallingUas.class, 4, "the same with 4 loops; one of them reads it all, as one socket sends it"),
        JAIN_SIP(JainUas.class, "JAIN SIP 1.3.0-91, 4 threads, no body read"),
        SIPREC_RECORDER(RecorderUas.class, "siprec-server: ports, files, manifest, store");

        private final Class<?> main;
        private final int loops;
        private final String text;

        Server(Class<?> main, String text) {
            this(main, 1, text);
        }

        Server(Class<?> main, int loops, String text) {
            this.main = main;
            this.loops = loops;
            this.text = text;
        }
    }

    /** Arguments: seconds a round, then rates; default 10 s at 500, 1000, 2000 and 4000 calls per second. */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        List<Integer> rates = args.length > 1
                ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList()
                : List.of(500, 1_000, 2_000, 4_000);
        System.out.printf(
                "%s %s, %d processors, Java %s%n",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        System.out.println("server              calls/s  CPU us/call  set-up p50 us     p99 us   failed  repeated");
        double[][] costs = new double[Server.values().length][];
        for (Server server : Server.values()) {
            costs[server.ordinal()] = measure(server, rates, seconds);
        }
        System.out.println();
        for (int i = 0; i < rates.size(); i++) {
            System.out.printf(
                    "at %d calls/s: signalling costs %.2f of JAIN SIP%n",
                    rates.get(i), costs[0][i] / costs[Server.JAIN_SIP.ordinal()][i]);
        }
    }

    private static double[] measure(Server server, List<Integer> rates, int seconds) throws Exception {
        System.out.println("-- " + server.text);
        Path directory = Files.createTempDirectory("siprec-setup");
        Process process = start(server, directory);
        double[] costs = new double[rates.size()];
        try {
            int port = port(process);
            round(port, WARM_UP_RATE, WARM_UP_SECONDS);
            for (int i = 0; i < costs.length; i++) {
                Thread.sleep(SETTLE_MS);
                costs[i] = counted(server, process, port, rates.get(i), seconds);
            }
        } finally {
            process.destroyForcibly().waitFor();
            delete(directory);
        }
        return costs;
    }

    private static double counted(Server server, Process process, int port, int rate, int seconds) throws IOException {
        long before = cpuNs(process);
        CallLoad.Result result = round(port, rate, seconds);
        double costUs = (cpuNs(process) - before) / 1_000.0 / result.started();
        System.out.printf(
                "%-19s %7d  %11.1f  %13d %10d  %7d  %8d%n",
                server.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                rate,
                costUs,
                result.p50Us(),
                result.p99Us(),
                result.failed(),
                result.repeated());
        return costUs;
    }

    private static CallLoad.Result round(int port, int rate, int seconds) throws IOException {
        try (CallLoad load = new CallLoad(port)) {
            return load.run(rate, seconds);
        }
    }

    private static Process start(Server server, Path directory) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), server.main.getName()));
        command.addAll(List.of(directory.toString(), Integer.toString(freePort()), Integer.toString(server.loops)));
        return new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.to(directory.resolve("stderr").toFile()))
                .start();
    }

    /** JAIN SIP can't take a port that the system chooses. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            return socket.getLocalPort();
        }
    }

    private static int port(Process process) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        port.orTimeout(START_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return -1;
        });
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.matches("\\d+")) {
                port.complete(Integer.valueOf(line));
                return port.join();
            }
        }
        throw new IOException("the server did not start");
    }

    private static long cpuNs(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
