package io.siprec.testkit;

import io.siprec.testkit.internal.SentAudio;
import java.time.Duration;
import java.util.Objects;

/**
 * A time in which a stream was sent without a change; holds, moves and changes of codec, label or source begin a new one.
 *
 * @param stream as it was sent then
 * @param firstPlace where it began: packets of 20 ms since the call's audio did
 * @param packets whose time had come: those sent, and those left out on purpose or refused by the network
 */
public record SrcPhase(SrcStream stream, long firstPlace, long packets) {
    /** Checks that all is there. */
    public SrcPhase {
        Objects.requireNonNull(stream, "stream");
    }

    /** How much audio it has. */
    public Duration duration() {
        return SrcCallSettings.PACKET_TIME.multipliedBy(packets);
    }

    /** The samples that a recorder of everything has of it. Computed at each call. */
    public short[] samples() {
        return SentAudio.decoded(stream, firstPlace, packets);
    }
}
