package io.siprec.rtp;

import io.siprec.rtp.internal.Mixer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file of all streams of a recording. */
public final class WavMix {
    /** The sender's clock moves a stream at most by this against its arrival; what is more is taken for a clock that is wrong. */
    private static final Duration MAX_CORRECTION = Duration.ofSeconds(2);

    /** How streams come together. */
    public enum Layout {
        /** The first stream on the left, the second on the right, and so on in turns. */
        STEREO(2),
        /** All on one channel. */
        MONO(1);

        private final int channels;

        Layout(int channels) {
            this.channels = channels;
        }

        /** 2 or 1. */
        public int channels() {
            return channels;
        }
    }

    /**
     * One stream of a mix.
     *
     * @param file mono: 16-bit PCM, mu-law or A-law
     * @param delay how much later it begins than the others; negative for earlier
     */
    public record Input(Path file, Duration delay) {}

    private WavMix() {}

    /**
     * The files of a recording. They begin at one instant by arrival; where a sender told by RTCP how the clocks of several of
     * its streams lie to each other, these are put as it says (RFC 3550 §6.4.1).
     */
    public static List<Input> aligned(List<StreamReport> streams) {
        Map<String, Instant> references = new HashMap<>();
        List<Input> inputs = new ArrayList<>();
        for (StreamReport stream : streams) {
            Duration delay = stream.sender()
                    .map(sender -> Duration.between(
                            references.computeIfAbsent(clockOf(stream, sender), first -> sender.fileStart()),
                            sender.fileStart()))
                    .filter(moved -> moved.abs().compareTo(MAX_CORRECTION) <= 0)
                    .orElse(Duration.ZERO);
            inputs.add(new Input(stream.file(), delay));
        }
        return inputs;
    }

    /** Streams of one CNAME have one clock; for want of CNAMEs, those of one host. */
    private static String clockOf(StreamReport stream, SenderTiming sender) {
        Optional<String> host =
                stream.statistics().source().map(source -> source.getAddress().getHostAddress());
        return sender.cname().isEmpty() ? host.orElse("") : "cname " + sender.cname();
    }

    /**
     * Writes the mix as 16-bit PCM with the highest rate of the inputs, in pieces, whatever their length. The file appears when
     * it is whole. Blocks; not for event loops.
     *
     * @throws IOException when an input can't be read, has a rate that doesn't divide the highest, or the disk refuses
     */
    public static void write(Path mix, Layout layout, List<Input> inputs) throws IOException {
        Mixer.write(mix, layout, inputs);
    }
}
