package io.siprec.benchmarks.setup;

import io.siprec.server.SiprecServer;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole recorder: ports, files, manifests and store for each call; the calls send no audio. */
final class RecorderUas {
    private RecorderUas() {}

    /** Prints the port, then records until the process is ended. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args[0]), "recorder");
        SiprecServer server = SiprecServer.builder(directory)
                .listen(Transport.UDP, "127.0.0.1", 0)
                .rtpPorts(10_000, 32_000)
                .sip(sip -> sip.limits(SipLimits.builder()
                        .maxDialogs(1_000_000)
                        .maxTransactions(2_000_000)
                        .build()))
                .build();
        server.start();
        System.out.println(server.listeningPoints().get(0).address().getPort());
        Thread.currentThread().join();
    }
}
