package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** INVITEs that do not speak SIPREC, refused or recorded as the operator wants it. */
@WithOneAndFourLoops
class CiscoRecordingTest {
    private static final String ONE_LINE = RawDialog.SDP_HEAD + "m=audio 40000 RTP/AVP 0 101\r\na=sendonly\r\n";
    private static final String TWO_LINES = ONE_LINE + "m=audio 40002 RTP/AVP 0 101\r\na=sendonly\r\n";

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    private TestServer start(NonSiprecInvites what) throws Exception {
        return TestServer.start(recordings, loops, builder -> builder.nonSiprecInvites(what));
    }

    @ParameterizedTest
    @EnumSource(NonSiprecInvites.class)
    void C003_aPlainCallGetsWhatTheOperatorWants(NonSiprecInvites what) throws Exception {
        try (TestServer server = start(what);
                RawDialog src = new RawDialog(server, Transport.UDP).withoutSigns()) {
            String answer = src.invite(ONE_LINE);
            src.acknowledge(answer, "", "");
            if (what == NonSiprecInvites.REJECT) {
                assertThat(answer).startsWith("SIP/2.0 488 ");
                assertThat(RawMessages.header(answer, "Warning", "warning")).contains("not a recording session");
                assertThat(server.server().sessions()).isEmpty();
            } else {
                assertThat(answer).startsWith("SIP/2.0 200 ");
                RecordingSession session = server.await("started");
                assertThat(SessionViews.findings(session)).contains("not-a-recording-session");
                assertThat(session.participants()).isEmpty();
                src.bye();
                assertThat(server.awaitRecording().manifest().get("endCause").asText())
                        .isEqualTo("src-bye");
            }
        }
    }

    @Test
    void networkBasedRecordingNamesWhoIsHeardOnEachLine() throws Exception {
        try (TestServer server = start(NonSiprecInvites.RECORD);
                RawDialog cube = new RawDialog(server, Transport.TCP).withoutSigns()) {
            cube.headers(participant("2025550102", 0) + participant("20053", 1));
            assertThat(cube.establish(TWO_LINES)).startsWith("SIP/2.0 200 ");
            RecordingSession session = server.await("started");
            assertThat(heard(session, 1)).isEqualTo("2025550102 asserted");
            assertThat(heard(session, 2)).isEqualTo("20053 asserted");
            assertThat(SessionViews.present(session)).containsExactly("20053", "2025550102");
            assertThat(SessionViews.findings(session))
                    .contains("not-a-recording-session")
                    .doesNotContain("metadata-labels-differ");

            cube.headers(participant("2025550102", 0) + participant("20099", 1)); // transferred
            assertThat(cube.reinvite(TWO_LINES.replace("1 1 IN", "1 2 IN"))).startsWith("SIP/2.0 200 ");
            RecordingSession changed = server.await("changed");
            assertThat(heard(changed, 2)).isEqualTo("20099 asserted");
            assertThat(SessionViews.present(changed)).containsExactly("20099", "2025550102");
            assertThat(changed.participants()).hasSize(3);
            cube.bye();
            server.await("ended");
        }
    }

    @Test
    void aBuiltInBridgeIsTwoLinkedCallsOfAPartyEach() throws Exception {
        try (TestServer server = start(NonSiprecInvites.RECORD);
                RawDialog near = new RawDialog(server, Transport.UDP).withoutSigns();
                RawDialog far = new RawDialog(server, Transport.UDP).withoutSigns()) {
            RecordingSession first = bridged(server, near, "x-nearend");
            RecordingSession second = bridged(server, far, "x-farend");

            assertThat(heard(first, 1)).isEqualTo("1001 asserted");
            assertThat(heard(second, 1)).isEqualTo("1000 asserted");
            assertThat(SessionViews.present(second)).containsExactly("1000", "1001");
            assertThat(second.links())
                    .containsExactly(new SessionLink(SessionLink.Kind.CALL_REFERENCE, "26528012", first.id()));

            near.bye();
            far.bye();
            server.await("ended");
            server.await("ended");
        }
    }

    /** As CUCM calls: it leaves the offer to the recorder, and tells of the recorded call in its From. */
    private static RecordingSession bridged(TestServer server, RawDialog cucm, String end) throws Exception {
        cucm.from("<sip:1001@192.0.2.2;" + end + ";x-refci=26528012;x-nearendclusterid=StandAloneCluster;"
                + "x-nearenddevice=SEP002545941441;x-nearendaddr=1001;x-farendrefci=26528013;"
                + "x-farendclusterid=StandAloneCluster;x-farenddevice=SEPF02929E28A35;x-farendaddr=1000>");
        String ok = cucm.invite("", "");
        assertThat(ok).startsWith("SIP/2.0 200 ");
        assertThat(RawDialog.directions(ok)).containsExactly("recvonly");
        cucm.acknowledge(ok, "application/sdp", ONE_LINE.replace("0 101", "0"));
        return server.await(
                cucm.callId(), session -> assertThat(heard(session, 1)).isNotEmpty());
    }

    /** The header of Cisco's recorders, as they write it. */
    private static String participant(String user, int line) {
        return "X-Cisco-Recording-Participant: sip:" + user + "@192.0.2.21;media-index=\"" + line + "\"\r\n";
    }

    private static String heard(RecordingSession session, int stream) {
        return SessionViews.heard(session, session.streams().get(stream - 1));
    }
}
