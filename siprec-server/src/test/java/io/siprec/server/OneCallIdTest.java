package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.metadata;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dialog is known by Call-ID and both tags (RFC 3261 §12): one Call-ID may have several sessions, which are never mixed. */
class OneCallIdTest {
    private static final String BOTH = "multipart/mixed;boundary=b";

    @TempDir
    Path recordings;

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void C010_sessionsOfOneCallIdKeepTheirOwnStreamsMetadataAndEnd(Transport transport) throws Exception {
        try (TestServer server = TestServer.start(recordings, 2);
                RawDialog first = new RawDialog(server, transport);
                RawDialog second = first.ofSameCallId("2");
                RawRtp firstAudio = new RawRtp();
                RawRtp secondAudio = new RawRtp()) {
            int firstPort = begin(first, firstAudio, "alice");
            int secondPort = begin(second, secondAudio, "bob");
            firstAudio.send(firstPort, 10);
            secondAudio.send(secondPort, 20);

            first.bye();
            RecordingSession one = server.await("ended");
            assertHas(server.recorded(one), one, "alice", 10);
            assertThat(server.server().sessions()).hasSize(1);

            assertThat(second.reinvite("application/sdp", sdp(line(secondAudio.port(), "1", "sendonly"))))
                    .startsWith("SIP/2.0 200 ");
            secondAudio.send(secondPort, 5);
            second.bye();
            RecordingSession other = server.await("ended");
            assertHas(server.recorded(other), other, "bob", 25);

            assertThat(other.callId()).isEqualTo(one.callId());
            assertThat(other.id()).isNotEqualTo(one.id());
            assertThat(other.localTag()).isNotEqualTo(one.localTag());
            assertThat(other.directory()).isNotEqualTo(one.directory());
        }
    }

    /** The port that takes the audio. */
    private static int begin(RawDialog src, RawRtp audio, String participant) throws Exception {
        String sdp = sdp(line(audio.port(), "1", "sendonly"));
        return ports(src.reinvite(BOTH, multipart(sdp, metadata("complete", participant))))
                .get(0);
    }

    private static void assertHas(RecordedCall recorded, RecordingSession session, String participant, int packets) {
        assertThat(session.participants()).extracting(SessionParticipant::id).containsExactly(participant);
        assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(packets);
        assertThat(recorded.manifest().get("metadata")).hasSize(1);
    }
}
