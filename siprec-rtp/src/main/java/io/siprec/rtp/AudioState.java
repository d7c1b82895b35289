package io.siprec.rtp;

import io.siprec.rtp.StreamStatistics.Listening;

/** What a stream brings, and where it brings no audio, why: told from two readings of its counters. */
public enum AudioState {
    /** Audio that isn't silent. */
    AUDIO,
    /** The line is inactive: nothing is expected. */
    INACTIVE,
    /** We have paused the recording. */
    PAUSED,
    /** Audio came, all of it digital silence: the same value throughout, or next to nothing (-72 dBov). */
    DIGITAL_SILENCE,
    /** Packets came that no decoder here takes. */
    UNDECODABLE,
    /** Comfort noise only (RFC 3389). */
    COMFORT_NOISE,
    /** Telephone events only (RFC 4733). */
    EVENTS,
    /** Packets came from an address that isn't the accepted source. */
    WRONG_SOURCE,
    /** Packets came from the accepted source with an SSRC that didn't prove itself. */
    WRONG_SSRC,
    /** Packets came with a payload type that was not negotiated. */
    WRONG_PAYLOAD_TYPE,
    /** What came is no SRTP under the keys that were negotiated, or came again. */
    SRTP_FAILING,
    /** What came is no RTP. */
    MALFORMED,
    /** The same packets came again and again, or none of them was of use. */
    NOTHING_NEW,
    /** No packet reached the port. */
    NOTHING_RECEIVED;

    /** True where audio should come and doesn't. */
    public boolean unexplained() {
        return this != AUDIO && this != INACTIVE && this != PAUSED;
    }

    /**
     * What came between two readings of one stream. Where several things came, the one nearest to audio; of refusals the most
     * frequent.
     */
    public static AudioState between(StreamStatistics before, StreamStatistics after) {
        long audio = after.content().audio() - before.content().audio();
        long silent = after.content().silent() - before.content().silent();
        if (audio > 0) {
            return audio > silent ? AUDIO : DIGITAL_SILENCE;
        }
        if (after.listening() != Listening.RECEIVING) {
            return after.listening() == Listening.PAUSED ? PAUSED : INACTIVE;
        }
        if (after.undecodable() > before.undecodable()) {
            return UNDECODABLE;
        }
        if (after.content().comfortNoise() > before.content().comfortNoise()) {
            return COMFORT_NOISE;
        }
        return after.content().events() > before.content().events() ? EVENTS : refused(before, after);
    }

    private static AudioState refused(StreamStatistics before, StreamStatistics after) {
        long[] counts = {
            after.rejectedSource() - before.rejectedSource(),
            after.rejectedSsrc() - before.rejectedSsrc(),
            after.rejectedPayloadType() - before.rejectedPayloadType(),
            after.rejectedAuthentication()
                    - before.rejectedAuthentication()
                    + after.rejectedReplay()
                    - before.rejectedReplay(),
            after.malformed() - before.malformed()
        };
        AudioState[] states = {WRONG_SOURCE, WRONG_SSRC, WRONG_PAYLOAD_TYPE, SRTP_FAILING, MALFORMED};
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        if (counts[most] > 0) {
            return states[most];
        }
        return after.arrival().datagrams() > before.arrival().datagrams() ? NOTHING_NEW : NOTHING_RECEIVED;
    }
}
