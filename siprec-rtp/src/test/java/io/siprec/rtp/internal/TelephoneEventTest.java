package io.siprec.rtp.internal;

import static io.siprec.rtp.internal.ReceiverRig.FRAME;
import static io.siprec.rtp.internal.ReceiverRig.FRAME_NANOS;
import static io.siprec.rtp.internal.ReceiverRig.SIGNALLED;
import static io.siprec.rtp.internal.ReceiverRig.frame;
import static io.siprec.rtp.internal.ReceiverRig.frames;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.AudioFrame;
import io.siprec.rtp.EventSettings;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.TelephoneEvent;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.internal.event.TelephoneEvents;
import io.siprec.rtp.internal.tap.StreamTaps;
import io.siprec.rtp.internal.tap.TapPump;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of telephone events and of the audio beside them, on a clock moved by hand. */
class TelephoneEventTest {
    private static final long SSRC = 0xbeadL;
    private static final long BASE = 0xffff_ff00L; // the timestamps wrap at once
    private static final int EVENT = 101;
    private static final int END = 0x80;

    private ReceiverRig rig = ReceiverRig.signalled();
    private final List<TelephoneEvent> told = new ArrayList<>();
    private int sequence = 65_530;
    private int frames; // of 20 ms, that have passed

    private TelephoneEventTest listen(boolean masked) {
        rig.timeline.events().configure(new EventSettings(masked, told::add));
        return this;
    }

    private void pass() {
        frames++;
        rig.sweep(FRAME_NANOS);
    }

    private void audio() {
        rig.packet(SIGNALLED, SSRC, sequence++, BASE + (long) frames * FRAME, frame(frames));
        pass();
    }

    private void event(int code, long start, int ticks, boolean end, boolean marker) {
        packet(BASE + start, marker, block(code, ticks, end));
    }

    private static byte[] block(int code, int ticks, boolean end) {
        return new byte[] {(byte) code, (byte) (10 | (end ? END : 0)), (byte) (ticks >> 8), (byte) ticks};
    }

    private void packet(long timestamp, boolean marker, byte[] payload) {
        ByteBuffer datagram = new RtpPacketWriter()
                .payloadType(EVENT)
                .sequence(sequence++)
                .timestamp(timestamp)
                .ssrc(SSRC)
                .packet(payload);
        if (marker) {
            datagram.put(1, (byte) (datagram.get(1) | 0x80));
        }
        rig.datagram(SIGNALLED, datagram);
        pass();
    }

    /** A tone of the newest frame on: a packet each 20 ms, then two repeats of the last. */
    private void tone(int code, int packets, int ends) {
        long start = (long) frames * FRAME;
        for (int i = 1; i < packets; i++) {
            event(code, start, i * FRAME, false, i == 1);
        }
        for (int i = 0; i < 3; i++) {
            if (i < ends) {
                event(code, start, packets * FRAME, true, false);
                if (i > 0) {
                    frames--; // repeats take no time of the audio
                }
            } else {
                sequence++;
            }
        }
        frames += ends == 0 ? 1 : 0;
    }

    private static String describe(TelephoneEvent event) {
        return event.key() + "@" + event.offset().toMillis() + "+"
                + event.duration().toMillis() + (event.endSeen() ? "" : "?");
    }

    private static String describe(List<TelephoneEvent> events) {
        return events.stream().map(TelephoneEventTest::describe).collect(Collectors.joining(" "));
    }

    private String listed() {
        return describe(rig.timeline.events().list().listed());
    }

    /**
     * Each word takes 20 ms: a audio, . nothing, - a packet lost, else an event packet {@code key:start:duration} in frames, with m
     * for the marker and e for the end. A group in brackets is one payload.
     */
    private void play(String words) {
        for (String word : words.trim().split(" +")) {
            switch (word) {
                case "a" -> audio();
                case "." -> pass();
                case "-" -> {
                    sequence++;
                    pass();
                }
                default -> eventWord(word);
            }
        }
    }

