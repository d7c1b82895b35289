package io.siprec.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.testkit.FreePorts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** rtpengine in user space on loopback, as OpenSIPS drives it: over its control port, in JSON. */
final class Rtpengine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 100;
    private static final int RTP_PORTS = 60;

    private final Process process;
    private final Path log;
    private final DatagramSocket control;
    private final int controlPort;
    private int cookie;

    private Rtpengine(Process process, Path log, int controlPort) throws IOException {
        this.process = process;
        this.log = log;
        this.controlPort = controlPort;
        this.control = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    /** Starts the daemon and waits until it answers. */
    static Rtpengine start(Path work) throws IOException, InterruptedException {
        int controlPort = FreePorts.udpRange(1);
        int rtpPort = FreePorts.udpRange(RTP_PORTS);
        Path log = work.resolve("rtpengine.log");
        Process process = new ProcessBuilder(
                        "rtpengine",
                        "--config-file=none",
                        "--foreground",
                        "--log-stderr",
                        "--log-level=6",
                        "--table=-1",
                        "--num-threads=1", // more of them overtake each other on a busy machine
                        "--interface=127.0.0.1",
                        "--listen-ng=127.0.0.1:" + controlPort,
                        "--port-min=" + rtpPort,
                        "--port-max=" + (rtpPort + RTP_PORTS - 1))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Rtpengine engine = new Rtpengine(process, log, controlPort);
        try {
            engine.awaitPong();
            return engine;
        } catch (IOException | InterruptedException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void awaitPong() throws IOException, InterruptedException {
        control.setSoTimeout(100);
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try {
                exchange(message("ping"));
                control.setSoTimeout(10_000);
                return;
            } catch (SocketTimeoutException e) {
                TimeUnit.MILLISECONDS.sleep(50); // another process: there is nothing to be notified by
            }
        }
        throw new IOException("rtpengine does not answer: " + Files.readString(log));
    }

    /** A message of this command. */
    static ObjectNode message(String command) {
        return JSON.createObjectNode().put("command", command);
    }

    /** Does what the message says; what it answers is "ok". */
    JsonNode command(ObjectNode message) throws IOException {
        JsonNode answer = exchange(message);
        if (!answer.path("result").asText().equals("ok")) {
            throw new IOException(message.get("command") + " failed: " + answer + "\n" + Files.readString(log));
        }
        return answer;
    }

    private JsonNode exchange(ObjectNode message) throws IOException {
        String own = Integer.toString(++cookie);
        byte[] sent = (own + " " + message).getBytes(StandardCharsets.UTF_8);
        control.send(new DatagramPacket(sent, sent.length, InetAddress.getLoopbackAddress(), controlPort));
        DatagramPacket received = new DatagramPacket(new byte[65_535], 65_535);
        while (true) {
            control.receive(received);
            String text = new String(received.getData(), 0, received.getLength(), StandardCharsets.UTF_8);
            if (text.startsWith(own + " ")) { // others answer a ping that was given up
                return JSON.readTree(text.substring(own.length() + 1));
            }
        }
    }

    @Override
    public void close() {
        control.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
