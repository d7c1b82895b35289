package io.siprec.launcher;

import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.WavMix;
import io.siprec.server.SiprecServer;
import java.time.Duration;
import java.util.Optional;

/**
 * What is written of calls.
 *
 * @param format of the files
 * @param fsync how long audio may wait for the disk; empty leaves that to the system
 * @param mix of all streams of a session
 * @param capture of packets
 */
record FileSettings(RecordingFormat format, Optional<Duration> fsync, Mix mix, CapturePolicy capture) {
    static final FileSettings DEFAULT =
            new FileSettings(RecordingFormat.WAV, Optional.empty(), Mix.NONE, CapturePolicy.DEFAULT);

    private static final String FSYNC = "RECORDING_FSYNC";
    private static final String NEVER = "never";
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** One file of all streams. */
    enum Mix {
        /** There is none. */
        NONE,
        /** All on one channel. */
        MONO,
        /** In turns on the left and the right. */
        STEREO
    }

    static FileSettings of(SettingsReader reader) {
        return new FileSettings(
                reader.choice("RECORDING_FORMAT", RecordingFormat.class, DEFAULT.format),
                fsync(reader),
                reader.choice("RECORDING_MIX", Mix.class, DEFAULT.mix),
                CapturePolicy.of(reader));
    }

    private static Optional<Duration> fsync(SettingsReader reader) {
        String value = reader.text(FSYNC, NEVER);
        if (value.equalsIgnoreCase(NEVER)) {
            return Optional.empty();
        }
        Optional<Duration> period =
                TimeSpan.parse(value).filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0);
        if (period.isEmpty()) {
            reader.wrong(
                    FSYNC, value, "not a time span from 100ms to 1m; use never, or a number with ms or s, as in 1s");
        }
        return period;
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.recordingFormat(format);
        fsync.ifPresent(builder::fsync);
        if (mix != Mix.NONE) {
            builder.mix(mix == Mix.MONO ? WavMix.Layout.MONO : WavMix.Layout.STEREO);
        }
        capture.applyTo(builder);
    }
}
