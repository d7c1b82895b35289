package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.testkit.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** sipp as a peer on loopback, with scenarios from the test resources. */
final class Sipp {
    /** A part of several scenarios, with the words that replace $1, $2: {@code {{dialog BYE 2}}}. */
    private static final Pattern PART = Pattern.compile("\\{\\{([\\w-]+)((?: [^} ]+)*)}}");

    private final Path work;
    private final Process process;
    private final Path log;

    private Sipp(Path work, Process process, Path log) {
        this.work = work;
        this.process = process;
        this.log = log;
    }

    /** The text of a scenario, with its parts put in. */
    static String scenario(String name, String... words) throws IOException {
        return resource("/sipp/" + name + ".xml", words).replace("SDP_ADDRESS", "IP4 127.0.0.1");
    }

    private static String resource(String file, String... words) throws IOException {
        String text;
        try (InputStream in = Sipp.class.getResourceAsStream(file)) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        for (int i = 0; i < words.length; i++) {
            text = text.replace("$" + (i + 1), words[i]);
        }
        StringBuilder whole = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String[] arguments = part.group(2).isEmpty()
                    ? new String[0]
                    : part.group(2).trim().split(" ");
            String content = resource("/sipp/parts/" + part.group(1) + ".txt", arguments);
            part.appendReplacement(whole, Matcher.quoteReplacement(content.stripTrailing()));
        }
        return part.appendTail(whole).toString();
    }

    /** Starts sipp with a scenario of ours. */
    static Sipp start(Path work, String scenario, String target, String... options) throws IOException {
        Path file = Files.createTempFile(work, "scenario", ".xml");
        Files.writeString(file, scenario);
        List<String> all = new ArrayList<>(List.of("-sf", file.toString()));
        all.addAll(List.of(options));
        return start(work, target, all);
    }

    /** Starts sipp against a target, {@code host:port}. */
    static Sipp start(Path work, String target, List<String> options) throws IOException {
        String host = target.substring(0, target.lastIndexOf(':'));
        List<String> command =
                new ArrayList<>(List.of("sipp", target, "-i", host, "-mi", host.replaceAll("[\\[\\]]", "")));
        command.addAll(List.of("-mp", Integer.toString(FreePorts.udpRange(4)), "-nostdin", "-timeout_error"));
        command.addAll(List.of("-trace_err", "-timeout", "80", "-max_socket", "1000"));
        command.addAll(options);
        Path log = Files.createTempFile(work, "sipp", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createTempDirectory(work, "sipp").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("TERM", "dumb"));
        return new Sipp(builder.directory().toPath(), builder.start(), log);
    }

    /** Waits for the end; sipp's exit status is 0 when all calls went as the scenario says. */
    int await() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("sipp ends").isTrue();
        return process.exitValue();
    }

    /** Waits for a successful end. */
    void awaitSuccess() throws InterruptedException, IOException {
        int status = await();
        assertThat(status)
                .as(status == 0 ? "" : Files.readString(log) + trace("errors"))
                .isZero();
    }

    /** What sipp wrote to its error or message log. */
    String trace(String kind) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(work)) {
            for (Path file : files.filter(f -> f.toString().endsWith("_" + kind + ".log"))
                    .toList()) {
                text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    void stop() {
        process.destroyForcibly();
    }
}
