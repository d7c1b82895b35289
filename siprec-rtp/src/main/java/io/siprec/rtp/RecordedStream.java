package io.siprec.rtp;

import io.siprec.rtp.internal.MediaStream;
import io.siprec.rtp.spi.AudioSink;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One RTP stream that is being received and recorded. Thread-safe. */
public final class RecordedStream {
    private final MediaStream stream;

    RecordedStream(MediaStream stream) {
        this.stream = stream;
    }

    /** The bound port for RTP: even. */
    public int rtpPort() {
        return stream.rtpPort();
    }

    /** The bound port for RTCP: the next one. */
    public int rtcpPort() {
        return stream.rtcpPort();
    }

    /** The recording. */
    public Path file() {
        return stream.file();
    }

    /** Replaces what was negotiated; RTCP stays as it was. Applied at the start of the next sweep; of several calls between two sweeps the last. */
    public void update(List<AudioFormat> formats, Optional<InetSocketAddress> signalledSource, boolean receiving) {
        stream.update(formats, signalledSource, receiving, Optional.empty(), Optional.empty());
    }

    /** The same, with RTCP negotiated anew. */
    public void update(
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving,
            RtcpSettings rtcp) {
        stream.update(formats, signalledSource, receiving, Optional.of(rtcp), Optional.empty());
    }

    /**
     * The same for an encrypted stream, with its keys negotiated anew. Keys that are the same keep their rollover counts, new
     * ones begin with 0 (RFC 4568 §7.1.4) and hold from the next packet on; of those before, packets on the way are still
     * taken for a while.
     *
     * @throws IllegalStateException when the stream was opened for plain RTP: it never changes from one to the other
     */
    public void update(
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving,
            RtcpSettings rtcp,
            SrtpSettings srtp) {
        stream.update(formats, signalledSource, receiving, Optional.of(rtcp), Optional.of(srtp));
    }

    /** The counters, at most one sweep old. */
    public StreamStatistics statistics() {
        return stream.statistics();
    }

    /** The telephone events so far, at most one sweep old. */
    public EventList events() {
        return stream.events();
    }

    /**
     * What came since an earlier reading of {@link #statistics}, and where it is no audio, why. Ask every few seconds: packets
     * come in bursts.
     */
    public AudioState audioSince(StreamStatistics earlier) {
        return AudioState.between(earlier, statistics());
    }

    /**
     * Stops recording, the line staying as it is negotiated. What the socket still holds is dropped too: it may have been
     * sent after the call. Up to one sweep of audio from before it is then missing; it is part of the pause. The future
     * completes on a media loop, which must not be blocked, when no packet is recorded any more. Idempotent.
     */
    public CompletableFuture<Void> pause() {
        return stream.pause(true);
    }

    /**
     * Records again what comes from now on. Packets that came before, or were sent before and come late, are dropped. The
     * future completes on a media loop when it is in force. Idempotent.
     */
    public CompletableFuture<Void> resume() {
        return stream.pause(false);
    }

    /**
     * Reads the audio along while it is being recorded, in order, for speech to text or for listening. It begins with what isn't
     * written yet, up to half a second, and never slows the recording: a sink that is slow misses frames. The first frames of a
     * stream wait for half a second: where they lie in the file isn't sure before. A gap of up to half a second is told as
     * silence, a longer one by its length only, as the next frame lies so much later. That goes for a pause and a hold, too: none
     * of their audio is told.
     *
     * <p>The stream keeps the tap until it is closed or the stream ends; a stream that has ended only tells {@code onEnd}.
     *
     * @param executor calls the sink; a frame takes as long as it takes there. {@code Runnable::run} shares one thread with
     *     other taps of the media plane
     * @throws IllegalStateException when the stream has 8 taps, those included that were closed since the last sweep
     */
    public AudioTap tap(TapSettings settings, Executor executor, AudioSink sink) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(sink, "sink");
        return new AudioTap(stream.tap(settings, executor, sink));
    }

    /**
     * Takes what the socket still holds, writes the rest, finishes the file and frees the ports. Idempotent. The future
     * completes on an I/O thread of the media plane, which must not be blocked, and never exceptionally: trouble with the disk
     * is told in the report.
     */
    public CompletableFuture<StreamReport> close() {
        return stream.close();
    }
}
