package io.siprec.rtp.codec;

import io.siprec.rtp.spi.AudioCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codecs that there are: PCMU, PCMA, G.722 and L16, then those that {@link ServiceLoader} finds for {@link AudioCodec}. Any
 * thread.
 */
public final class AudioCodecs {
    private static final Logger LOGGER = LoggerFactory.getLogger("rtp");

    private AudioCodecs() {}

    /** All codecs; those of others are looked for once, at the first call. */
    public static List<AudioCodec> all() {
        return Found.CODECS;
    }

    /**
     * The first codec for a format.
     *
     * @param encoding as SDP's rtpmap names it, without regard to case
     * @param channels of the rtpmap; 1 where it names none (RFC 8866 §6.6)
     */
    public static Optional<AudioCodec> find(String encoding, int clockRateHz, int channels) {
        return all().stream()
                .filter(codec -> codec.encoding().equalsIgnoreCase(encoding)
                        && codec.clockRateHz() == clockRateHz
                        && codec.channels() == channels)
                .findFirst();
    }

    private static List<AudioCodec> load() {
        List<AudioCodec> codecs = new ArrayList<>(List.of(G711Codec.values()));
        codecs.add(new G722Codec());
        codecs.addAll(L16Codec.COMMON);
        Iterator<AudioCodec> others = ServiceLoader.load(AudioCodec.class).iterator();
        for (boolean more = true; more; ) {
            try {
                more = others.hasNext();
                if (more) {
                    codecs.add(others.next());
                }
            } catch (ServiceConfigurationError e) { // the iterator goes on behind the one that is broken
                LOGGER.warn("a codec can't be loaded: {}", e.toString());
            }
        }
        return List.copyOf(codecs);
    }

    private static final class Found {
        private static final List<AudioCodec> CODECS = load();
    }
}
