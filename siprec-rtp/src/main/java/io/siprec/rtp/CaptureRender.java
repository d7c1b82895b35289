package io.siprec.rtp;

import io.siprec.rtp.internal.CaptureReplay;
import io.siprec.rtp.internal.CaptureReplay.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the audio files of a recording again from its packet capture: to the byte those that were recorded, unless the capture
 * is incomplete, or the disk had refused audio then.
 */
public final class CaptureRender {
    private CaptureRender() {}

    /**
     * Reads the capture and writes a file for each of its streams. Blocks.
     *
     * @param directory where the files are created; none that exists is overwritten
     * @throws IOException when the capture can't be read; the message says why in a few words
     */
    public static Result render(Path capture, Path directory) throws IOException {
        Outcome outcome = CaptureReplay.replay(capture, directory);
        List<Rendered> streams = new ArrayList<>();
        outcome.streams()
                .forEach(stream -> streams.add(new Rendered(stream.number(), stream.file(), problem(stream, outcome))));
        return new Result(streams, outcome.dropped());
    }

    private static Optional<String> problem(Outcome.Stream stream, Outcome outcome) {
        if (stream.error().isPresent()) {
            return stream.error();
        }
        if (!stream.ended()) {
            return Optional.of("the capture ends before the stream does");
        }
        long dropped = outcome.dropped().orElse(0L);
        return dropped == 0 ? Optional.empty() : Optional.of("the capture lacks " + dropped + " packets or messages");
    }

    /**
     * What was made.
     *
     * @param streams in the order of their numbers
     * @param dropped packets and messages that the capture lacks; empty when it was cut off
     */
    public record Result(List<Rendered> streams, Optional<Long> dropped) {
        /** Copies the list. */
        public Result {
            streams = List.copyOf(streams);
            Objects.requireNonNull(dropped, "dropped");
        }
    }

    /**
     * One audio file.
     *
     * @param stream its number
     * @param file empty when none could be made
     * @param problem why it is not what was recorded, as far as the capture tells
     */
    public record Rendered(int stream, Optional<Path> file, Optional<String> problem) {
        /** None may be missing. */
        public Rendered {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(problem, "problem");
        }
    }
}
