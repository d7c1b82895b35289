package io.siprec.launcher;

import io.siprec.testkit.FreePorts;
import io.siprec.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** stunnel between a peer that speaks TCP and a TLS port on loopback. */
final class Stunnel implements AutoCloseable {
    private static final int TRIES = 200;

    private final Process process;
    private final int port;

    private Stunnel(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts stunnel and waits until it listens. It shows the identity, and wants the server to be of the same CA. */
    static Stunnel to(int tlsPort, TestCertificates certificates, TestCertificates.Identity identity, Path work)
            throws IOException, InterruptedException {
        int port = FreePorts.udpAndTcp();
        Path settings = Files.writeString(
                work.resolve("stunnel.conf"),
                "foreground = yes\npid =\n[sip]\nclient = yes\naccept = 127.0.0.1:" + port + "\nconnect = 127.0.0.1:"
                        + tlsPort + "\ncert = " + identity.certificate() + "\nkey = " + identity.key() + "\nCAfile = "
                        + certificates.ca() + "\nverifyChain = yes\ncheckIP = 127.0.0.1\n");
        Path log = work.resolve("stunnel.log");
        Process process = new ProcessBuilder("stunnel4", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Stunnel stunnel = new Stunnel(process, port);
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port));
                return stunnel;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50); // another process: there is nothing to be notified by
            }
        }
        stunnel.close();
        throw new IOException("stunnel does not listen: " + Files.readString(log));
    }

    /** Where it takes TCP. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
