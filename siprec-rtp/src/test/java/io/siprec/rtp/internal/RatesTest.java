package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.G711;
import io.siprec.rtp.Gap;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose rate is that of their codec, and codecs that take turns in one file. */
class RatesTest {
    private static final List<AudioFormat> FORMATS = List.of(
            new AudioFormat(9, "G722", 8_000), new AudioFormat(0, "PCMU", 8_000), new AudioFormat(96, "L16", 44_100));

    /** Each packet repeats the audio of the one before it in front of its own. */
    public static final class Repeating implements AudioCodec {
        @Override
        public String encoding() {
            return "x-repeating";
        }

        @Override
        public int clockRateHz() {
            return 8_000;
        }

        @Override
        public int sampleRateHz() {
            return 8_000;
        }

        @Override
        public AudioDecoder newDecoder() {
            return new AudioDecoder() {
                @Override
                public int decode(ByteBuffer payload, short[] pcm) {
                    return ulaw(payload, payload.limit() - FRAME, pcm);
                }

                @Override
                public int recover(ByteBuffer next, short[] pcm) {
                    return next.remaining() < 2 * FRAME ? 0 : ulaw(next, next.position(), pcm);
                }
            };
        }

        private static int ulaw(ByteBuffer payload, int from, short[] pcm) {
            for (int i = 0; i < FRAME; i++) {
                pcm[i] = G711.decodeUlaw(payload.get(from + i));
            }
            return FRAME;
        }
    }

    @Test
    void C194_aLostPacketIsRecoveredFromTheNext() {
        rig.receiver.update(
                List.of(new AudioFormat(97, "X-Repeating", 8_000)), Optional.of(SIGNALLED), true, rig.nowNanos);
        for (int i = 0; i < 60; i++) {
            boolean lost = i == 20 || i == 30 || i == 31 || i == 40;
            if (!lost) {
                byte[] own = ReceiverRig.ulaw(frame(i));
                byte[] both = Arrays.copyOf(ReceiverRig.ulaw(frame(i - 1 & 0xff)), 2 * FRAME);
                System.arraycopy(own, 0, both, FRAME, FRAME);
                rig.packet(SIGNALLED, 7, 97, i, (long) i * FRAME, i == 41 ? own : both);
            }
            rig.sweep(FRAME_NANOS);
        }
        short[] expected = frames(0, 60);
        Arrays.fill(expected, 30 * FRAME, 31 * FRAME, (short) 0);
        Arrays.fill(expected, 40 * FRAME, 41 * FRAME, (short) 0);
        assertThat(rig.finished()).isEqualTo(expected);
        assertThat(rig.timeline.gaps())
                .as("the first of two, and one that the next doesn't repeat")
                .containsExactly(
                        new Gap(30 * FRAME, FRAME, Gap.Cause.NETWORK), new Gap(40 * FRAME, FRAME, Gap.Cause.NETWORK));
        assertThat(rig.statistics().content().recovered()).isEqualTo(2);
        assertThat(rig.statistics().lost()).as("lost all the same").isEqualTo(4);
    }

    /** It throws where it should say that it can't decode: that is an error of its own, and told, but the audio is missing. */
    @Test
    void audioOfADecoderThatFailsIsMissing() {
        rig.receiver.update(
                List.of(new AudioFormat(97, "X-Repeating", 8_000)), Optional.of(SIGNALLED), true, rig.nowNanos);
        for (int i = 0; i < 10; i++) {
            byte[] payload = i == 4 ? new byte[FRAME / 2] : ReceiverRig.ulaw(frame(i));
            try {
                rig.packet(SIGNALLED, 7, 97, i, (long) i * FRAME, payload);
                assertThat(i).isNotEqualTo(4);
            } catch (IndexOutOfBoundsException e) {
                assertThat(i).isEqualTo(4);
            }
            rig.sweep(FRAME_NANOS);
        }
        rig.finished();
        assertThat(rig.timeline.gaps()).containsExactly(new Gap(4 * FRAME, FRAME, Gap.Cause.UNDECODABLE));
        assertThat(rig.statistics().undecodable()).isEqualTo(1);
    }

