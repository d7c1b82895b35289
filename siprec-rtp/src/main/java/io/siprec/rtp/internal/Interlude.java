package io.siprec.rtp.internal;

import io.siprec.rtp.Gap;

/** What happened since the last audio was placed: it explains the gap before the next. Loop thread only. */
final class Interlude {
    private long lost;
    private long undecodable;
    private boolean withoutAudio;
    private boolean held;
    private boolean paused;
    private boolean reanchored;

    void lost(int packets) {
        lost += packets;
    }

    void undecodable() {
        undecodable++;
    }

    void withoutAudio() {
        withoutAudio = true;
    }

    void held() {
        held = true;
    }

    void paused() {
        paused = true;
    }

    void reanchored() {
        reanchored = true;
    }

    /** True when no packet has come or was lost in between. */
    boolean withoutPackets() {
        return lost == 0 && undecodable == 0 && !withoutAudio;
    }

    void end() {
        lost = 0;
        undecodable = 0;
        withoutAudio = false;
        held = false;
        paused = false;
        reanchored = false;
    }

    /**
     * Adds what lies between {@code from} and {@code to}.
     *
     * @param packetSamples the length of the packet behind it
     * @param eventSamples how much of it telephone events take: what is missing of their packets was no audio
     */
    void explain(GapList gaps, long from, long to, int packetSamples, long eventSamples) {
        Gap.Cause whole = wholeCause();
        if (whole != null) {
            long known = whole.missing() ? 0 : undecodableSamples(packetSamples); // what came beside a hold is known
            long wholeEnd = Math.max(from, to - known);
            gaps.add(from, wholeEnd, whole);
            gaps.add(wholeEnd, to, Gap.Cause.UNDECODABLE);
            return;
        }
        long lostEnd = Math.min(to - eventSamples, from + lost * packetSamples);
        long undecodableEnd = Math.min(to, lostEnd + undecodableSamples(packetSamples));
        gaps.add(from, lostEnd, Gap.Cause.NETWORK);
        gaps.add(lostEnd, undecodableEnd, Gap.Cause.UNDECODABLE);
        gaps.add(undecodableEnd, to, withoutAudio ? Gap.Cause.NO_AUDIO : Gap.Cause.NO_PACKETS);
    }

    /** How long the packets without a decoder are, if they are as long as this one. */
    long undecodableSamples(int packetSamples) {
        return undecodable * packetSamples;
    }

    private Gap.Cause wholeCause() {
        if (paused) {
            return Gap.Cause.PAUSE;
        }
        if (held) {
            return Gap.Cause.HOLD;
        }
        return reanchored ? Gap.Cause.REANCHORED : null;
    }
}
