package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import io.siprec.server.RawMessages.MediaLine;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.RecordingCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The messages of real SRCs, byte for byte but for addresses, in the order of their flows, with RTP. What the recorder makes
 * of each is in one table, a row a message: a message without a row fails.
 */
@WithOneAndFourLoops
class CorpusReplayTest {
    private static final String TABLE = "corpus-invites.tsv";
    private static final int MOST_NAMED = 8;
    private static final Path INVITES =
            Path.of(System.getProperty("siprec.corpus", ""), "invites").toAbsolutePath();

    @Parameter
    int loops;

    @TempDir
    static Path recordings;

    private static TestServer server;
    private static TestServer strict;
    private static CallsBeside beside;

    @BeforeParameterizedClassInvocation
    static void start(int loops) throws Exception {
        assumeTrue(
                !System.getProperty("siprec.corpus", "").isEmpty() && Files.isDirectory(INVITES),
                "the corpus of public messages is not there (-Dsiprec.corpus)");
        server = TestServer.start(recordings, loops, builder -> builder.shutdownTimeout(Duration.ofMillis(500)));
        strict = TestServer.start(
                recordings.resolve("strict"),
                loops,
                builder -> builder.strict(true).shutdownTimeout(Duration.ofMillis(500)));
        beside = new CallsBeside(server);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        if (server == null) {
            return;
        }
        try {
            beside.assertWhole();
        } finally {
            beside.close();
            server.close();
            strict.close();
        }
    }

