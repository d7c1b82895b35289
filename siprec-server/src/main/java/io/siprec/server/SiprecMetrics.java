package io.siprec.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.siprec.rtp.Gap;
import io.siprec.rtp.PacketStatistics;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * A server's counters as Micrometer meters: {@code new SiprecMetrics(server).bindTo(registry)}. Needs {@code micrometer-core},
 * which siprec-server does not bring. {@code docs/embedding.md} lists the meters. Counters begin with 0 when the server does.
 */
@SuppressWarnings("exports") // users of the types of Micrometer have it, others need not
public final class SiprecMetrics implements MeterBinder {
    private static final double MS_PER_SECOND = 1_000;
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final SiprecServer server;
    private final LongSupplier nanoTime;
    private ServerStatistics read; // guarded by this, as is the next
    private long readNanos;

    /** Meters of this server; it is asked for its statistics once a second at most. */
    public SiprecMetrics(SiprecServer server) {
        this(server, System::nanoTime);
    }

    SiprecMetrics(SiprecServer server, LongSupplier nanoTime) {
        this.server = Objects.requireNonNull(server, "server");
        this.nanoTime = nanoTime;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        recordings(registry);
        packets(registry);
        rejected(registry);
        gauge(
                registry,
                "siprec.sessions",
                "Recording sessions until their files are final",
                ServerStatistics::sessions);
        gauge(registry, "siprec.streams", "Media streams being received", ServerStatistics::streams);
        gauge(
                registry,
                "siprec.rtp.port.pairs.free",
                "RTP port pairs that a new stream could take",
                ServerStatistics::freeRtpPortPairs);
    }

    private void recordings(MeterRegistry registry) {
        String ended = "Recordings that ended, by the verdict whether all audio is there";
        counter(
                registry,
                "siprec.recordings",
                "verdict",
                "complete",
                ended,
                all -> all.recordings().complete());
        counter(
                registry,
                "siprec.recordings",
                "verdict",
                "incomplete",
                ended,
                all -> all.recordings().incomplete());
        for (Gap.Cause cause : Gap.Cause.values()) {
            if (cause.missing() || cause == Gap.Cause.NO_PACKETS) {
                FunctionCounter.builder("siprec.audio.missing", this, me -> me.missingSeconds(cause))
                        .tag("cause", cause.id())
                        .baseUnit("seconds")
                        .description("Audio that is missing in recordings that ended")
                        .register(registry);
            }
        }
    }

    private double missingSeconds(Gap.Cause cause) {
        return now().recordings().missing().getOrDefault(cause, Duration.ZERO).toMillis() / MS_PER_SECOND;
    }

    private void packets(MeterRegistry registry) {
        String text = "RTP packets of the recorded sources, by what became of them";
        packets(registry, "received", text, PacketStatistics::received);
        packets(registry, "lost", text, PacketStatistics::lost);
        packets(registry, "late", text, PacketStatistics::late);
        packets(registry, "duplicate", text, PacketStatistics::duplicates);
        packets(registry, "undecodable", text, PacketStatistics::undecodable);
        packets(registry, "dropped-by-system", text, PacketStatistics::droppedBySystem);
        String blocks = "Blocks of audio that were not written";
        counter(
                registry,
                "siprec.audio.blocks.dropped",
                "by",
                "queue",
                blocks,
                all -> all.packets().droppedByQueue());
        counter(
                registry,
                "siprec.audio.blocks.dropped",
                "by",
                "disk",
                blocks,
                all -> all.packets().diskErrors());
    }

    private void packets(
            MeterRegistry registry, String outcome, String text, ToDoubleFunction<PacketStatistics> value) {
        counter(registry, "siprec.rtp.packets", "outcome", outcome, text, all -> value.applyAsDouble(all.packets()));
    }

    private void rejected(MeterRegistry registry) {
        rejected(registry, "source", PacketStatistics::rejectedSource);
        rejected(registry, "ssrc", PacketStatistics::rejectedSsrc);
        rejected(registry, "payload-type", PacketStatistics::rejectedPayloadType);
        rejected(registry, "inactive", PacketStatistics::rejectedInactive);
        rejected(registry, "paused", PacketStatistics::rejectedPaused);
        rejected(registry, "srtp-authentication", PacketStatistics::rejectedAuthentication);
        rejected(registry, "srtp-replay", PacketStatistics::rejectedReplay);
        rejected(registry, "malformed", PacketStatistics::malformed);
    }

    private void rejected(MeterRegistry registry, String reason, ToDoubleFunction<PacketStatistics> value) {
        String text = "Packets that were not recorded, by the reason";
        counter(registry, "siprec.rtp.rejected", "reason", reason, text, all -> value.applyAsDouble(all.packets()));
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String key,
            String tag,
            String text,
            ToDoubleFunction<ServerStatistics> value) {
        FunctionCounter.builder(name, this, me -> value.applyAsDouble(me.now()))
                .tag(key, tag)
                .description(text)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String text, ToDoubleFunction<ServerStatistics> value) {
        Gauge.builder(name, this, me -> value.applyAsDouble(me.now()))
                .description(text)
                .strongReference(true)
                .register(registry);
    }

    /** All meters of one look have one state; many looks cost no more than one a second. */
    private synchronized ServerStatistics now() {
        long nanos = nanoTime.getAsLong();
        if (read == null || nanos - readNanos >= FRESH_NANOS) {
            read = server.statistics();
            readNanos = nanos;
        }
        return read;
    }
}
