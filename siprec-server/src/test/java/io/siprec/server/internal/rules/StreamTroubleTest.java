package io.siprec.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.StreamStatistics.Listening;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTroubleTest {
    private static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 5000);
    private static final Duration PERIOD = Duration.ofMillis(1_500);

    private final StreamTrouble trouble = new StreamTrouble();
    private final Stream stream = new Stream();
    private final List<Finding> findings = new ArrayList<>();

    private void look() {
        findings.addAll(trouble.look(stream, stream.statistics(), PERIOD));
    }

    private List<String> codes() {
        return findings.stream().map(Finding::code).toList();
    }

    @ParameterizedTest(name = "{0} more in 1.5 s: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # refused | told | why
        1499      | ''                                                        | a busy stream of another call
        1500      | stream 1 (label a) gets 1000 packets a second that are not its own: | a flood
        75000     | stream 1 (label a) gets 50000 packets a second that are not its own: | a large one
        """)
    void aFloodIsToldOnce(long refused, String told, String why) {
        stream.refused = 1_000_000; // before the first look: nobody knows since when
        look();
        stream.refused += refused;
        look();
        stream.refused += refused;
        look();
        assertThat(codes()).as(why).hasSize(told.isEmpty() ? 0 : 1).allMatch("rtp-flood"::equals);
        assertThat(findings).allMatch(finding -> finding.text().startsWith(told.replace("own:", "own")));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # packets of its own | other SSRC | other source | told | why
        75 | 75 | 0  | rtp-second-ssrc   | both legs on one line
        75 | 0  | 75 | rtp-second-source | another sender
        75 | 75 | 75 | rtp-second-ssrc   | the other SSRC first
        75 | 19 | 19 | ''                | stragglers of a sender that was replaced
        0  | 75 | 0  | ''                | a silence: that is explained otherwise
        """)
    void C175_C177_whoSendsBesideIsToldOnce(long own, long ssrc, long source, String told, String why) {
        look();
        for (int i = 0; i < 2; i++) {
            stream.received += own;
            stream.otherSsrc += ssrc;
            stream.otherSource += source;
            look();
        }
        assertThat(codes()).as(why).startsWith(told.isEmpty() ? new String[0] : new String[] {told});
        assertThat(codes()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(ssrc > 20 && source > 20 ? 2 : 1);
        assertThat(codes().isEmpty()).isEqualTo(told.isEmpty());
    }

    @Test
    void C177_aSourceThatTheSdpDoesNotNameIsTold() {
        stream.source = OTHER;
        look();
        stream.source = SIGNALLED;
        look();
        assertThat(codes()).containsExactly("rtp-source-not-signalled", "rtp-source-moved");
        assertThat(findings.get(0).text()).contains("comes from 192.0.2.2:5000, the SDP says 192.0.2.1:4000");
        assertThat(findings.get(1).text()).contains("comes from 192.0.2.1:4000 after 192.0.2.2:5000");
    }

    @Test
    void C174_aChangeOfSsrcIsTold() {
        stream.ssrc = -1;
        look();
        stream.ssrc = 7;
        look();
        assertThat(findings).as("the first one").isEmpty();
        stream.ssrc = 8;
        look();
        look();
        stream.ssrc = 7;
        look();
        assertThat(codes()).containsExactly("rtp-ssrc-changed");
        assertThat(findings.get(0).text()).contains("goes on with another SSRC after 50 packets");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        1 | 0 | the disk is too slow
        0 | 1 | the disk refused it
        """)
    void C219_audioThatIsNotWrittenIsTold(long droppedByQueue, long diskErrors, String text) {
        look();
        assertThat(findings).isEmpty();
        stream.droppedByQueue = droppedByQueue;
        stream.diskErrors = diskErrors;
        look();
        look();
        assertThat(codes()).containsExactly("audio-not-written");
        assertThat(findings.get(0).text()).startsWith("audio of stream 1 (label a) was not written: " + text);
    }

    private static final class Stream implements WatchedStream {
        private long received = 50;
        private long refused;
        private long otherSource;
        private long otherSsrc;
        private long droppedByQueue;
        private long diskErrors;
        private long ssrc = 7;
        private InetSocketAddress source = SIGNALLED;

        @Override
        public int number() {
            return 1;
        }

        @Override
        public String label() {
            return "a";
        }

        @Override
        public boolean receiving() {
            return true;
        }

        @Override
        public Optional<InetSocketAddress> signalledSource() {
            return Optional.of(SIGNALLED);
        }

        @Override
        public StreamStatistics statistics() {
            return new StreamStatistics(
                    received,
                    received,
                    0,
                    0,
                    0,
                    0,
                    otherSource,
                    otherSsrc,
                    0,
                    0,
                    0,
                    0,
                    0,
                    refused,
                    droppedByQueue,
                    diskErrors,
                    new StreamStatistics.Rtcp(0, 0, 0, 0, 0, 0, 0, 0, ""),
                    0,
                    0,
                    Optional.of(source),
                    ssrc,
                    false,
                    Listening.RECEIVING,
                    new StreamStatistics.Arrival(
                            50, Optional.empty(), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO),
                    new StreamStatistics.Content(50, 0, 0, 0, 0));
        }
    }
}
