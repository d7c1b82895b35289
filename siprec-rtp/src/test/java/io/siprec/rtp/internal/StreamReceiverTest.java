package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FORMATS;
import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.OTHER;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.STRANGER;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static io.siprec.rtp.internal.ReceiverRig.join;
import static io.siprec.rtp.internal.ReceiverRig.silence;
import static io.siprec.rtp.internal.ReceiverRig.ulaw;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.G711;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.TimeOrigin;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamReceiverTest {
    private static final Map<Character, InetSocketAddress> SOURCES = Map.of('S', SIGNALLED, 'o', OTHER, 'x', STRANGER);

    /**
     * Each word is a packet: source (S signalled, o and x not), SSRC, sequence. The timestamp follows the sequence. The result
     * is the sequence numbers that were recorded.
     */
    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets                        | recorded        | refused | source | why
        Sa1 Sa2 Sa3                      | 1 2 3           | 0 | S | C177 the signalled source is taken at once
        Sa1                              | 1               | 0 | S | C177 even its only packet
        oa1 oa2 oa3                      | 1 2 3           | 0 | o | C171 two in sequence are taken, the first too
        oa1                              | ''              | 1 | - | C171 a single packet is not recorded
        oa1 oa3 oa4                      | 1 3 4           | 0 | o | C171 none of the probation is lost
        oa2 oa1 oa3                      | 1 2 3           | 0 | o | C171 neighbours in the wrong order will do
        oa1 oa5 oa9                      | ''              | 3 | - | C171 no two in sequence
        oa1 oa9000 oa9001                | 9000 9001       | 1 | o | C171 what is far from the proof is not recorded
        oa1 oa2 xb3 xb4 oa3              | 1 2 3           | 2 | o | C177 a third source is refused
        oa1 xb7 oa2 xb8 oa3              | 1 2 3           | 2 | o | C177 the first to prove itself is taken
        oa1 oa2 Sa3 Sa4 oa5 Sa5          | 1 2 3 4 5       | 1 | S | C177 the signalled source wins when it sends
        Sa1 Sa2 oa3 oa4 oa5 Sa3          | 1 2 3           | 3 | S | C177 nobody takes over from it
        oa1 oa2 Sb50 oa3 Sb51 oa4        | 1 2 3 50 51     | 1 | S | C177 it wins with an SSRC of its own, too
        Sa1 Sa2 Sb9 Sa3                  | 1 2 3           | 1 | S | C171 a single packet of another SSRC
        Sa1 Sa2 Sb9 Sb10 Sb11            | 1 2 9 10 11     | 0 | S | C174 an SSRC change
        Sa1 Sb9 Sa2 Sb10 Sa3 Sb11 Sa4    | 1 2 3 4         | 3 | S | C171 two SSRCs don't take turns
        Sa1 Sa2 Sa5000 Sa3               | 1 2 3           | 1 | S | C171 a single leap is not followed
        Sa1 Sa2 Sa5000 Sa5001            | 1 2 5000 5001   | 0 | S | C171 two in sequence after a leap
        Sa500 Sa501 Sa300 Sa301          | 300 301 500 501 | 0 | S | C171 a leap back by more than 100
        """)
    void C171_C174_C177_takesSources(String packets, String recorded, long refused, char source, String why) {
        ReceiverRig rig =
                new ReceiverRig(new TimeOrigin(), packets.contains("S") ? Optional.of(SIGNALLED) : Optional.empty());
        for (String word : packets.trim().split(" ")) {
            int sequence = Integer.parseInt(word.substring(2));
            InetSocketAddress from = SOURCES.get(word.charAt(0));
            rig.packet(from, word.charAt(1), sequence, (long) sequence * FRAME, mark(sequence));
            rig.sweep(FRAME_NANOS);
        }
        short[] file = rig.finished();
        assertThat(marks(file)).as(why).isEqualTo(recorded.trim());
        StreamStatistics statistics = rig.statistics();
        assertThat(statistics.rejectedSource() + statistics.rejectedSsrc())
                .as(why)
                .isEqualTo(refused);
        assertThat(statistics.source()).isEqualTo(Optional.ofNullable(SOURCES.get(source)));
    }

    /** Neighbours that a network held back for seconds look like a restart, but for their timestamps and that they are missing. */
    @Test
    void C172_stragglersFromFarBackAreLateAndNoRestart() {
        ReceiverRig rig = ReceiverRig.signalled();
        for (int i = 0; i < 300; i++) {
            if (i < 100 || i >= 104) {
                rig.packet(SIGNALLED, 'a', i, (long) i * FRAME, frame(i));
            }
            rig.sweep(FRAME_NANOS);
        }
        for (int i = 300; i < 310; i++) {
            rig.packet(SIGNALLED, 'a', i, (long) i * FRAME, frame(i));
            if (i < 304) {
                rig.packet(SIGNALLED, 'a', i - 200, (i - 200L) * FRAME, frame(i - 200));
            }
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(join(frames(0, 100), silence(4 * FRAME), frames(104, 206)));
        StreamStatistics statistics = rig.statistics();
        assertThat(statistics.late()).isEqualTo(4);
        assertThat(statistics.received()).isEqualTo(310).isEqualTo(statistics.expected());
        assertThat(statistics.rejectedSsrc()).isZero();
        assertThat(statistics.reanchored()).isZero();
    }

    /** 150 packets of 10 ms are 1.5 s. */
    @Test
    void C172_aStragglerOfShortPacketsIsPutAtItsPlace() {
        int half = FRAME / 2;
        ReceiverRig rig = ReceiverRig.signalled();
        short[] sent = frames(0, 150);
        for (int i = 0; i < 300; i++) {
            int number = i == 299 ? 149 : i; // the last one to arrive was held back
            if (i != 149) {
                short[] pcm = Arrays.copyOfRange(sent, number * half, (number + 1) * half);
                rig.packet(SIGNALLED, 'a', number, (long) number * half, pcm);
            }
            rig.sweep(FRAME_NANOS / 2);
        }
        assertThat(rig.finished()).isEqualTo(Arrays.copyOf(sent, 299 * half));
        assertThat(rig.statistics().late()).isZero();
    }

    @ParameterizedTest(name = "C177 strict: {4}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets; N: the answer names o | recorded | refused | source | why
        Sa1 Sa2 Sa3                      | 1 2 3    | 0       | S      | the signalled source
        oa1 oa2 oa3 Sa4                  | 4        | 3       | S      | another one proves nothing
        Sa1 oa2 oa3 Sa2                  | 1 2      | 2       | S      | nor beside it
        oa1 oa2 N oa3                    | 1 2 3    | 0       | o      | what came early from whom the answer names
        xa1 xa2 oa1 N xa3 oa2            | 1 2      | 3       | o      | and nothing of others
        oa1 oa2 oa3                      | ''       | 3       | -      | nobody was named
        Sa1 Sa2 N Sa3 oa4 oa5            | 1 2 4 5  | 1       | o      | a new address is obeyed at once
        """)
    void C177_strictTakesTheSignalledSourceOnly(
            String packets, String recorded, long refused, char source, String why) {
        Optional<InetSocketAddress> signalled = packets.contains("S") ? Optional.of(SIGNALLED) : Optional.empty();
        ReceiverRig rig = new ReceiverRig(new TimeOrigin(), signalled, SourceRule.STRICT);
        for (String word : packets.trim().split(" ")) {
            if (word.equals("N")) {
                rig.receiver.update(FORMATS, Optional.of(OTHER), true, rig.nowNanos);
            } else {
                int sequence = Integer.parseInt(word.substring(2));
                rig.packet(SOURCES.get(word.charAt(0)), 7, sequence, (long) sequence * FRAME, mark(sequence));
            }
            rig.sweep(FRAME_NANOS);
        }
        assertThat(marks(rig.finished())).as(why).isEqualTo(recorded.trim());
        assertThat(rig.statistics().rejectedSource()).as(why).isEqualTo(refused);
        assertThat(rig.statistics().source()).isEqualTo(Optional.ofNullable(SOURCES.get(source)));
    }

    /** A frame whose two first samples name a number in base 100. */
    private static short[] mark(int number) {
        short[] pcm = silence(FRAME);
        pcm[0] = G711.decodeUlaw((byte) (number / 100));
        pcm[1] = G711.decodeUlaw((byte) (number % 100));
        return pcm;
    }

    private static String marks(short[] file) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int i = 0; i + 1 < file.length; i++) {
            if (file[i] != 0) {
                numbers.add((G711.encodeUlaw(file[i]) & 0xff) * 100 + (G711.encodeUlaw(file[++i]) & 0xff));
            }
        }
        return numbers.toString().replaceAll("[\\[\\],]", "");
    }

    @Test
    void C177_C189_audioThatOvertakesTheAnswerIsRecordedOnceTheAnswerNamesItsSource() {
        ReceiverRig rig = new ReceiverRig(new TimeOrigin(), Optional.empty());
        rig.packet(STRANGER, 'b', 70, 0, mark(70));
        rig.packet(OTHER, 'a', 1, FRAME, mark(1));
        rig.sweep(FRAME_NANOS);
        rig.receiver.update(FORMATS, Optional.of(OTHER), true, rig.nowNanos);
        rig.packet(OTHER, 'a', 2, 2 * FRAME, mark(2));

        assertThat(marks(rig.finished())).isEqualTo("1 2");
        assertThat(rig.statistics().rejectedSource()).isEqualTo(1);
    }

    @Test
    void C170_payloadTypeMayChangeFromPacketToPacket() {
        ReceiverRig rig = ReceiverRig.signalled();
        byte[] alaw = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            alaw[i] = (byte) i;
        }
        short[] decoded = new short[FRAME];
        G711.decodeAlaw(alaw, 0, FRAME, decoded, 0);
        rig.packet(SIGNALLED, 1, 0, 1, 0, ulaw(frame(1)));
        rig.packet(SIGNALLED, 1, 8, 2, FRAME, alaw);
        rig.packet(SIGNALLED, 1, 99, 3, 2 * FRAME, alaw);
        rig.packet(SIGNALLED, 1, 0, 3, 2 * FRAME, ulaw(frame(3)));
        assertThat(rig.finished()).as("C170").isEqualTo(join(frame(1), decoded, frame(3)));
        assertThat(rig.statistics().rejectedPayloadType()).isEqualTo(1);
        assertThat(rig.statistics().lost()).isZero();
    }

    @Test
    void whatCantBeDecodedIsCounted() {
        ReceiverRig rig = ReceiverRig.signalled();
        rig.packet(SIGNALLED, 1, 18, 1, 0, new byte[20]);
        rig.packet(SIGNALLED, 1, 0, 2, FRAME, new byte[4_097]);
        rig.packet(SIGNALLED, 1, 0, 3, 2 * FRAME, new byte[0]);
        assertThat(rig.finished()).isEmpty();
        assertThat(rig.statistics().undecodable()).isEqualTo(2);
        assertThat(rig.statistics().received()).isEqualTo(3);
        assertThat(rig.timeline.firstSample()).isEmpty();
    }

    @Test
    void C190_inactiveLinesStoreNothingAndTheRestIsNotLost() {
        ReceiverRig rig = ReceiverRig.signalled();
        for (int i = 0; i < 5_000; i++) {
            if (i == 50 || i == 4_950) {
                rig.receiver.update(FORMATS, Optional.of(SIGNALLED), i != 50, rig.nowNanos);
            }
            rig.packet(SIGNALLED, 1, i, (long) i * FRAME, frame(i));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).as("C190").isEqualTo(join(frames(0, 50), silence(4_900 * FRAME), frames(4_950, 50)));
        assertThat(rig.statistics().rejectedInactive()).isEqualTo(4_900);
        assertThat(rig.statistics().lost()).isZero();
    }

    @Test
    void C177_aSourceThatMovesElsewhereThanItSaidIsFoundAfterAnUpdate() {
        ReceiverRig rig = new ReceiverRig(new TimeOrigin(), Optional.of(SIGNALLED));
        rig.packet(SIGNALLED, 1, 1, 0, frame(1));
        InetSocketAddress announced = new InetSocketAddress("198.51.100.9", 9);
        rig.receiver.update(FORMATS, Optional.of(announced), true, rig.nowNanos);
        rig.packet(SIGNALLED, 1, 2, FRAME, frame(2));
        rig.packet(OTHER, 1, 3, 2 * FRAME, frame(3));
        rig.packet(OTHER, 1, 4, 3 * FRAME, frame(4));
        rig.packet(STRANGER, 1, 5, 4 * FRAME, frame(5));
        rig.packet(STRANGER, 1, 6, 5 * FRAME, frame(6));
        assertThat(rig.finished()).isEqualTo(frames(1, 4));
        assertThat(rig.statistics().rejectedSource()).isEqualTo(2);
        assertThat(rig.statistics().source()).contains(OTHER);
    }

    @Test
    void C177_longAfterAnUpdateNobodyTakesOver() {
        ReceiverRig rig = ReceiverRig.signalled();
        rig.packet(SIGNALLED, 1, 1, 0, frame(1));
        rig.receiver.update(FORMATS, Optional.of(new InetSocketAddress("198.51.100.9", 9)), true, rig.nowNanos);
        rig.sweep(11_000_000_000L);
        rig.packet(OTHER, 1, 2, FRAME, frame(3));
        rig.packet(OTHER, 1, 3, 2 * FRAME, frame(4));
        assertThat(rig.finished()).isEqualTo(frame(1));
        assertThat(rig.statistics().rejectedSource()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} is no address to wait for")
    @CsvSource({"0.0.0.0, 4000", "192.0.2.1, 0"})
    void unusableSignalledAddressesAreAsNone(String host, int port) {
        ReceiverRig rig = new ReceiverRig(new TimeOrigin(), Optional.of(new InetSocketAddress(host, port)));
        rig.packet(new InetSocketAddress(host, port), 1, 1, 0, frame(1));
        assertThat(rig.statistics().received()).isZero();
        rig.packet(new InetSocketAddress(host, port), 1, 2, FRAME, frame(2));
        assertThat(rig.statistics().received()).isEqualTo(2);
    }

    @Test
    void garbageIsCountedAndChangesNothing() {
        ReceiverRig rig = ReceiverRig.signalled();
        rig.packet(SIGNALLED, 1, 1, 0, frame(1));
        rig.datagram(SIGNALLED, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        rig.datagram(SIGNALLED, ByteBuffer.wrap(new byte[0]));
        rig.datagram(SIGNALLED, ByteBuffer.wrap(new byte[StreamReceiver.MAX_DATAGRAM_BYTES + 1]));
        rig.packet(SIGNALLED, 1, 2, FRAME, frame(2));
        assertThat(rig.finished()).isEqualTo(frames(1, 2));
        assertThat(rig.statistics().malformed()).isEqualTo(3);
    }

    @Test
    void C171_C175_aThousandSsrcsOnOnePortGarbleNothing() {
        ReceiverRig rig = ReceiverRig.signalled();
        for (int i = 0; i < 1_000; i++) {
            rig.packet(SIGNALLED, 7, i, (long) i * FRAME, frame(i));
            rig.packet(SIGNALLED, 1_000 + i, i, 99L * i, frame(i + 50));
            rig.packet(STRANGER, 3_000 + i, i, 99L * i, frame(i + 50));
            rig.packet(STRANGER, 7, i, (long) i * FRAME, frame(i + 50));
            rig.sweep(FRAME_NANOS);
        }
        assertThat(rig.finished()).isEqualTo(frames(0, 1_000));
        assertThat(rig.statistics().rejectedSsrc()).isEqualTo(1_000);
        assertThat(rig.statistics().rejectedSource()).isEqualTo(2_000);
        assertThat(rig.statistics().reanchored()).isZero();
    }

    @Test
    void hostileSendersAreSurvivedAndEveryPacketIsCountedOnce() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ReceiverRig rig =
                    new ReceiverRig(new TimeOrigin(), random.nextBoolean() ? Optional.of(SIGNALLED) : Optional.empty());
            for (int i = 0; i < 5_000; i++) {
                attack(rig, random);
            }
            short[] file = rig.finished();
            StreamStatistics all = rig.statistics();
            assertThat(all.received()
                            + all.duplicates()
                            + all.rejectedSource()
                            + all.rejectedSsrc()
                            + all.rejectedPaused()
                            + all.rejectedPayloadType()
                            + all.rejectedInactive()
                            + all.malformed())
                    .as("seed %d", seed)
                    .isEqualTo(rig.counters.datagrams)
                    .isEqualTo(5_000);
            long elapsedSamples = (rig.nowNanos - 5_000_000_000L) / 125_000;
            assertThat((long) file.length).isLessThan(elapsedSamples + 5_000L * FRAME + 100_000);
        }
    }

    private static void attack(ReceiverRig rig, Random random) {
        InetSocketAddress source = random.nextInt(5) == 0 ? OTHER : SIGNALLED;
        byte[] payload = new byte[random.nextInt(FRAME)];
        random.nextBytes(payload);
        ByteBuffer datagram = new RtpPacketWriter()
                .payloadType(random.nextInt(4) == 0 ? random.nextInt(128) : 0)
                .sequence(random.nextInt(10) == 0 ? random.nextInt() : (int) (rig.nowNanos / FRAME_NANOS))
                .timestamp(random.nextInt(10) == 0 ? random.nextInt() : rig.nowNanos / 125_000)
                .ssrc(random.nextInt(20) == 0 ? random.nextInt(3) : 7)
                .packet(payload);
        if (random.nextInt(10) == 0) {
            datagram.put(0, (byte) random.nextInt());
        }
        rig.datagram(source, datagram);
        if (random.nextInt(2) == 0) {
            rig.sweep(random.nextInt(100) == 0 ? 3_000_000_000L : FRAME_NANOS);
        }
        if (random.nextInt(200) == 0) {
            rig.receiver.pause();
        } else if (random.nextInt(50) == 0 && rig.receiver.paused()) {
            rig.receiver.resume();
        }
        if (random.nextInt(200) == 0) {
            rig.receiver.update(FORMATS, Optional.of(OTHER), random.nextInt(3) != 0, rig.nowNanos);
        }
    }
}
