package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of a capture beside its packets: what else shaped the audio files. As a journal entry it reads well in any viewer.
 *
 * @param stream the number of the stream, 0 for the whole capture
 * @param epochNanos when, on the capture's clock
 */
record CaptureNote(Kind kind, int stream, long epochNanos, Map<String, String> values) {
    static final String FILE = "FILE";
    static final String FORMAT = "FORMAT";
    static final String FORMATS = "FORMATS";
    static final String SCOPE = "SCOPE";
    static final String ENCRYPTED = "ENCRYPTED";
    static final String ORIGIN = "ORIGIN";
    static final String DROPPED = "DROPPED";

    private static final String PREFIX = "SIPREC_";

    enum Kind {
        /** The stream's file, its format and what was negotiated. */
        BEGIN,
        /** What is negotiated from now on. */
        FORMATS,
        /** The application holds the stream. */
        PAUSED,
        /** And no more. */
        RESUMED,
        /** From now on the place of the first sample is fixed. */
        SETTLED,
        /** The stream has ended. */
        ENDED,
        /** The capture is whole, but for what it dropped. */
        CLOSED
    }

    /** The fields of a journal entry. */
    String text() {
        StringBuilder out = new StringBuilder(256);
        String what = kind.name().toLowerCase(Locale.ROOT);
        out.append("__REALTIME_TIMESTAMP=").append(epochNanos / 1_000).append('\n');
        out.append("PRIORITY=6\nSYSLOG_IDENTIFIER=siprec\nMESSAGE=");
        out.append(stream == 0 ? "capture " : "stream " + stream + " ").append(what);
        values.forEach((name, value) -> out.append(' ')
                .append(name.toLowerCase(Locale.ROOT))
                .append('=')
                .append(escaped(value)));
        out.append('\n').append(PREFIX).append("NOTE=").append(what);
        out.append('\n').append(PREFIX).append("STREAM=").append(stream);
        out.append('\n').append(PREFIX).append("NANOS=").append(epochNanos);
        values.forEach((name, value) ->
                out.append('\n').append(PREFIX).append(name).append('=').append(escaped(value)));
        return out.append('\n').toString();
    }

    /** The note of a journal entry; empty when it is none, or not one that is known here. */
    static Optional<CaptureNote> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (line.startsWith(PREFIX) && equals > 0) {
                fields.put(line.substring(PREFIX.length(), equals), unescaped(line.substring(equals + 1)));
            }
        }
        try {
            Kind kind = Kind.valueOf(fields.getOrDefault("NOTE", "").toUpperCase(Locale.ROOT));
            int stream = Integer.parseInt(fields.getOrDefault("STREAM", ""));
            long nanos = Long.parseLong(fields.getOrDefault("NANOS", ""));
            return Optional.of(new CaptureNote(kind, stream, nanos, fields));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Negotiated formats as one value. */
    static String formats(List<AudioFormat> formats) {
        List<String> texts = new ArrayList<>();
        for (AudioFormat format : formats) {
            String encoding = escaped(format.encoding()).replace(",", "%002c").replace(" ", "%0020");
            texts.add(format.payloadType() + " " + encoding + "/" + format.clockRateHz() + "/" + format.channels());
        }
        return String.join(",", texts);
    }

    /** The formats of a value; such as can't be read are left out. */
    static List<AudioFormat> formats(String value) {
        List<AudioFormat> formats = new ArrayList<>();
        for (String text : value.split(",")) {
            int space = text.indexOf(' ');
            int channels = text.lastIndexOf('/');
            int rate = text.lastIndexOf('/', channels - 1);
            if (space > 0 && rate > space) {
                formats.add(new AudioFormat(
                        Integer.parseInt(text.substring(0, space)),
                        unescaped(text.substring(space + 1, rate)),
                        Integer.parseInt(text.substring(rate + 1, channels)),
                        Integer.parseInt(text.substring(channels + 1))));
            }
        }
        return formats;
    }

    /** What a peer chose must not begin a line, nor a value in a list. */
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '%') {
                out.append(String.format("%%%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String unescaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '%' && i + 4 < value.length()) {
                out.append((char) Integer.parseInt(value.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(value.charAt(i));
            }
        }
        return out.toString();
    }
}