    private void eventWord(String word) {
        String flags = word.replaceAll("[^me]", "");
        String[] blocks = word.replaceAll("[\\[\\]me]", "").split(",");
        ByteBuffer payload = ByteBuffer.allocate(4 * blocks.length);
        long start = Long.parseLong(blocks[0].split(":")[1]);
        for (int i = 0; i < blocks.length; i++) {
            String[] fields = blocks[i].split(":");
            boolean end = flags.contains("e") && i == blocks.length - 1;
            payload.put(block(Integer.parseInt(fields[0]), Integer.parseInt(fields[2]) * FRAME, end));
        }
        packet(BASE + start * FRAME, flags.contains("m"), payload.array());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets                                              | events              | why
        a a 5:2:1m 5:2:2 5:2:3e 5:2:3e 5:2:3e a                | 5@40+60             | RFC 4733 §2.5.1.4: the end comes three times
        a a 5:2:1m 5:2:2 5:2:3e a a                            | 5@40+60             | two of the three ends are lost
        a a 5:2:1m 5:2:2 5:2:3 - - - a a                       | 5@40+60?            | all ends are lost
        a a - - 5:2:3e 5:2:3e a                                | 5@40+60             | only ends came
        a a 5:2:3e a a                                         | 5@40+60             | one packet in all
        a a 5:2:1m 5:2:2 5:2:3 6:6:1m 6:6:2e a                 | 5@40+60? 6@120+40   | another begins without the end of the first
        a a 5:2:1m 5:2:2e 5:5:1m 5:5:2e a                      | 5@40+40 5@100+40    | the same key twice
        a a 5:2:1m 5:2:2 5:4:1m 5:4:2e a                       | 5@40+40? 5@80+40    | the same key twice, the first end lost
        a a 11:2:1m 10:4:1m 16:6:2me a                         | #@40+20? *@80+20? flash@120+40 | other signals
        a a [1:2:2,2:4:3,3:7:1]m 3:7:2e a                      | 1@40+40 2@80+60 3@140+40 | RFC 4733 §2.5.1.5: several in one payload
        a a 5:2:1m 5:2:2 6:6:1m 5:2:3e 6:6:2e a                | 5@40+60 6@120+40    | an end that was overtaken
        a a 5:2:3e 5:2:2 5:2:1m a                              | 5@40+60             | in the wrong order
        a a 5:2:1m . . . . . . . . . . . . . . . . . . . . . . . . . . 5:2:3e a | 5@40+60 | an end after the time-out
        """)
    void C195_eventsCountOnce(String packets, String events, String why) {
        listen(false).play(packets);
        rig.finished();
        assertThat(listed()).as(why).isEqualTo(events);
        assertThat(told).as(why).hasSize(events.split(" ").length);
    }

    @Test
    void C195_anEventIsToldAtItsEndOrAfterHalfASecondWithoutPackets() {
        listen(false).play("a a 5:2:1m 5:2:2");
        assertThat(told).isEmpty();
        play("5:2:3e");
        assertThat(describe(told)).isEqualTo("5@40+60");
        play("a 6:6:1m 6:6:2");
        play(". ".repeat(24));
        assertThat(told).hasSize(1);
        assertThat(listed()).as("known before it is told").isEqualTo("5@40+60 6@120+40?");
        play(". .");
        assertThat(describe(told)).isEqualTo("5@40+60 6@120+40?");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"whole", "first segment's last packets lost", "second segment's first packets lost"})
    void C195_nineSecondsAreOneEventInTwoSegments(String loss) {
        listen(false);
        play("a a");
        long start = (long) frames * FRAME;
        int segment = 0xffff;
        for (int at = FRAME; at <= 9 * 8_000; at += FRAME) {
            boolean second = at > segment;
            boolean lost = loss.startsWith("first") && at > segment - 5 * FRAME && !second
                    || loss.startsWith("second") && second && at < segment + 5 * FRAME;
            if (lost) {
                sequence++;
                pass();
            } else {
                boolean end = at == 9 * 8_000;
                event(7, start + (second ? segment : 0), second ? at - segment : at, end, at == FRAME);
            }
        }
        play("a a");
        rig.finished();
        assertThat(listed()).isEqualTo("7@40+9000");
        assertThat(told).hasSize(1);
        assertThat(rig.timeline.gapSamples()).as("nothing of it counts as lost").containsOnlyKeys(Gap.Cause.NO_AUDIO);
    }

    @ParameterizedTest(name = "{0} of three ends come")
    @ValueSource(ints = {0, 1, 2, 3})
    void C195_theVerdictCallsNoToneLost(int ends) {
        listen(false).play("a a a");
        tone(5, 5, ends);
        play("a a a");
        rig.finished();
        assertThat(rig.timeline.gapSamples()).isEqualTo(Map.of(Gap.Cause.NO_AUDIO, 5L * FRAME));
        assertThat(rig.statistics().lost()).isEqualTo(3 - ends);
    }

    @Test
    void audioThatIsLostBesideAToneIsLost() {
        listen(false).play("a a - - 5:4:1m 5:4:2 5:4:3e a a");
        rig.finished();
        assertThat(rig.timeline.gapSamples())
                .isEqualTo(Map.of(Gap.Cause.NETWORK, 2L * FRAME, Gap.Cause.NO_AUDIO, 3L * FRAME));
    }

    @Test
    void audioThatIsLostBesideAToneStaysLostWhenAPacketOfTheToneComesLate() {
        listen(false).play("a a - 5:3:1m - 5:3:3e a a");
        int late = sequence - 4;
        int next = sequence;
        sequence = late;
        event(5, 3 * FRAME, 2 * FRAME, false, false);
        sequence = next;
        rig.finished();
        assertThat(rig.statistics().lost()).isEqualTo(1);
        assertThat(rig.timeline.gapSamples())
                .isEqualTo(Map.of(Gap.Cause.NETWORK, (long) FRAME, Gap.Cause.NO_AUDIO, 3L * FRAME));
    }

    @Test
    void anEventWhosePacketsAllComeLateIsNoLostAudio() {
        listen(false).play("a a - - a a");
        int next = sequence;
        sequence -= 4;
        event(5, 2 * FRAME, FRAME, false, true);
        event(5, 2 * FRAME, 2 * FRAME, true, false);
        sequence = next;
        rig.finished();
        assertThat(rig.statistics().lost()).isZero();
        assertThat(rig.timeline.gapSamples()).isEqualTo(Map.of(Gap.Cause.NO_AUDIO, 2L * FRAME));
        assertThat(listed()).isEqualTo("5@40+40");
    }

    @Test
    void anEventBeforeAnyAudioLiesWhereItCame() {
        TimeOrigin origin = new TimeOrigin();
        origin.setIfUnset(rig.nowNanos, ReceiverRig.NOW); // another stream of the recording was first
        rig = new ReceiverRig(origin, Optional.of(SIGNALLED));
        listen(false);
        play(". . . . . 3:5:1m 3:5:2e");
        rig.finished();
        assertThat(listed()).isEqualTo("3@80+40");
    }

    @Test
    void noMoreThanSoManyAreListedAndTold() {
        listen(false).play("a");
        for (int i = 0; i < TelephoneEvents.MOST + 50; i++) {
            event(i % 10, 160 + 320L * i, 160, true, true);
        }
        rig.finished();
        assertThat(rig.timeline.events().list().listed()).hasSize(TelephoneEvents.MOST);
        assertThat(rig.timeline.events().list().unlisted()).isEqualTo(50);
        assertThat(told).hasSize(TelephoneEvents.MOST);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # payload           | why
        ''                  | none
        5                   | one byte
        5,10,0              | three
        """)
    void whatIsNoEventIsPassedOver(String bytes, String why) {
        String[] fields = bytes.isEmpty() ? new String[0] : bytes.split(",");
        byte[] payload = new byte[fields.length];
        for (int i = 0; i < fields.length; i++) {
            payload[i] = Byte.parseByte(fields[i]);
        }
        listen(false).play("a a");
        packet(BASE + 2 * FRAME, true, payload);
        play("a");
        rig.finished();
        assertThat(rig.timeline.events().list().listed()).as(why).isEmpty();
        assertThat(rig.statistics().content().events()).isEqualTo(1);
    }

