package io.siprec.sip.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.siprec.sip.transport.SipLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** However a connection's octets are split, the same messages come out, or the same fault. */
class StreamFramerFuzzTest {
    private static final SipLimits LIMITS =
            SipLimits.builder().maxMessageBytes(2_000).build();

    /** The first octet says how the others are split. */
    @MethodSource("io.siprec.sip.Corpus#messages")
    @FuzzTest(maxDuration = "3m")
    void frame(byte[] octets) {
        if (octets.length < 2) {
            return;
        }
        int step = 1 + (octets[0] & 0x3F);
        List<String> whole = feed(octets, octets.length);
        assertThat(feed(octets, step)).isEqualTo(whole);
        assertThat(feed(octets, 1)).isEqualTo(whole);
    }

    private static List<String> feed(byte[] octets, int step) {
        StreamFramer framer = new StreamFramer(LIMITS);
        List<String> seen = new ArrayList<>();
        try {
            for (int at = 1; at < octets.length; at += step) {
                framer.append(ByteBuffer.wrap(octets, at, Math.min(step, octets.length - at)));
                for (byte[] next = framer.next(); next != null; next = framer.next()) {
                    assertThat(next.length).isLessThanOrEqualTo(2_000);
                    seen.add(new String(next, ISO_8859_1));
                }
            }
            seen.add("in a message: " + framer.inMessage());
            seen.add("pings: " + framer.takePings());
        } catch (FramingException e) {
            seen.add(e.status() == 513 ? "over the limit" : e.getMessage());
        }
        return seen;
    }
}
