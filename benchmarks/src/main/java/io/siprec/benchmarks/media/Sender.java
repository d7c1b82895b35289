package io.siprec.benchmarks.media;

import io.siprec.benchmarks.setup.InviteTemplate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sender in C: makes all calls of a round and sends their audio. */
final class Sender implements AutoCloseable {
    private static final int OUR_PORT = 55_555; // with the next, replaced by the sender
    private static final String CALL_NUMBER = "CALLNUMB";
    private static final String TO = "To: @TO@";

    private final Process process;
    private final BufferedReader out;

    /** Calls of two streams, {@code rate} new ones a second, of {@code seconds} from when all are up. */
    Sender(Cores cores, Path program, int port, int calls, int rate, int seconds) throws IOException {
        Path directory = Files.createTempDirectory(program.getParent(), "templates");
        InviteTemplate template = new InviteTemplate(OUR_PORT, port);
        Files.write(directory.resolve("invite"), template.invite(CALL_NUMBER));
        Files.write(directory.resolve("ack"), template.ack(CALL_NUMBER, TO));
        Files.write(directory.resolve("bye"), template.bye(CALL_NUMBER, TO));
        List<String> command = List.of(
                program.toString(),
                "127.0.0.1",
                Integer.toString(port),
                directory.toString(),
                Integer.toString(calls),
                Integer.toString(rate),
                Integer.toString(seconds));
        process = new ProcessBuilder(cores.sender(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Returns when it says {@code what}. */
    void await(String what) throws IOException {
        String line = next();
        if (!line.equals(what)) {
            throw new IOException("the sender said " + line + " and not " + what);
        }
    }

    private String next() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the sender has ended");
        }
        return line;
    }

    /** What was sent, once it has ended. */
    Sent sent(int calls) throws IOException {
        int[] packets = new int[2 * calls];
        String line = next();
        while (line.startsWith("stream ")) {
            String[] words = line.split(" ");
            packets[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
            line = next();
        }
        String[] words = line.split(" ");
        return new Sent(
                packets,
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
    }

    /** Packets of each stream; calls that were completed and that failed; requests sent again; how late it was at most. */
    record Sent(int[] packets, int completed, int failed, int repeated, int latestMs) {
        long total() {
            long sum = 0;
            for (int count : packets) {
                sum += count;
            }
            return sum;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
