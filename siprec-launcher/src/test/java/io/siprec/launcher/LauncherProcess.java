package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The launcher jar in a process of its own, as an operator runs it. */
final class LauncherProcess implements AutoCloseable {
    private static final Pattern SIP = Pattern.compile("^  SIP .*?udp:(127\\.0\\.0\\.1|\\[[:\\d]+]):(\\d+)");
    private static final Pattern HEALTH = Pattern.compile("^  Health\\s+(http://\\S+)/healthz");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile String sipHost;
    private volatile int sipPort;
    private volatile String http;

    private LauncherProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "launcher-output");
        reader.setDaemon(true);
        reader.start();
    }

    static Path jar() {
        return Path.of(System.getProperty("siprec.jar"));
    }

    /** Runs the jar with only these settings besides loopback and no HTTP port of its own choice. */
    static ProcessBuilder command(Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m", "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("SIP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", "0");
        environment.put("LOG_FORMAT", "text");
        environment.putAll(settings);
        return builder;
    }

    /** Starts serving and waits until the banner says so. */
    static LauncherProcess serve(Path recordings, Map<String, String> settings)
            throws IOException, InterruptedException {
        ProcessBuilder builder = command(settings);
        builder.environment().put("RECORDING_DIR", recordings.toString());
        LauncherProcess launcher = new LauncherProcess(builder.start());
        if (!launcher.ready.await(30, TimeUnit.SECONDS)) {
            launcher.close();
            throw new IOException("the launcher did not get ready: " + launcher.output);
        }
        return launcher;
    }

    /** As it stands before a port, IPv6 in brackets. */
    String sipHost() {
        return sipHost;
    }

    int sipPort() {
        return sipPort;
    }

    List<String> output() {
        return List.copyOf(output);
    }

    long pid() {
        return process.pid();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(http + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode counts() throws IOException, InterruptedException {
        return JSON.readTree(get("/healthz").body()).get("counts");
    }

    /** Asks for the counts until they satisfy {@code wanted}; the last ones when they did not in time. */
    JsonNode awaitCounts(Predicate<JsonNode> wanted, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        JsonNode counts = counts();
        while (!wanted.test(counts) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50); // another process: there is nothing to be notified by
            counts = counts();
        }
        return counts;
    }

    /** SIGTERM; the exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    private int awaitExit() throws InterruptedException {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the launcher does not end: " + output);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                onLine(line);
            }
        } catch (IOException e) {
            output.add("(output lost: " + e.getMessage() + ")");
        }
    }

    private void onLine(String line) {
        Matcher sip = SIP.matcher(line);
        if (sip.find()) {
            sipHost = sip.group(1);
            sipPort = Integer.parseInt(sip.group(2));
        }
        Matcher health = HEALTH.matcher(line);
        if (health.find()) {
            http = health.group(1);
            ready.countDown();
        }
    }

    /** The session folders below a recording directory. */
    static List<Path> sessions(Path recordings) throws IOException {
        try (Stream<Path> files = Files.walk(recordings)) {
            return files.filter(file -> file.endsWith("manifest.json"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    static JsonNode manifest(Path session) throws IOException {
        return JSON.readTree(Files.readAllBytes(session.resolve("manifest.json")));
    }
}
