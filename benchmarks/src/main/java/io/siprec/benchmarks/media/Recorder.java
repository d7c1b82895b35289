package io.siprec.benchmarks.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A recorder that runs as a process of its own. */
final class Recorder implements AutoCloseable {
    private static final String FLOOR_RTP_PORT = "33000";
    private static final long STOP_SECONDS = 30;

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final int sipPort;
    private final boolean talks;

    private Recorder(String name, List<String> command, boolean talks) throws IOException {
        this.name = name;
        this.talks = talks;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        sipPort = Integer.parseInt(firstNumber());
    }

    /** Our server, in a JVM with the flags of the system property {@code jvm}. */
    static Recorder siprec(Cores cores, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Arrays.stream(System.getProperty("jvm", "").split(" "))
                .filter(flag -> !flag.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RecorderMain.class.getName()));
        command.add(directory.toString());
        return new Recorder("siprec", cores.recorder(command), true);
    }

    /** The recorder in C. */
    static Recorder floor(Cores cores, Path program, Path directory) throws IOException {
        List<String> command = List.of(program.toString(), "127.0.0.1", directory.toString(), FLOOR_RTP_PORT);
        return new Recorder("C floor", cores.recorder(command), false);
    }

    private String firstNumber() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.matches("\\d+")) {
                return line;
            }
        }
        throw new IOException(name + " did not start");
    }

    String name() {
        return name;
    }

    int sipPort() {
        return sipPort;
    }

    long pid() {
        return process.pid();
    }

    CpuTime cpu() throws IOException {
        return CpuTime.of(pid());
    }

    /** What it says to {@code question}; zeros of one that has no heap. */
    long[] ask(String question) throws IOException {
        if (!talks) {
            return new long[3];
        }
        process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        String answer = out.readLine();
        while (answer != null && !answer.matches("[\\d ]+")) {
            answer = out.readLine();
        }
        if (answer == null) {
            throw new IOException(name + " has ended");
        }
        return Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** Sends a signal, as {@code STOP}. */
    void signal(String signal) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("can't send " + signal);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!talks) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
