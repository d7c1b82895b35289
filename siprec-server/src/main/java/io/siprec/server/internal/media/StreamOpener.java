package io.siprec.server.internal.media;

import io.siprec.core.sdp.PlannedLine;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.TimeOrigin;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.sip.message.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Opens streams for new lines: all of them or none. Loop thread only. */
final class StreamOpener {
    private final MediaSetup setup;
    private final TimeOrigin origin;
    private final Path folder;

    StreamOpener(MediaSetup setup, TimeOrigin origin, Path folder) {
        this.setup = setup;
        this.origin = origin;
        this.folder = folder;
    }

    /**
     * Streams in the order of the lines.
     *
     * @param firstNumber of the streams
     */
    List<CallStream> open(List<PlannedLine> lines, int firstNumber, Pauses pauses, Instant now) throws Refusal {
        List<CallStream> opened = new ArrayList<>();
        try {
            for (PlannedLine line : lines) {
                int number = firstNumber + opened.size();
                opened.add(CallStream.open(setup, origin, folder, number, line, pauses.paused(number), now));
            }
            return opened;
        } catch (PortsExhaustedException e) {
            Discarded.discard(opened);
            throw new Refusal(503, "No Free RTP Ports", new Header("Retry-After", "10"));
        } catch (IOException e) {
            Discarded.discard(opened);
            throw new Refusal(500, "Cannot Open RTP Ports", new Header("Retry-After", "10"));
        }
    }
}
