package io.siprec.server.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallIdsTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # message                                          | Call-ID | why
        INVITE sip:a SIP/2.0~Via: x~Call-ID: 1@h~~         | 1@h     | as mostly written
        INVITE sip:a SIP/2.0~i:1@h~~                       | 1@h     | compact
        SIP/2.0 200 OK~CALL-id \t:  1@h \t~~               | 1@h     | case and blanks
        SIP/2.0 200 OK~Call-ID: 1@h                        | 1@h     | cut off
        INVITE sip:a SIP/2.0~Call-IDs: 1~I2: 3~Call-ID: 4~ | 4       | longer names are others
        INVITE sip:a SIP/2.0~Via: x~~Call-ID: 1@h~         |         | in the body
        Call-ID: 1@h~Via: x~~                              |         | in place of a start line
        INVITE sip:a SIP/2.0~Via: i: 2~~                   |         | not at the start of a line
        INVITE                                             |         | hardly a message
        """)
    void findsTheHeader(String message, String callId, String why) {
        for (String lineEnd : new String[] {"\r\n", "\n"}) {
            byte[] bytes = message.replace("~", lineEnd).getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            assertThat(CallIds.of(buffer).orElse(null)).as(why).isEqualTo(callId);
            assertThat(buffer.remaining()).isEqualTo(bytes.length);
        }
    }
}
