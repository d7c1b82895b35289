package io.siprec.server.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.CapturedMessage;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentMessagesTest {
    private static CapturedMessage message(int bytes) {
        InetSocketAddress anywhere = new InetSocketAddress(5_060);
        return new CapturedMessage(true, "UDP", anywhere, anywhere, 0, new byte[bytes]);
    }

    @ParameterizedTest(name = "{1} messages of {0} bytes: {2} stay")
    @CsvSource({"100, 1000, 1000", "100, 5000, 1024", "65536, 100, 32"})
    void theOldestGiveWay(int bytes, int sent, int left) {
        RecentMessages recent = new RecentMessages();
        CapturedMessage first = message(bytes);
        recent.add("first", first);
        for (int i = 1; i < sent; i++) {
            recent.add("other", message(bytes));
        }
        if (sent == left) {
            assertThat(recent.of("first")).containsExactly(first);
        } else {
            assertThat(recent.of("first")).isEmpty();
        }
        assertThat(recent.of("first").size() + recent.of("other").size()).isEqualTo(left);
    }
}