    /** Audio and events at the same time, the events some packets behind. */
    private void toneBesideAudio(int code, int toneFrames, int behind, boolean ends) {
        int start = frames;
        for (int i = 0; i < toneFrames + behind; i++) {
            rig.packet(SIGNALLED, SSRC, sequence++, BASE + (long) frames * FRAME, frame(frames));
            int told = i + 1 - behind;
            boolean last = told == toneFrames;
            if (told > 0 && (!last || ends)) {
                event(code, (long) start * FRAME, told * FRAME, last, told == 1);
            } else {
                sequence += told > 0 ? 1 : 0;
                pass();
            }
        }
    }

    private void assertMasked(short[] file, int from, int to, int guard) {
        for (int i = from * FRAME - guard; i < to * FRAME + guard; i++) {
            assertThat(file[i]).as("sample %d", i).isZero();
        }
    }

    /** The events come so late that the tone was written before they told of it, or at once. */
    @ParameterizedTest(name = "told {0} packets late, ends {1}")
    @CsvSource({"0, true", "0, false", "3, true", "8, true", "30, true", "30, false", "70, true"})
    void C195_aMaskedToneIsSilentInTheFileAndInTaps(int behind, boolean ends) throws InterruptedException {
        TapPump pump = new TapPump();
        pump.stop(); // it calls the sink on this thread then
        StreamTaps taps = new StreamTaps(pump, (what, cause) -> {});
        short[] heard = new short[400 * FRAME];
        TapSettings settings = TapSettings.STANDARD.withSettle(EventSettings.LEAST_SETTLE_MASKED);
        taps.open(settings, Runnable::run, frame -> copy(frame, heard));
        taps.attach(rig.timeline::attach);
        listen(true);
        for (int i = 0; i < 50; i++) {
            audio();
        }
        toneBesideAudio(4, 10, behind, ends);
        for (int i = 0; i < 60; i++) {
            audio();
        }
        rig.silencesRefused = 3; // asked again
        short[] file = rig.finished();
        short[] sent = frames(0, frames);
        assertMasked(file, 50, 60, 320);
        boolean endKnownInTime = ends && (behind == 0 || behind >= 30);
        int mostMasked = 60 * FRAME + 320 + (endKnownInTime ? 0 : 150 * 8); // it may have been that much later
        for (int i = 0; i < file.length; i++) {
            if (i < 50 * FRAME - 320 || i >= mostMasked) {
                assertThat(file[i]).as("sample %d", i).isEqualTo(sent[i]);
            }
        }
        if (behind <= 8) {
            assertMasked(heard, 50, 60, behind == 8 ? 0 : 320);
        }
        assertThat(rig.timeline.events().list().listed()).hasSize(1).allSatisfy(event -> {
            assertThat(event.code()).isEqualTo(OptionalInt.empty());
            assertThat(event.key()).isEmpty();
            assertThat(event.offset().toMillis()).isEqualTo(1_000);
        });
        assertThat(told).hasSize(1).allSatisfy(event -> assertThat(event.code()).isEmpty());
    }