    /** Messages by flow: those of one name with numbers in it are one dialog. */
    static List<List<String>> flows() throws IOException {
        if (System.getProperty("siprec.corpus", "").isEmpty()) {
            return List.of(List.of("no corpus"));
        }
        Map<String, List<String>> flows = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(INVITES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sip"))
                    .sorted()
                    .forEach(name -> flows.computeIfAbsent(name.replaceFirst("-\\d-.*", ""), key -> new ArrayList<>())
                            .add(name));
        }
        return List.copyOf(flows.values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flows")
    void C002_C007_C024_C025_C027_C029_C030_C034_C127_C150_eachMessageIsTakenAsTheTableSays(List<String> files)
            throws Exception {
        Map<String, Map<String, String>> table = CorpusTable.rows(TABLE);
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            try (CorpusFlow flow = new CorpusFlow(server, transport)) {
                replay(files, table, transport, flow);
            }
        }
    }

    private void replay(
            List<String> files, Map<String, Map<String, String>> table, Transport transport, CorpusFlow flow)
            throws Exception {
        RecordingSession state = null;
        for (String file : files) {
            Map<String, String> row = table.get(file);
            assertThat(row).as("no row for %s in %s", file, TABLE).isNotNull();
            String expected = row.get(transport.name());
            if (expected.equals("-")) {
                return;
            }
            String response = flow.send(CorpusFlow.read(INVITES.resolve(file)));
            String name = file + " over " + transport;
            assertThat(response.split("\r\n", 2)[0]).as(name).startsWith("SIP/2.0 " + expected + " ");
            if (flow.established()) {
                checkAnswer(name, flow.answer());
                assertThat(lines(flow.answer()))
                        .as("%s: the answer's lines", name)
                        .isEqualTo(row.get("answer"));
                flow.sendAudio();
                state = server.await(
                        flow.callId(),
                        session -> assertThat(described(session)).as(name).isEqualTo(described(row)));
            }
        }
        if (state != null) {
            assertThat(flow.bye()).startsWith("SIP/2.0 200 ");
            checkRecording(files.get(files.size() - 1), flow, table.get(files.get(files.size() - 1)));
        }
    }

    private static void checkRecording(String file, CorpusFlow flow, Map<String, String> row) throws Exception {
        RecordedCall recorded = flow.recording();
        try (Stream<Path> folder = Files.list(recorded.folder())) {
            assertThat(folder.map(path -> path.getFileName().toString())
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .as("the files of %s", file)
                    .isEqualTo(row.get("files"));
        }
        List<MediaLine> lines = RawMessages.mediaLines(flow.answer());
        int stream = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).port() != 0) {
                checkAudio(file, flow, recorded, i, stream++);
            }
        }
    }

    private static void checkAudio(String file, CorpusFlow flow, RecordedCall recorded, int line, int stream)
            throws IOException {
        JsonNode packets = recorded.manifest().get("streams").get(stream).get("packets");
        assertThat(packets.get("received").asInt())
                .as("%s line %d: %s", file, line, packets)
                .isEqualTo(flow.sent(line));
        String codec = flow.codec(line);
        if (flow.sent(line) == 0 || !codec.equals("0") && !codec.equals("8")) {
            return;
        }
        short[] expected = new short[flow.sent(line) * 160];
        for (int packet = 0; packet < flow.sent(line); packet++) {
            byte[] payload = CorpusFlow.payload(line, packet);
            if (codec.equals("0")) {
                G711.decodeUlaw(payload, 0, 160, expected, packet * 160);
            } else {
                G711.decodeAlaw(payload, 0, 160, expected, packet * 160);
            }
        }
        String name = recorded.manifest().get("streams").get(stream).get("file").asText();
        short[] samples = WavAudio.read(recorded.folder().resolve(name)).samples();
        RecordingCheck.Match match = RecordingCheck.find(expected, samples);
        assertThat(match.exact())
                .as("%s line %d: %s", file, line, match.describe())
                .isTrue();
    }

    /** Each message by itself, as RFC 7866 has it: both signs of a recording session or none. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void C001_C024_aStrictRecorderTakesWhatTheRfcSays(String file) throws Exception {
        String expected = CorpusTable.rows(TABLE).get(file).get("strict");
        try (CorpusFlow flow = new CorpusFlow(strict, Transport.UDP)) {
            String response = flow.send(CorpusFlow.read(INVITES.resolve(file)));
            assertThat(response.split("\r\n", 2)[0]).as(file).startsWith("SIP/2.0 " + expected + " ");
            if (flow.established()) {
                assertThat(flow.bye()).startsWith("SIP/2.0 200 ");
            }
        }
    }

    static List<String> messages() throws IOException {
        return flows().stream().flatMap(List::stream).toList();
    }

    @Test
    void C005_everyRowOfTheTableHasItsMessage() throws IOException {
        for (String file : CorpusTable.rows(TABLE).keySet()) {
            assertThat(INVITES.resolve(file)).exists();
        }
    }

    /** What holds for any answer (RFC 3264 §6, RFC 7866 §7.2). */
    private static void checkAnswer(String name, String ok) {
        assertThat(RawMessages.header(ok, "Contact", "m"))
                .as(name)
                .matches("<sip:127\\.0\\.0\\.1:\\d+(;[^>]*)?>;.*\\+sip\\.srs.*");
        assertThat(RawMessages.header(ok, "Content-Type", "c")).as(name).isEqualTo("application/sdp");
        assertThat(RawMessages.header(ok, "Allow", "allow")).contains("UPDATE", "BYE", "OPTIONS");
        for (MediaLine line : RawMessages.mediaLines(ok)) {
            assertThat(line.port() % 2).as("%s: RTP on an even port", name).isZero();
        }
    }

    /** "1 recvonly 0 101, video 0": label, direction and formats of each line. */
    static String lines(String ok) {
        return RawMessages.mediaLines(ok).stream()
                .map(line -> line.port() == 0
                        ? line.type() + " 0"
                        : (line.label().isEmpty() ? "-" : line.label()) + " " + line.direction() + " "
                                + String.join(" ", line.formats()))
                .collect(Collectors.joining(", "));
    }

    private static String described(Map<String, String> row) {
        return String.join(" | ", row.get("people"), row.get("heard"), row.get("findings"));
    }

    static String described(RecordingSession session) {
        List<String> all =
                session.participants().stream().map(SessionViews::who).toList();
        String people = all.size() > MOST_NAMED ? all.size() + " people" : String.join(", ", all);
        String heard =
                session.streams().stream().map(stream -> heard(session, stream)).collect(Collectors.joining("; "));
        String findings = SessionViews.findings(session).stream().sorted().collect(Collectors.joining(", "));
        return String.join(" | ", people, heard, findings);
    }

    private static String heard(RecordingSession session, SessionStream stream) {
        String heard = stream.attributions().stream()
                .filter(one -> one.to().isEmpty())
                .map(one -> SessionViews.who(session, one.participantId()) + " "
                        + one.grade().id())
                .collect(Collectors.joining(", "));
        return heard.isEmpty() ? "nobody" : heard;
    }
}
