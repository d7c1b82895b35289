package io.siprec.server.internal.files;

import io.siprec.core.SessionId;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.WavMix;
import io.siprec.server.internal.work.KeyedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one file of the streams of each session that has ended, in a thread of its own: the mix of a long call takes seconds, and
 * manifests of other calls must not wait for it. A failure costs the mix, never a recording.
 */
public final class Mixes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mixes.class);

    private final Optional<WavMix.Layout> layout;
    private final KeyedWorker worker;

    /** @param layout how streams come together; empty for no mixes */
    public Mixes(Optional<WavMix.Layout> layout, int maxSessions) {
        this.layout = layout;
        this.worker = new KeyedWorker("siprec-mix", maxSessions);
    }

    public void start() {
        worker.start();
    }

    /**
     * Makes the mix, if there is to be one and there is audio, then tells of it. Any thread; {@code then} is called on another one,
     * or on this one when there is nothing to do.
     */
    public void make(SessionId id, List<StreamReport> streams, Consumer<Optional<MixRecord>> then) {
        boolean audio = streams.stream().anyMatch(stream -> stream.samples() > 0);
        if (layout.isEmpty() || !audio) {
            then.accept(Optional.empty());
            return;
        }
        WavMix.Layout wanted = layout.get();
        if (!worker.submit(id, () -> then.accept(Optional.of(mix(id, wanted, streams))))) {
            then.accept(Optional.of(new MixRecord(wanted, Optional.of("too many mixes wait"))));
        }
    }

    private static MixRecord mix(SessionId id, WavMix.Layout layout, List<StreamReport> streams) {
        List<WavMix.Input> inputs = WavMix.aligned(streams).stream()
                .filter(input ->
                        Files.isReadable(input.file())) // a stream that the disk refused must not cost the others
                .toList();
        Path folder = streams.get(0).file().getParent();
        try {
            WavMix.write(folder.resolve(MixRecord.FILE), layout, inputs);
            return new MixRecord(layout, Optional.empty());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The streams of session {} can't be mixed: {}", id, e.toString());
            return new MixRecord(layout, Optional.of("not mixed: " + e));
        }
    }

    /** Makes what waits. */
    @Override
    public void close() {
        worker.close();
    }
}
