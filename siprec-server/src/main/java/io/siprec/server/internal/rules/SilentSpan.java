package io.siprec.server.internal.rules;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.rtp.AudioState;
import io.siprec.rtp.StreamStatistics;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * A time in which a stream should have carried audio and didn't.
 *
 * @param before the counters at its start
 * @param after the counters at its end
 */
record SilentSpan(AudioState state, StreamStatistics before, StreamStatistics after, Duration length) {
    /** Comfort noise is sent once in a while: with none in this span, it still is what the silence comes from. */
    AudioState reason() {
        return state == AudioState.NOTHING_RECEIVED && after.inComfortNoise() ? AudioState.COMFORT_NOISE : state;
    }

    /** @param name of the stream */
    Finding finding(String name) {
        String start = name + " should carry audio and had none for " + CallWatch.text(length) + ": ";
        return switch (reason()) {
            case NOTHING_RECEIVED ->
                Finding.of(FindingCode.RTP_NOTHING_RECEIVED, start + "no packet reached its port" + earlier());
            case WRONG_SOURCE ->
                Finding.of(
                        FindingCode.RTP_WRONG_SOURCE,
                        start + packets(StreamStatistics::rejectedSource) + " came from another address than "
                                + source());
            case WRONG_SSRC ->
                Finding.of(
                        FindingCode.RTP_WRONG_SSRC,
                        start + packets(StreamStatistics::rejectedSsrc)
                                + " came with an SSRC that no second packet in sequence confirmed");
            case WRONG_PAYLOAD_TYPE ->
                Finding.of(
                        FindingCode.RTP_WRONG_PAYLOAD_TYPE,
                        start + packets(StreamStatistics::rejectedPayloadType)
                                + " came with a payload type that was not negotiated");
            case SRTP_FAILING ->
                Finding.of(
                        FindingCode.SRTP_FAILING,
                        start
                                + packets(counters -> counters.rejectedAuthentication() + counters.rejectedReplay())
                                + " came that are no SRTP under its a=crypto, or came again");
            case MALFORMED ->
                Finding.of(
                        FindingCode.RTP_MALFORMED,
                        start + packets(StreamStatistics::malformed) + " came that are no RTP");
            case UNDECODABLE ->
                Finding.of(
                        FindingCode.RTP_UNDECODABLE,
                        start + packets(StreamStatistics::undecodable) + " came that could not be decoded");
            case COMFORT_NOISE -> Finding.of(FindingCode.RTP_COMFORT_NOISE_ONLY, start + "only comfort noise came");
            case EVENTS -> Finding.of(FindingCode.RTP_EVENTS_ONLY, start + "only telephone events came");
            case DIGITAL_SILENCE ->
                Finding.of(
                        FindingCode.RTP_DIGITAL_SILENCE,
                        start + packets(counters -> counters.content().silent()) + " came, all of them silent");
            case NOTHING_NEW ->
                Finding.of(
                        FindingCode.RTP_NOTHING_NEW,
                        start + packets(counters -> counters.arrival().datagrams())
                                + " came, all of them again or of no use");
            case AUDIO, INACTIVE, PAUSED -> throw new IllegalStateException("no silence: " + state);
        };
    }

    private String packets(ToLongFunction<StreamStatistics> counter) {
        long count = counter.applyAsLong(after) - counter.applyAsLong(before);
        return count == 1 ? "1 packet" : count + " packets";
    }

    private String earlier() {
        return after.received() == 0 ? ", since the beginning" : ", after " + after.received() + " before";
    }

    private String source() {
        return after.source()
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .orElse("the one expected");
    }
}
