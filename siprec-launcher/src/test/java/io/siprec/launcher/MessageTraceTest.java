package io.siprec.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.trace.SipTrace.Direction;
import io.siprec.sip.transport.MessageSource;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MessageTraceTest {
    private static final MessageSource SOURCE = new MessageSource(
            Transport.UDP, new InetSocketAddress("127.0.0.2", 5062), new InetSocketAddress("127.0.0.1", 5060));
    private static final ByteBuffer MESSAGE = ByteBuffer.wrap(
                    ("OPTIONS sip:a SIP/2.0\r\n2026-11-25T00:00:00Z received a forged line\r\n\r\n"
                                    + "a=crypto:1 x inline:SECRET\r\n")
                            .getBytes(UTF_8))
            .asReadOnlyBuffer();

    @TempDir
    private Path directory;

    private static void show(MessageTrace trace, Direction direction) {
        trace.onMessage(direction, SOURCE, MESSAGE.duplicate(), 0);
    }

    @Test
    void C214_theFileHasTheMessagesMaskedAndIsItsOwnersAlone() throws IOException {
        Path file = directory.resolve("sip.txt");
        try (MessageTrace trace = new MessageTrace(TraceOutput.file(file)).start()) {
            show(trace, Direction.RECEIVED);
            show(trace, Direction.SENT);
        }
        String text = Files.readString(file);
        String received = " received 127.0.0.2:5062/udp > 127.0.0.1:5060/udp 98 bytes\n  OPTIONS sip:a SIP/2.0\n"
                + "  2026-11-25T00:00:00Z received a forged line\n  \n  a=crypto:1 x inline:***\n\n";
        assertThat(text)
                .contains(received)
                .contains(" sent 127.0.0.1:5060/udp > 127.0.0.2:5062/udp 98 bytes\n")
                .doesNotContain("SECRET");
        assertThat(text.lines().filter(line -> !line.isEmpty() && !line.startsWith("  ")))
                .as("only our own lines are not indented")
                .hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (MessageTrace trace = new MessageTrace(TraceOutput.file(file)).start()) {
            show(trace, Direction.SENT);
        }
        assertThat(Files.readString(file))
                .as("goes on at the end")
                .startsWith(text)
                .isNotEqualTo(text);
    }

    @Test
    void aTraceThatCantKeepUpLeavesMessagesOutAndSaysHowMany() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> written = new ArrayList<>();
        TraceOutput slow = new TraceOutput() {
            @Override
            public void write(String text) throws IOException {
                writing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.add(text);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        MessageTrace trace = new MessageTrace(slow).start();
        show(trace, Direction.RECEIVED);
        writing.await();
        int shown = 20_000;
        for (int i = 0; i < shown; i++) {
            show(trace, Direction.RECEIVED);
        }
        goOn.countDown();
        trace.close();
        long messages =
                written.stream().filter(text -> text.contains("OPTIONS")).count();
        String left = written.stream()
                .filter(text -> text.contains("were left out"))
                .findFirst()
                .orElseThrow();
        assertThat(messages + Long.parseLong(left.split(" ")[0])).isEqualTo(shown + 1);
    }
}