    private static void copy(AudioFrame frame, short[] heard) {
        ShortBuffer samples = frame.pcm().asShortBuffer();
        samples.get(heard, (int) frame.firstSample(), samples.remaining());
    }

    /** The end is known, so that it is exact. */
    @Test
    void C195_audioRightBehindTheGuardIsHeard() {
        listen(true).play("a a a a a");
        tone(9, 5, 3);
        play("a a a a a");
        short[] file = rig.finished();
        assertMasked(file, 5, 10, 320);
        assertThat(file[5 * FRAME - 321]).isEqualTo(frame(2)[FRAME - 1]);
        assertThat(file[12 * FRAME]).isEqualTo(frame(12)[0]);
    }

    /** Opus beside telephone-event/8000: what the event's timestamp means for the audio nobody knows. */
    @Test
    void C195_aToneOfAnotherClockIsMaskedWithMoreAroundIt() {
        List<AudioFormat> formats = new ArrayList<>(ReceiverRig.FORMATS);
        formats.add(new AudioFormat(110, "telephone-event", 48_000));
        rig.receiver.update(formats, Optional.of(SIGNALLED), true, rig.nowNanos);
        listen(true);
        for (int i = 0; i < 50; i++) {
            audio();
        }
        for (int i = 1; i <= 10; i++) {
            rig.packet(SIGNALLED, SSRC, sequence++, BASE + (long) frames * FRAME, frame(frames));
            rig.packet(SIGNALLED, SSRC, 110, sequence++, 77_777, block(8, 6 * i * FRAME, i == 10));
            pass();
        }
        for (int i = 0; i < 50; i++) {
            audio();
        }
        short[] file = rig.finished();
        assertMasked(file, 50, 60, 300 * 8 - 2 * FRAME);
        assertThat(Arrays.copyOf(file, 30 * FRAME)).isEqualTo(frames(0, 30));
        assertThat(Arrays.copyOfRange(file, 85 * FRAME, file.length)).isEqualTo(frames(85, 25));
    }

    @Test
    void unmaskedEventsLeaveTheAudioBesideThemAlone() {
        listen(false).play("a a a a a");
        toneBesideAudio(4, 10, 0, true);
        play("a a a a a");
        assertThat(rig.finished()).isEqualTo(frames(0, frames));
    }
}
