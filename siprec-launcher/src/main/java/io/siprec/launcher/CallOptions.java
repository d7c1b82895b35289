package io.siprec.launcher;

import io.siprec.sip.auth.ClientCredentials;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of the call command's options; each complaint says the value and what to give instead. */
final class CallOptions {
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(86_400);
    private static final BigDecimal PACKETS_A_SECOND = BigDecimal.valueOf(50);

    private CallOptions() {}

    /** How many streams. */
    static final class Streams implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-" + SrcCallSettings.MAX_STREAMS + "]")) {
                throw new TypeConversionException(
                        "'" + value + "' is not a number of streams; give 1 to " + SrcCallSettings.MAX_STREAMS);
            }
            return Integer.valueOf(value);
        }
    }

    /** How long to send, cut to whole packets. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (!value.matches("\\d{1,5}(\\.\\d{1,9})?") || new BigDecimal(value).compareTo(MAX_SECONDS) > 0) {
                throw wrong(value);
            }
            int packets = new BigDecimal(value).multiply(PACKETS_A_SECOND).intValue();
            if (packets == 0) {
                throw wrong(value);
            }
            return SrcCallSettings.PACKET_TIME.multipliedBy(packets);
        }

        private static TypeConversionException wrong(String value) {
            return new TypeConversionException("'" + value + "' is not a time; give seconds from 0.02 to "
                    + MAX_SECONDS.toPlainString() + ", like 5 or 2.5");
        }
    }

    /** How to encode. */
    static final class Codec implements ITypeConverter<SrcCodec> {
        @Override
        public SrcCodec convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "pcmu" -> SrcCodec.PCMU;
                case "pcma" -> SrcCodec.PCMA;
                default -> throw new TypeConversionException("'" + value + "' can't be sent; give pcmu or pcma");
            };
        }
    }

    /** Who to be, or the complaint about it. */
    static ClientCredentials credentials(
            String user, Path file, Function<String, ? extends RuntimeException> complaint) {
        if (user == null || file == null) {
            throw complaint.apply("--user and --password-file go together; give both");
        }
        try (Stream<String> lines = Files.lines(file)) {
            String password = lines.findFirst().orElse("");
            if (password.isEmpty()) {
                throw complaint.apply("--password-file: '" + file + "' has no first line; write the password there");
            }
            return ClientCredentials.builder().anyRealm(user, password).build();
        } catch (NoSuchFileException e) {
            throw complaint.apply("--password-file: there is no file '" + file + "'; write the password to one");
        } catch (IOException | UncheckedIOException e) {
            throw complaint.apply("--password-file: '" + file + "' can't be read; give a text file in UTF-8");
        }
    }

    /** The audio of a file, or the complaint about it. */
    static AudioSource wav(Path file, Function<String, ? extends RuntimeException> complaint) {
        AudioSource audio;
        try {
            audio = AudioSources.wav(file);
        } catch (NoSuchFileException e) {
            throw complaint.apply("--audio: there is no file '" + file + "'; give an 8 kHz WAV file");
        } catch (IOException e) {
            throw complaint.apply("--audio: '" + file + "' can't be used: " + reason(e, file)
                    + "; give an 8 kHz WAV file, made with: " + conversion(file));
        }
        if (audio.sampleRateHz() != AudioSources.SAMPLE_RATE_HZ) {
            throw complaint.apply("--audio: '" + file + "' has " + audio.sampleRateHz()
                    + " samples a second, a call has 8000; convert it with: "
                    + conversion(file));
        }
        if (audio.length().orElse(1) == 0) {
            throw complaint.apply("--audio: '" + file + "' holds no audio; give an 8 kHz WAV file with some");
        }
        return audio;
    }

    private static String conversion(Path file) {
        return "sox " + file + " -r 8000 -c 1 -b 16 out.wav";
    }

    /** The message without the name of the file, which file system exceptions put before it, or give alone. */
    private static String reason(IOException e, Path file) {
        String reason = String.valueOf(e.getMessage()).replace(file + ": ", "");
        return reason.equals(file.toString()) ? "it can't be read" : reason;
    }

    /** The length of the audio, rounded up to whole packets. */
    static Duration duration(AudioSource audio) {
        long samplesInPacket = SrcCallSettings.PACKET_TIME.toMillis() * audio.sampleRateHz() / 1000;
        long packets = (audio.length().orElseThrow() + samplesInPacket - 1) / samplesInPacket;
        return SrcCallSettings.PACKET_TIME.multipliedBy(packets);
    }
}
