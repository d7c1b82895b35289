package io.siprec.server.internal.media;

import io.siprec.core.sdp.PayloadFormat;
import java.util.List;
import java.util.Set;

/** The formats that the media plane can decode. */
final class Recordable {
    /** As {@code AnswerCapabilities} names them. */
    static final Set<String> ENCODINGS = Set.of("PCMU/8000", "PCMA/8000");

    /** What an offer of ours lists: those, and the events that go with them (RFC 4733 §2.5.1.1). */
    static final List<PayloadFormat> OFFERED = List.of(
            new PayloadFormat(0, "PCMU", 8_000, 1, ""),
            new PayloadFormat(8, "PCMA", 8_000, 1, ""),
            new PayloadFormat(101, "telephone-event", 8_000, 1, "0-15"));

    private Recordable() {}
}
