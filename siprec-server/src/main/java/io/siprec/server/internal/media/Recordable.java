package io.siprec.server.internal.media;

import io.siprec.core.sdp.PayloadFormat;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The formats that the media plane can decode. */
final class Recordable {
    private static final int EVENTS = 101; // payload types of ours, as are the next two
    private static final int OPUS = 96;
    private static final int OPUS_EVENTS = 102;

    /** As {@code AnswerCapabilities} names them, with what an answer says of each. */
    static final Map<String, String> ENCODINGS = encodings();

    /** What an offer of ours lists: what SRCs send, and the events that go with it (RFC 4733 §2.5.1.1). */
    static final List<PayloadFormat> OFFERED = offered();

    private Recordable() {}

    private static Map<String, String> encodings() {
        Map<String, String> encodings = new HashMap<>();
        for (AudioCodec codec : AudioCodecs.all()) {
            encodings.putIfAbsent(key(codec), codec.parameters());
        }
        return Map.copyOf(encodings);
    }

    private static String key(AudioCodec codec) {
        String key = codec.encoding().toUpperCase(Locale.ROOT) + '/' + codec.clockRateHz();
        return codec.channels() == 1 ? key : key + '/' + codec.channels();
    }

    private static List<PayloadFormat> offered() {
        List<PayloadFormat> formats = new ArrayList<>();
        formats.add(new PayloadFormat(0, "PCMU", 8_000, 1, ""));
        formats.add(new PayloadFormat(8, "PCMA", 8_000, 1, ""));
        formats.add(new PayloadFormat(9, "G722", 8_000, 1, ""));
        Optional<AudioCodec> opus = AudioCodecs.find("opus", 48_000, 2);
        opus.ifPresent(codec -> formats.add(new PayloadFormat(OPUS, "opus", 48_000, 2, codec.parameters())));
        formats.add(new PayloadFormat(EVENTS, "telephone-event", 8_000, 1, "0-15"));
        opus.ifPresent(codec -> formats.add(new PayloadFormat(OPUS_EVENTS, "telephone-event", 48_000, 1, "0-15")));
        return List.copyOf(formats);
    }
}
