package io.siprec.examples.embed;

import io.siprec.core.session.RecordingSession;
import io.siprec.server.SiprecListener;
import io.siprec.server.SiprecServer;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;

/** Records what SRCs send to port 5060 and prints where each recording lies. */
public final class EmbedMinimal {
    private EmbedMinimal() {}

    /** Arguments: none. Ends with Ctrl-C. */
    public static void main(String[] args) throws Exception {
        try (SiprecServer server = recorder(Path.of("recordings"), 5060)) {
            server.start();
            Thread.currentThread().join();
        }
    }

    static SiprecServer recorder(Path recordings, int port) {
        return SiprecServer.builder(recordings)
                .listen(Transport.UDP, "0.0.0.0", port)
                .listen(Transport.TCP, "0.0.0.0", port)
                .listener(new SiprecListener() {
                    @Override
                    public void onSessionEnded(RecordingSession session) {
                        System.out.println(session.directory() + ": " + session.participants());
                    }
                })
                .build();
    }
}
