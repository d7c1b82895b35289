package io.siprec.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.G711;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcTone;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StreamSenderTest {
    private final List<ByteBuffer> packets = new ArrayList<>();

    @ParameterizedTest(name = "{7}")
    @CsvSource(delimiter = '|', textBlock = """
            # codec | first seq |   first ts | place | marker, type |   seq |         ts | why
            PCMU    |        10 |        100 |     0 |         0x80 |    10 |        100 | the first packet has the marker
            PCMU    |        10 |        100 |     1 |         0x00 |    11 |        260 | 160 ticks a packet
            PCMA    |        10 |        100 |     2 |         0x08 |    12 |        420 | the type of A-law
            PCMU    |     65535 |        100 |     1 |         0x00 |     0 |        260 | the sequence number wraps
            PCMU    |        10 | 4294967200 |     1 |         0x00 |    11 |         64 | the timestamp wraps
            PCMU    |     65530 |          0 | 65536 |         0x00 | 65530 |   10485760 | a whole round later
            """)
    void headerFollowsThePlace(
            SrcCodec codec,
            int firstSequence,
            long firstTimestamp,
            long place,
            String markerAndType,
            int sequence,
            long timestamp,
            String why) {
        SrcStream stream = new SrcStream(
                "1", codec, AudioSources.noise(1), 0xFEDC_BA98L, firstSequence, firstTimestamp, packet -> false);
        ByteBuffer packet = send(stream, place);
        assertThat(packet.remaining()).isEqualTo(172);
        assertThat(packet.get(0)).isEqualTo((byte) 0x80);
        assertThat(packet.get(1) & 0xFF).isEqualTo(Integer.decode(markerAndType));
        assertThat(packet.getShort(2) & 0xFFFF).isEqualTo(sequence);
        assertThat(Integer.toUnsignedLong(packet.getInt(4))).isEqualTo(timestamp);
        assertThat(packet.getInt(8)).isEqualTo(0xFEDC_BA98);
    }

    /** RFC 4733 §2.5.1.4: each packet has the time of the beginning, the end comes three times. */
    @Test
    void aToneTakesThePlaceOfTheAudio() {
        SrcStream stream = new SrcStream(
                        "1", SrcCodec.PCMU, AudioSources.noise(1), 1, 65_534, 1_000, place -> place == 3)
                .pressing(new SrcTone(11, 1, 2), new SrcTone(5, 3, 1));
        StreamSender sender = new StreamSender(stream, this::keep);
        for (int place = 0; place < 5; place++) {
            sender.send(place);
        }
        assertThat(packets.stream().map(StreamSenderTest::describe))
                .containsExactly(
                        "128 65534 1000",
                        "229 65535 1160 0b0a00a0",
                        "101 0 1160 0b8a0140",
                        "101 1 1160 0b8a0140",
                        "101 2 1160 0b8a0140",
                        "0 6 1640"); // the end of the other tone was lost three times
        assertThat(sender.sent()).isEqualTo(6);
        assertThat(sender.due()).isEqualTo(9);
        short[] decoded = SentAudio.decoded(stream, 0, 5);
        assertThat(Arrays.copyOfRange(decoded, 160, 640)).containsOnly((short) 0);
    }

    private static String describe(ByteBuffer packet) {
        String header = (packet.get(1) & 0xFF) + " " + (packet.getShort(2) & 0xFFFF) + " " + packet.getInt(4);
        return packet.remaining() > 16 ? header : header + " " + String.format("%08x", packet.getInt(12));
    }

    @ParameterizedTest
    @EnumSource
    void whatARecorderDecodesIsWhatTheReportSays(SrcCodec codec) {
        AudioSource audio = AudioSources.noise(5);
        SrcStream stream = new SrcStream("1", codec, audio, 1, 2, 3, place -> place == 1);
        StreamSender sender = new StreamSender(stream, this::keep);
        for (int place = 0; place < 4; place++) {
            sender.send(place);
        }
        assertThat(packets).hasSize(3);
        short[] expected = SentAudio.decoded(stream, 0, 4);
        assertThat(decoded(codec, packets.get(0))).isEqualTo(Arrays.copyOfRange(expected, 0, 160));
        assertThat(Arrays.copyOfRange(expected, 160, 320)).isEqualTo(new short[160]);
        assertThat(decoded(codec, packets.get(1))).isEqualTo(Arrays.copyOfRange(expected, 320, 480));
        assertThat(decoded(codec, packets.get(2))).isEqualTo(Arrays.copyOfRange(expected, 480, 640));
    }

    @Test
    void codingChangesTheSamplesByNoMoreThanG711Does() {
        SrcStream stream = new SrcStream("1", SrcCodec.PCMU, AudioSources.tone(440, 0.5), 1, 2, 3, place -> false);
        short[] decoded = SentAudio.decoded(stream, 0, 10);
        short[] sent = new short[decoded.length];
        stream.audio().read(0, sent, 0, sent.length);
        for (int i = 0; i < sent.length; i++) {
            assertThat(Math.abs(decoded[i] - sent[i])).isLessThanOrEqualTo(8 + Math.abs(sent[i]) / 16);
        }
    }

    /** The packet at this place, after all that come before it. */
    private ByteBuffer send(SrcStream stream, long place) {
        StreamSender sender = new StreamSender(stream, packet -> {
            packets.clear();
            keep(packet);
        });
        for (long at = 0; at <= place; at++) {
            sender.send(at);
        }
        return packets.get(0);
    }

    private void keep(ByteBuffer packet) {
        packets.add(ByteBuffer.allocate(packet.remaining()).put(packet).flip());
    }

    private static short[] decoded(SrcCodec codec, ByteBuffer packet) {
        short[] samples = new short[packet.remaining() - 12];
        for (int i = 0; i < samples.length; i++) {
            byte code = packet.get(12 + i);
            samples[i] = codec == SrcCodec.PCMU ? G711.decodeUlaw(code) : G711.decodeAlaw(code);
        }
        return samples;
    }
}
