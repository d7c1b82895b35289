package io.siprec.launcher;

import io.siprec.testkit.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's redis-server on loopback; it keeps nothing on disk. */
final class RedisServer implements AutoCloseable {
    private static final int TRIES = 400;

    private final Path log;
    private final int port;
    private Process process;

    private RedisServer(Path log, int port) {
        this.log = log;
        this.port = port;
    }

    /** Starts it and waits until it listens. */
    static RedisServer start(Path work) throws IOException, InterruptedException {
        RedisServer server = new RedisServer(work.resolve("redis.log"), FreePorts.udpAndTcp());
        server.start();
        return server;
    }

    /** Starts it again, with nothing in it. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", "")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(25); // another process: there is nothing to be notified by
            }
        }
        close();
        throw new IOException("redis-server does not listen: " + Files.readString(log));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** As a crash would end it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
