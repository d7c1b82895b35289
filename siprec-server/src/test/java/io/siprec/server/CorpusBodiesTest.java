package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each metadata document and each session description of the corpus in a call of its own: no document ends a recording, none
 * is fetched from, nothing gets a 5xx, and the calls beside are recorded to the sample.
 */
class CorpusBodiesTest {
    private static final String CORPUS = System.getProperty("siprec.corpus", "");
    private static final String SDP_TABLE = "corpus-sdp.tsv";
    private static final String CANARY = "canary-that-nobody-reads";

    @TempDir
    static Path recordings;

    private static TestServer server;
    private static CallsBeside beside;
    private static ServerSocketChannel listener;
    private static Path canary;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(!CORPUS.isEmpty(), "the corpus of public messages is not there (-Dsiprec.corpus)");
        server = TestServer.start(
                recordings,
                2,
                builder -> builder.sip(sip -> sip.limits(SipLimits.builder()
                        .maxMessageBytes(8 << 20)
                        .maxLoopDelay(Duration.ofSeconds(20))
                        .build())));
        beside = new CallsBeside(server);
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        listener.configureBlocking(false);
        canary = Files.writeString(recordings.resolve("canary.txt"), CANARY);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server == null) {
            return;
        }
        try {
            assertThat(listener.accept()).as("C076: somebody fetched something").isNull();
            beside.assertWhole();
        } finally {
            listener.close();
            beside.close();
            server.close();
        }
    }

    static List<String> metadata() throws IOException {
        return files("metadata", ".xml");
    }

    static List<String> sdp() throws IOException {
        return files("sdp", ".sdp");
    }

    private static List<String> files(String folder, String ending) throws IOException {
        if (CORPUS.isEmpty()) {
            return List.of("no corpus");
        }
        Path root = Path.of(CORPUS, folder);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void C053_C056_C075_C076_C077_aDocumentNeverCostsTheRecording(String file) throws Exception {
        String document = document(file);
        try (CorpusFlow flow = new CorpusFlow(server, Transport.TCP)) {
            String response = flow.send(invite("multipart/mixed;boundary=b1", multipart(document)));
            assertThat(response).as(file).startsWith("SIP/2.0 200 ");
            flow.sendAudio();
            RecordingSession session = server.await(flow.callId(), any -> {});
            Optional<RecordingMetadata> alone = MetadataParser.parse(
                            document.getBytes(ISO_8859_1), Optional.empty(), MetadataLimits.defaults())
                    .metadata();
            assertThat(session.participants())
                    .as("the people of %s", file)
                    .extracting(SessionParticipant::id)
                    .containsAll(alone.stream()
                            .flatMap(it -> it.participants().stream())
                            .map(Participant::id)
                            .toList());
            assertThat(session.streams()).hasSize(2).allMatch(stream -> stream.receiving());
            flow.bye();
            RecordedCall recorded = flow.recording();
            assertThat(Files.readString(recorded.folder().resolve("metadata-0001.xml"), ISO_8859_1))
                    .as("kept as it came: %s", file)
                    .isEqualTo(document);
            assertThat(recorded.manifest().toString()).doesNotContain(CANARY);
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(CorpusFlow.PACKETS);
        }
    }

    @Test
    void C076_aDocumentOfFiveMegabytesIsCutAndTheCallRecorded() throws Exception {
        String document = TestDocuments.document("complete", "<!--" + "x".repeat(5 << 20) + "-->");
        try (CorpusFlow flow = new CorpusFlow(server, Transport.TCP)) {
            assertThat(flow.send(invite("multipart/mixed;boundary=b1", multipart(document))))
                    .startsWith("SIP/2.0 200 ");
            RecordingSession session = server.await(flow.callId(), any -> {});
            assertThat(SessionViews.findings(session)).contains("metadata-too-large");
            flow.sendAudio();
            flow.bye();
            assertThat(flow.recording().stream("1").at("/packets/received").asInt())
                    .isEqualTo(CorpusFlow.PACKETS);
        }
    }

    /** One dialog that gets them all, one after the other: each is answered, and the audio goes on. */
    @Test
    void C075_C079_C080_documentsInUpdatesNeverCostTheRecording() throws Exception {
        try (CorpusFlow flow = new CorpusFlow(server, Transport.TCP)) {
            flow.send(invite("application/sdp", offer()));
            for (String file : metadata()) {
                String response = flow.send(request("UPDATE", "application/rs-metadata+xml", document(file)));
                assertThat(response).as(file).startsWith("SIP/2.0 200 ");
            }
            flow.sendAudio();
            flow.bye();
            RecordedCall recorded = flow.recording();
            assertThat(recorded.manifest().get("metadata")).hasSize(metadata().size());
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(CorpusFlow.PACKETS);
        }
    }

    @ParameterizedTest
    @MethodSource("sdp")
    void C029_C036_C037_C045_C051_aDescriptionIsAnsweredAsTheTableSays(String file) throws Exception {
        Map<String, String> row = CorpusTable.rows(SDP_TABLE).get(file);
        assertThat(row).as("no row for %s in %s", file, SDP_TABLE).isNotNull();
        String body = CorpusFlow.read(Path.of(CORPUS, "sdp", file));
        try (CorpusFlow flow = new CorpusFlow(server, Transport.TCP)) {
            String response = flow.send(invite("application/sdp", body));
            assertThat(response.split("\r\n", 2)[0]).as(file).startsWith("SIP/2.0 " + row.get("status") + " ");
            if (flow.established()) {
                assertThat(CorpusReplayTest.lines(flow.answer())).as(file).isEqualTo(row.get("answer"));
                flow.sendAudio();
                assertThat(flow.bye()).startsWith("SIP/2.0 200 ");
                flow.recording();
            }
        }
    }

    /** What points elsewhere points at us: at a listener, and at a file whose text must turn up nowhere. */
    private static String document(String file) throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return RawMessages.onLoopback(CorpusFlow.read(Path.of(CORPUS, "metadata", file)), Transport.TCP, 0)
                .replace("127.0.0.1:9/", "127.0.0.1:" + port + "/")
                .replace("file:///xxe-canary", canary.toUri().toString());
    }

    private static String offer() {
        return SampleMessages.OFFER.replace("\n", "\r\n");
    }

    private static String multipart(String document) {
        return "--b1\r\nContent-Type: application/sdp\r\n\r\n" + offer()
                + "\r\n--b1\r\nContent-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n"
                + document + "\r\n--b1--\r\n";
    }

    static String invite(String type, String body) {
        return request("INVITE", type, body);
    }

    private static String request(String method, String type, String body) {
        return method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1:5060;rport;branch=z9hG4bKbodies\r\n"
                + "Max-Forwards: 70\r\nFrom: <sip:src@192.0.2.1>;tag=src\r\nTo: <sip:srs@192.0.2.9>\r\n"
                + "Call-ID: bodies\r\nCSeq: 1 " + method + "\r\nContact: <sip:src@192.0.2.1:5060>;+sip.src\r\n"
                + "Require: siprec\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
