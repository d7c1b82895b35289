package io.siprec.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A redis-server on loopback, with its files in a directory of its own. */
final class RedisProcess implements AutoCloseable {
    private static final int TRIES = 400;

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    private RedisProcess(List<String> command, Path log, int port) {
        this.command = command;
        this.log = log;
        this.port = port;
    }

    /** Starts a server that takes connections when this returns. Arguments come after those for port and directory. */
    static RedisProcess start(Path executable, Path work, String... arguments)
            throws IOException, InterruptedException {
        RedisProcess server = prepare(executable, work, freePort(), arguments);
        server.start();
        return server;
    }

    /** The same, to be started later. */
    static RedisProcess prepare(Path executable, Path work, int port, String... arguments) throws IOException {
        Path directory = Files.createDirectories(work.resolve("redis-" + port));
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        if (arguments.length > 0 && arguments[0].endsWith(".conf")) {
            command.add(arguments[0]); // a file comes first
        }
        command.addAll(List.of(
                "--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
        for (String argument : arguments) {
            if (!argument.endsWith(".conf")) {
                command.add(argument);
            }
        }
        return new RedisProcess(command, directory.resolve("log.txt"), port);
    }

    /** A port that nobody uses now; for a Cluster also the one 10,000 above is below 65,536. */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /** Starts it, or starts it again, on the same port. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            if (answers()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(25); // another process: there is nothing to be notified by
        }
        process.destroyForcibly();
        throw new IOException("redis-server does not answer: " + Files.readString(log));
    }

    /** Any answer will do, also that a password or TLS is wanted. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() >= 0 || command.contains("--tls-port");
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Kills it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Stops it where it is; connections stay open and nobody answers. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start()
                .waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
