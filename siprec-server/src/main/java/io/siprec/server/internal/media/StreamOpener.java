package io.siprec.server.internal.media;

import io.siprec.core.sdp.LocalAddresses;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.rtp.CapturedStream;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.TimeOrigin;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.capture.CallCapture;
import io.siprec.sip.message.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Opens streams for new lines: all of them or none. Loop thread only. */
final class StreamOpener {
    private final MediaSetup setup;
    private final TimeOrigin origin;
    private final Path folder;
    private final BiConsumer<Integer, TelephoneEvent> events;
    private Optional<CallCapture> capture = Optional.empty();

    /** @param events hears of the telephone events of each stream, by its number, on a media loop */
    StreamOpener(MediaSetup setup, TimeOrigin origin, Path folder, BiConsumer<Integer, TelephoneEvent> events) {
        this.setup = setup;
        this.origin = origin;
        this.folder = folder;
        this.events = events;
    }

    /** Streams that are opened from now on are captured. */
    void capture(CallCapture value) {
        capture = Optional.of(value);
    }

    /**
     * Streams in the order of the lines.
     *
     * @param local where the lines are told to send to
     * @param firstNumber of the streams
     */
    List<CallStream> open(List<PlannedLine> lines, LocalAddresses local, int firstNumber, Pauses pauses, Instant now)
            throws Refusal {
        List<CallStream> opened = new ArrayList<>();
        try {
            for (PlannedLine line : lines) {
                int number = firstNumber + opened.size();
                Consumer<TelephoneEvent> listener = event -> events.accept(number, event);
                Optional<CapturedStream> captured =
                        capture.map(call -> call.stream(number, IpLiteral.address(local.of(line))));
                opened.add(CallStream.open(
                        setup, origin, folder, number, line, pauses.paused(number), listener, captured, now));
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
