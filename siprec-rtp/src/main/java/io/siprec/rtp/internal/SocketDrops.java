package io.siprec.rtp.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Packets that the kernel dropped because a socket's buffer was full, from Linux' table of UDP sockets. The table lists all
 * sockets of the system, so one reading serves all that ask within a period. Thread-safe.
 */
final class SocketDrops {
    private static final long PERIOD_MS = 100;
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private final List<Path> tables;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(SocketDrops::newThread);
    private List<Question> asked = new ArrayList<>(); // guarded by this; at most one for each stream
    private boolean closed; // guarded by this

    SocketDrops() {
        this(TABLES);
    }

    SocketDrops(List<Path> tables) {
        this.tables = tables;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "siprec-socket-drops");
        thread.setDaemon(true);
        return thread;
    }

    /** The drops of the socket bound to {@code local}, which must be open until then; empty where the system doesn't tell. */
    synchronized CompletableFuture<OptionalLong> of(InetSocketAddress local) {
        if (closed) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        Question question = new Question(key(local), new CompletableFuture<>());
        asked.add(question);
        if (asked.size() == 1) {
            thread.schedule(this::answer, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
        return question.answer;
    }

    private void answer() {
        List<Question> questions;
        synchronized (this) {
            questions = asked;
            asked = new ArrayList<>();
        }
        Map<String, Long> drops = read();
        for (Question question : questions) {
            Long found = drops.get(question.key);
            question.answer.complete(found == null ? OptionalLong.empty() : OptionalLong.of(found));
        }
    }

    private Map<String, Long> read() {
        Map<String, Long> drops = new HashMap<>();
        for (Path table : tables) {
            try (BufferedReader lines = Files.newBufferedReader(table)) {
                lines.readLine(); // names of the columns
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] columns = line.trim().split(" +");
                    drops.put(columns[1], Long.parseLong(columns[columns.length - 1]));
                }
            } catch (IOException | RuntimeException e) {
                continue; // no Linux, or another shape of the table: then nothing is known
            }
        }
        return drops;
    }

    /** An address as the table writes it: each 32 bits in the order of the machine, in hexadecimal. */
    static String key(InetSocketAddress local) {
        byte[] address = local.getAddress().getAddress();
        StringBuilder key = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 0; i < 4; i++) {
                int at = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? word + 3 - i : word + i;
                key.append(String.format(Locale.ROOT, "%02X", address[at]));
            }
        }
        return key.append(String.format(Locale.ROOT, ":%04X", local.getPort())).toString();
    }

    /** Answers what was asked, at once. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        thread.shutdownNow();
        answer();
    }

    private record Question(String key, CompletableFuture<OptionalLong> answer) {}
}
