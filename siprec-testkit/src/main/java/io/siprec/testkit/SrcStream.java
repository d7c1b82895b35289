package io.siprec.testkit;

import io.siprec.rtp.srtp.SrtpKeys;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * One media stream of a call.
 *
 * @param label as in the SDP (RFC 4574) and in the metadata
 * @param codec how it is encoded
 * @param audio what is sent, at 8 kHz
 * @param ssrc the source's number (RFC 3550 §3), an unsigned 32-bit number
 * @param firstSequence the sequence number of the first packet, 0 to 65535
 * @param firstTimestamp the timestamp of the first packet, an unsigned 32-bit number
 * @param srtp the keys that its line offers and that it is sent under (RFC 4568); empty for plain RTP
 * @param tones keys that are pressed meanwhile
 * @param lost tells by its place (0, 1, ...) whether a packet is left out, as if the network had lost it
 */
public record SrcStream(
        String label,
        SrcCodec codec,
        AudioSource audio,
        long ssrc,
        int firstSequence,
        long firstTimestamp,
        Optional<SrtpKeys> srtp,
        List<SrcTone> tones,
        LongPredicate lost) {
    private static final long MAX_UNSIGNED_32 = 0xFFFF_FFFFL;

    /** Copies the list, checks the ranges, and that the audio has the codec's rate. */
    public SrcStream {
        requireToken(label);
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(srtp, "srtp");
        Objects.requireNonNull(lost, "lost");
        tones = List.copyOf(tones);
        requireRange("ssrc", ssrc, MAX_UNSIGNED_32);
        requireRange("firstSequence", firstSequence, 0xFFFF);
        requireRange("firstTimestamp", firstTimestamp, MAX_UNSIGNED_32);
        if (audio.sampleRateHz() != AudioSources.SAMPLE_RATE_HZ) {
            throw new IllegalArgumentException(
                    "G.711 has 8000 samples a second, " + audio.description() + " has " + audio.sampleRateHz());
        }
    }

    /** A stream of plain RTP. */
    public SrcStream(
            String label,
            SrcCodec codec,
            AudioSource audio,
            long ssrc,
            int firstSequence,
            long firstTimestamp,
            LongPredicate lost) {
        this(label, codec, audio, ssrc, firstSequence, firstTimestamp, Optional.empty(), List.of(), lost);
    }

    /** The same stream, encrypted under these keys. */
    public SrcStream withSrtp(SrtpKeys keys) {
        return new SrcStream(label, codec, audio, ssrc, firstSequence, firstTimestamp, Optional.of(keys), tones, lost);
    }

    /** The same stream, of which these packets are never sent. */
    public SrcStream losing(LongPredicate lostPackets) {
        return new SrcStream(label, codec, audio, ssrc, firstSequence, firstTimestamp, srtp, tones, lostPackets);
    }

    /** The same stream, on which these keys are pressed. */
    public SrcStream pressing(SrcTone... keys) {
        return new SrcStream(label, codec, audio, ssrc, firstSequence, firstTimestamp, srtp, List.of(keys), lost);
    }

    /** The tone that takes the place of the audio there, if one does. */
    public Optional<SrcTone> toneAt(long place) {
        for (SrcTone tone : tones) {
            if (tone.covers(place)) {
                return Optional.of(tone);
            }
        }
        return Optional.empty();
    }

    /** The same stream under another label. */
    public SrcStream withLabel(String other) {
        return new SrcStream(other, codec, audio, ssrc, firstSequence, firstTimestamp, srtp, tones, lost);
    }

    /** The same stream with another codec. */
    public SrcStream withCodec(SrcCodec other) {
        return new SrcStream(label, other, audio, ssrc, firstSequence, firstTimestamp, srtp, tones, lost);
    }

    private static void requireToken(String label) {
        if (label.isEmpty() || label.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("a label is one word without blanks, was \"" + label + '"');
        }
    }

    private static void requireRange(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " must be 0 to " + max + ", was " + value);
        }
    }
}
