package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sipp judges the launcher jar by scenarios; what it can't see is in the manifests and tables. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SippScenariosIT {
    private static final int LAST = Integer.MAX_VALUE - 2; // tests without an order come before

    @TempDir
    static Path work;

    private static LauncherProcess launcher;
    private static LauncherProcess patient;
    private static Sipp withoutAck;
    private static Sipp withoutRefresh;
    private static final Set<Path> SEEN = new HashSet<>();

    /** The two scenarios that last as long as their timers do run beside the others, against a recorder of their own. */
    @BeforeAll
    static void start() throws Exception {
        Tools.require("sipp", "sip-tester");
        launcher = serve("recordings", "127.0.0.1");
        patient = serve("patient", "127.0.0.1");
        withoutAck = Sipp.start(work, Sipp.scenario("no-ack"), target(patient), "-m", "1", "-trace_msg");
        withoutRefresh =
                Sipp.start(work, Sipp.scenario("session-timer-expires"), target(patient), "-t", "t1", "-m", "1");
    }

    @AfterAll
    static void stop() {
        for (LauncherProcess process : new LauncherProcess[] {launcher, patient}) {
            if (process != null) {
                process.close();
            }
        }
        for (Sipp sipp : new Sipp[] {withoutAck, withoutRefresh}) {
            if (sipp != null) {
                sipp.stop();
            }
        }
    }

    @ParameterizedTest(name = "{0} over {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # scenario     | transport | ids and what is shown
        call           | u1        | C099 INVITE, ACK, BYE
        call           | t1        | C099 INVITE, ACK, BYE
        call           | tn        | C099 each call on a connection of its own
        hold-resume    | u1        | C030 C044 re-INVITE: inactive, then recvonly again
        hold-resume    | t1        | C030 C044 re-INVITE: inactive, then recvonly again
        update         | u1        | C030 UPDATE: metadata alone, an offer alone, nothing
        update         | t1        | C030 UPDATE: metadata alone, an offer alone, nothing
        cancel-late    | u1        | C102 CANCEL after the 200 has no effect
        cancel-late    | t1        | C102 CANCEL after the 200 has no effect
        prack          | u1        | C166 C168 100rel is accepted, a PRACK for nothing is not
        prack          | t1        | C166 C168 100rel is accepted, a PRACK for nothing is not
        session-timer  | u1        | C160 C161 C162 422, then the SRC refreshes
        session-timer  | t1        | C160 C161 C162 422, then the SRC refreshes
        lost           | u1        | C138 C141 C143 repetitions make up for loss, and make no second call
        """)
    void C099_C102_C138_C141_C143_C160_C161_C162_C166_C168_callsGoAsTheScenarioSays(
            String scenario, String transport, String shown) throws Exception {
        int calls = 10;
        String[] options = {"-t", transport, "-m", Integer.toString(calls), "-r", "20", "-max_retrans", "20"};
        Sipp.start(work, Sipp.scenario(scenario, ""), target(launcher), options).awaitSuccess();

        List<JsonNode> manifests = ended();
        assertThat(manifests).as(shown).hasSize(calls);
        assertThat(manifests).allSatisfy(manifest -> {
            assertThat(manifest.get("state").asText()).isEqualTo("ended");
            assertThat(manifest.get("endCause").asText()).isEqualTo("src-bye");
            assertThat(manifest.get("streams")).hasSize(2);
            assertThat(manifest.at("/src/transport").asText()).isEqualTo(transport.startsWith("u") ? "UDP" : "TCP");
        });
    }

    @ParameterizedTest
    @CsvSource({"u1", "t1"})
    void C079_C080_C090_C107_aHeldCallIsHandedOverByAnUpdate(String transport) throws Exception {
        Sipp.start(work, Sipp.scenario("transfer"), target(launcher), "-t", transport, "-m", "5", "-r", "20")
                .awaitSuccess();

        assertThat(ended()).hasSize(5).allSatisfy(manifest -> {
            assertThat(manifest.get("metadata")).hasSize(2);
            JsonNode caller = manifest.at("/streams/0");
            assertThat(caller.get("label").asText()).isEqualTo("caller");
            assertThat(texts(caller.get("phases"), "state")).containsExactly("receiving", "inactive", "receiving");
            assertThat(texts(caller.get("attributions"), "participantId"))
                    .as("alice, then carol")
                    .containsExactly("MDAwMDAwMDAwMDAwMDAwMg==", "MDAwMDAwMDAwMDAwMDAwNg==");
            assertThat(texts(caller.get("attributions"), "grade")).containsOnly("proven");
            assertThat(caller.at("/attributions/0/to").isMissingNode()).isFalse();
            assertThat(manifest.get("participants")).hasSize(3);
            assertThat(manifest.at("/participants/0/attendances/0/to").asText()).startsWith("2099-03-01T10:00:00");
        });
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.get(field).asText()));
        return texts;
    }

    @Test
    void C162_theSrcIsTheRefresherAlsoWhereItSaysSo() throws Exception {
        Sipp.start(work, Sipp.scenario("session-timer", ";refresher=uac"), target(launcher), "-m", "1")
                .awaitSuccess();
        assertThat(ended()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"u1", "t1"})
    void C102_C150_requestsAboutWhatIsNotThereGet481(String transport) throws Exception {
        Sipp.start(work, Sipp.scenario("nothing-there"), target(launcher), "-t", transport, "-m", "20", "-r", "100")
                .awaitSuccess();
        assertThat(ended()).isEmpty();
    }

    @Test
    void C001_sippsOwnCallIsNoRecordingSessionAndIsRefused() throws Exception {
        Sipp uac = Sipp.start(work, target(launcher), List.of("-sn", "uac", "-m", "1"));
        assertThat(uac.await()).as("sipp expects a 200").isEqualTo(1);
        assertThat(uac.trace("errors")).contains("SIP/2.0 488 ").contains("not a recording session");
        assertThat(ended()).isEmpty();
    }

    @Test
    void sippsOwnServerTakesTheCallOfOurSrc() throws Exception {
        int port = FreePorts.udpAndTcp();
        Sipp uas = Sipp.start(work, "127.0.0.1:1", List.of("-sn", "uas", "-p", Integer.toString(port), "-m", "1"));
        Process src = LauncherProcess.command(
                        Map.of(), "call", "sip:127.0.0.1:" + port, "--seconds", "0.2", "--streams", "1")
                .start();
        assertThat(src.waitFor())
                .as(new String(src.getInputStream().readAllBytes()))
                .isZero();
        uas.awaitSuccess();
    }

    @Test
    void C156_aThousandPingsASecond() throws Exception {
        Sipp.start(work, Sipp.scenario("options"), target(launcher), "-r", "1000", "-m", "3000")
                .awaitSuccess();
        assertThat(ended()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"u1, UDP", "t1, TCP"})
    void C114_overIpv6(String transport, String name) throws Exception {
        try (LauncherProcess ipv6 = serve("ipv6-" + name, "::1")) {
            String scenario = Sipp.scenario("call").replace("IP4 127.0.0.1", "IP6 ::1");
            Sipp.start(work, scenario, target(ipv6), "-t", transport, "-m", "3").awaitSuccess();
            ipv6.awaitCounts(counts -> counts.get("sessions").asInt() == 0, Duration.ofSeconds(10));
            List<JsonNode> manifests = manifests(work.resolve("ipv6-" + name));
            assertThat(manifests).hasSize(3).allSatisfy(manifest -> {
                assertThat(manifest.get("endCause").asText()).isEqualTo("src-bye");
                assertThat(manifest.at("/src/address").asText()).startsWith("[");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"u1", "t1"})
    void C100_theRecorderEndsItsCallsWhenItIsToldToStop(String transport) throws Exception {
        String recordings = "stopped-" + transport;
        try (LauncherProcess stopped = serve(recordings, "127.0.0.1")) {
            Sipp src = Sipp.start(
                    work, Sipp.scenario("shutdown"), target(stopped), "-t", transport, "-m", "10", "-r", "100");
            stopped.awaitCounts(counts -> counts.get("sessions").asInt() == 10, Duration.ofSeconds(10));
            assertThat(stopped.terminate()).isEqualTo(143); // SIGTERM
            src.awaitSuccess();
            assertThat(manifests(work.resolve(recordings)))
                    .hasSize(10)
                    .allSatisfy(manifest ->
                            assertThat(manifest.get("endCause").asText()).isEqualTo("shutdown"));
        }
    }

    @Test
    @Order(LAST)
    void C140_withoutAnAckThe200IsRepeatedAndByeEndsTheCall() throws Exception {
        withoutAck.awaitSuccess();
        String messages = withoutAck.trace("messages");
        long repeated = Pattern.compile("SIP/2\\.0 200 OK\r?\n(?:[^\r\n]+\r?\n)*?CSeq: 1 INVITE")
                .matcher(messages)
                .results()
                .count();
        assertThat(repeated)
                .as("after 0.5, 1.5, 3.5, 7.5 s, then every 4 s until 31.5 s")
                .isEqualTo(11);
        patient.awaitCounts(
                counts -> counts.get("sessions").asInt() <= 1, Duration.ofSeconds(10)); // the files are final
        assertThat(causes(patient, "patient")).contains("no-ack");
    }

    @Test
    @Order(LAST + 1)
    void C165_withoutARefreshTheRecorderEndsTheSessionBeforeTheIntervalDoes() throws Exception {
        withoutRefresh.awaitSuccess();
        patient.awaitCounts(counts -> counts.get("sessions").asInt() == 0, Duration.ofSeconds(10));
        assertThat(causes(patient, "patient")).containsExactlyInAnyOrder("no-ack", "session-timer");
    }

    /** 64*T1 after the last call nothing of all the calls of this class is left. */
    @Test
    @Order(LAST + 2)
    void C136_C191_allTablesAreEmptyAtTheEnd() throws Exception {
        JsonNode counts = launcher.awaitCounts(SippScenariosIT::allFree, Duration.ofSeconds(40));
        assertThat(allFree(counts)).as("%s", counts).isTrue();
        assertThat(counts.get("fileFailures").asInt()).isZero();
        assertThat(launcher.output()).noneMatch(line -> line.contains(" ERROR "));
    }

    private static boolean allFree(JsonNode counts) {
        return List.of("sessions", "dialogs", "serverTransactions", "clientTransactions", "connections", "streams")
                .stream()
                .allMatch(table -> counts.get(table).asInt() == 0);
    }

    private static List<String> causes(LauncherProcess process, String recordings) throws Exception {
        List<String> causes = new ArrayList<>();
        for (JsonNode manifest : manifests(work.resolve(recordings))) {
            causes.add(manifest.path("endCause").asText());
        }
        return causes;
    }

    private static LauncherProcess serve(String recordings, String host) throws IOException, InterruptedException {
        return LauncherProcess.serve(
                work.resolve(recordings),
                Map.of(
                        "SIP_HOST",
                        host,
                        "PORTS",
                        Integer.toString(FreePorts.udpAndTcp()),
                        "RTP_PORT_MIN",
                        "0",
                        "RTP_PORT_MAX",
                        "0"));
    }

    private static String target(LauncherProcess process) {
        return process.sipHost() + ":" + process.sipPort();
    }

    /** The manifests of the recordings since the last call of this, once all of them are final. */
    private static List<JsonNode> ended() throws Exception {
        JsonNode counts = launcher.awaitCounts(c -> c.get("sessions").asInt() == 0, Duration.ofSeconds(10));
        assertThat(counts.get("sessions").asInt()).isZero();
        List<JsonNode> manifests = new ArrayList<>();
        for (Path session : LauncherProcess.sessions(work.resolve("recordings"))) {
            if (SEEN.add(session)) {
                manifests.add(LauncherProcess.manifest(session));
            }
        }
        return manifests;
    }

    private static List<JsonNode> manifests(Path recordings) throws IOException {
        List<JsonNode> manifests = new ArrayList<>();
        for (Path session : LauncherProcess.sessions(recordings)) {
            manifests.add(LauncherProcess.manifest(session));
        }
        return manifests;
    }
}