    private final ReceiverRig rig = ReceiverRig.signalled();
    private final Random random = new Random(722);

    private void negotiated() {
        rig.receiver.update(FORMATS, Optional.of(SIGNALLED), true, rig.nowNanos);
    }

    private byte[] g722() {
        byte[] payload = new byte[FRAME];
        random.nextBytes(payload);
        return payload;
    }

    private static short[] decoded(AudioDecoder decoder, byte[] payload) {
        short[] pcm = new short[2 * FRAME];
        assertThat(decoder.decode(ByteBuffer.wrap(payload), pcm)).isEqualTo(2 * FRAME);
        return pcm;
    }

    @Test
    void C192_g722FillsAFileOf16KilohertzByAClockOf8() {
        negotiated();
        AudioDecoder decoder = AudioCodecs.find("G722", 8_000, 1).orElseThrow().newDecoder();
        short[] expected = new short[0];
        for (int i = 0; i < 200; i++) {
            byte[] payload = g722();
            boolean lost = i == 50 || i == 51;
            expected = ReceiverRig.join(expected, lost ? new short[2 * FRAME] : decoded(decoder, payload));
            if (!lost) {
                rig.packet(SIGNALLED, 7, 9, 65_500 + i, 0xffff_f000L + i * FRAME, payload);
            }
            if (i == 100) {
                negotiated(); // the same again: the decoder goes on
            }
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(expected);
        assertThat(rig.fileRateHz).isEqualTo(16_000);
        assertThat(rig.timeline.sampleRateHz()).isEqualTo(16_000);
        assertThat(rig.timeline.gaps()).containsExactly(new Gap(50 * 2 * FRAME, 4 * FRAME, Gap.Cause.NETWORK));
        assertThat(rig.statistics().reanchored()).isZero();
        assertThat(rig.timeline.timestampOfFileStart()).hasValue(0xffff_f000L);
    }

    @Test
    void C170_aLowerRateAfterAHigherIsBroughtUpInItsPlace() {
        negotiated();
        rig.packet(SIGNALLED, 7, 9, 0, 0, g722());
        for (int i = 1; i < 50; i++) {
            rig.packet(SIGNALLED, 7, 0, i, (long) i * FRAME, ReceiverRig.ulaw(frame(i)));
            rig.sweep(FRAME_NANOS);
        }
        short[] file = rig.finished();
        assertThat(file).hasSize(50 * 2 * FRAME);
        short[] exact = frames(1, 49);
        for (int i = 0; i < exact.length; i++) {
            assertThat(file[2 * FRAME + 2 * i + 1]).isEqualTo(exact[i]);
        }
        assertThat(rig.timeline.gaps()).isEmpty();
    }

    @Test
    void C170_aHigherRateAfterALowerIsBroughtDown() {
        negotiated();
        rig.packet(SIGNALLED, 7, 0, 0, 0, ReceiverRig.ulaw(frame(0)));
        byte[] payload = g722();
        rig.packet(SIGNALLED, 7, 9, 1, FRAME, payload);
        short[] wide = decoded(AudioCodecs.find("G722", 8_000, 1).orElseThrow().newDecoder(), payload);
        short[] file = rig.finished();
        assertThat(rig.fileRateHz).isEqualTo(8_000);
        assertThat(Arrays.copyOf(file, FRAME)).isEqualTo(frame(0));
        for (int i = 0; i < FRAME; i++) {
            assertThat(file[FRAME + i]).isEqualTo((short) ((wide[2 * i] + wide[2 * i + 1]) / 2));
        }
    }

    @Test
    void anotherClockIsAnchoredOnArrivalAndRatesThatDontFitAreUndecodable() {
        negotiated();
        rig.packet(SIGNALLED, 7, 96, 0, 1_000_000, new byte[2 * 882]);
        rig.sweep(FRAME_NANOS);
        rig.packet(SIGNALLED, 7, 96, 1, 1_000_882, new byte[2 * 882]);
        rig.sweep(FRAME_NANOS);
        rig.packet(SIGNALLED, 7, 0, 2, 5, ReceiverRig.ulaw(frame(0)));
        assertThat(rig.finished()).hasSize(2 * 882);
        assertThat(rig.fileRateHz).isEqualTo(44_100);
        assertThat(rig.statistics().undecodable()).isEqualTo(1);
    }

    /** As when a call is transcoded differently from now on: no packet is missing, so neither is audio. */
    @Test
    void C170_audioOfAnotherClockGoesOnWhereTheLastEnded() {
        rig.receiver.update(
                List.of(new AudioFormat(0, "PCMU", 8_000), new AudioFormat(97, "L16", 16_000)),
                Optional.of(SIGNALLED),
                true,
                rig.nowNanos);
        for (int i = 0; i < 60; i++) {
            boolean wide = i / 7 % 2 == 1;
            long timestamp = wide ? 5_000_000_000L + i * 2L * FRAME & 0xffff_ffffL : (long) i * FRAME;
            byte[] payload = wide ? new byte[4 * FRAME] : ReceiverRig.ulaw(frame(i));
            rig.packet(SIGNALLED, 7, wide ? 97 : 0, i, timestamp, payload);
            if (i % 4 == 3) { // now and then, as packets and sweeps are
                rig.sweep(4 * FRAME_NANOS);
            }
        }
        assertThat(rig.finished()).hasSize(60 * FRAME * rig.fileRateHz / 8_000);
        assertThat(rig.timeline.gaps()).isEmpty();
        assertThat(rig.statistics().reanchored()).isZero();
    }

    @Test
    void C173_silenceBeforeAudioOfAnotherClockKeepsItsLength() {
        rig.receiver.update(
                List.of(new AudioFormat(0, "PCMU", 8_000), new AudioFormat(97, "L16", 16_000)),
                Optional.of(SIGNALLED),
                true,
                rig.nowNanos);
        rig.packet(SIGNALLED, 7, 0, 0, 0, ReceiverRig.ulaw(frame(0)));
        for (int i = 0; i < 50; i++) {
            rig.sweep(FRAME_NANOS);
        }
        rig.packet(SIGNALLED, 7, 97, 1, 77, new byte[4 * FRAME]);
        assertThat(rig.finished()).hasSize(51 * FRAME * rig.fileRateHz / 8_000);
        assertThat(rig.timeline.gaps()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} to {1}: {2} becomes {3}")
    @CsvSource(delimiter = '|', textBlock = """
        8000  | 8000  | 1 2 3       | 1 2 3
        8000  | 16000 | 10 20 0     | 5 10 15 20 10 0
        8000  | 48000 | 6 -6        | 1 2 3 4 5 6 4 2 0 -2 -4 -6
        48000 | 16000 | 3 6 9 -3 0 3 | 6 0
        16000 | 8000  | 1 3 7       | 2
        """)
    void ratesAreConverted(int from, int to, String samples, String converted) {
        short[] pcm = new short[16];
        String[] words = samples.trim().split(" ");
        for (int i = 0; i < words.length; i++) {
            pcm[i] = Short.parseShort(words[i]);
        }
        int length = RateConverter.between(from, to).convert(pcm, words.length);
        String[] result = new String[length];
        for (int i = 0; i < length; i++) {
            result[i] = Short.toString(pcm[i]);
        }
        assertThat(String.join(" ", result)).isEqualTo(converted);
        assertThat(RateConverter.between(44_100, 8_000)).isNull();
    }

    @Test
    void linesGoOnFromPacketToPacket() {
        RateConverter converter = RateConverter.between(8_000, 16_000);
        short[] pcm = {10, 20, 0, 0};
        converter.convert(pcm, 2);
        pcm[0] = 40;
        assertThat(converter.convert(pcm, 1)).isEqualTo(2);
        assertThat(pcm).startsWith((short) 30, (short) 40);
        assertThat(converter.convert(new short[3], 2)).as("no room").isEqualTo(-1);
    }
}
