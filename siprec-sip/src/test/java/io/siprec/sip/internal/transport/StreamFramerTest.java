package io.siprec.sip.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.siprec.sip.transport.SipLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFramerTest {
    private static final String ONE = "BYE sip:a@b SIP/2.0\r\nX: 1\r\nl: 5\r\n\r\nabcde";
    private static final String TWO = "BYE sip:a@b SIP/2.0\nContent-Length : 0\n\n";

    private static List<String> feed(StreamFramer framer, byte[] bytes, int from, int to) throws FramingException {
        framer.append(ByteBuffer.wrap(bytes, from, to - from));
        List<String> messages = new ArrayList<>();
        for (byte[] next = framer.next(); next != null; next = framer.next()) {
            messages.add(new String(next, UTF_8));
        }
        return messages;
    }

    @Test
    void C121_C124_anySplitGivesTheSameMessages() throws FramingException {
        byte[] bytes = ("\r\n\r\n" + ONE + "\r\n\r\n" + TWO + ONE).getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second += 7) {
                StreamFramer framer = new StreamFramer(SipLimits.withDefaults());
                List<String> messages = new ArrayList<>(feed(framer, bytes, 0, first));
                messages.addAll(feed(framer, bytes, first, second));
                messages.addAll(feed(framer, bytes, second, bytes.length));

                assertThat(messages).as("cut at %d and %d", first, second).containsExactly(ONE, TWO, ONE);
                assertThat(framer.takePings()).as("C124 pings").isEqualTo(2);
                assertThat(framer.inMessage()).isFalse();
            }
        }
    }

    @Test
    void C121_oneByteAtATime() throws FramingException {
        byte[] bytes = (ONE + TWO).getBytes(UTF_8);
        StreamFramer framer = new StreamFramer(SipLimits.withDefaults());
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            messages.addAll(feed(framer, bytes, i, i + 1));
        }
        assertThat(messages).containsExactly(ONE, TWO);
    }

    @Test
    void aSingleLineEndIsNoPing() throws FramingException {
        StreamFramer framer = new StreamFramer(SipLimits.withDefaults());
        assertThat(feed(framer, "\r\n".getBytes(UTF_8), 0, 2)).isEmpty();
        assertThat(framer.takePings()).isZero();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # header                    | status | why
            X: 1                        | 400    | C122 no Content-Length
            Content-Length: -999        | 400    | C122 negative
            l: 1~Content-Length: 2      | 400    | two lengths
            Content-Length: 999999999   | 513    | C125 over the limit, before a byte of it is stored
            """)
    void C122_C125_refusesHeads(String header, int status, String why) {
        StreamFramer framer = new StreamFramer(SipLimits.withDefaults());
        byte[] bytes = ("BYE sip:a@b SIP/2.0\r\n" + header.replace("~", "\r\n") + "\r\n\r\n").getBytes(UTF_8);
        FramingException fault =
                catchThrowableOfType(FramingException.class, () -> feed(framer, bytes, 0, bytes.length));
        assertThat(fault.status()).isEqualTo(status);
        assertThat(fault.head()).isEqualTo(bytes);
    }

    @Test
    void C125_headersWithoutAnEndAreRefused() {
        StreamFramer framer =
                new StreamFramer(SipLimits.builder().maxMessageBytes(1_000).build());
        byte[] bytes = ("BYE sip:a@b SIP/2.0\r\nX: " + "x".repeat(2_000)).getBytes(UTF_8);
        FramingException fault =
                catchThrowableOfType(FramingException.class, () -> feed(framer, bytes, 0, bytes.length));
        assertThat(fault.status()).isEqualTo(513);
    }

    /** Whether the limit is passed does not depend on how the octets came. */
    @Test
    void C125_wholeHeadersOverTheLimitAreRefusedToo() {
        byte[] bytes = ("BYE sip:a@b SIP/2.0\r\nX: " + "x".repeat(2_000) + "\r\n\r\n").getBytes(UTF_8);
        for (int step : new int[] {1, bytes.length}) {
            StreamFramer framer =
                    new StreamFramer(SipLimits.builder().maxMessageBytes(1_000).build());
            FramingException fault = catchThrowableOfType(FramingException.class, () -> {
                for (int at = 0; at < bytes.length; at += step) {
                    feed(framer, bytes, at, at + step);
                }
            });
            assertThat(fault.status()).isEqualTo(513);
        }
    }
}
