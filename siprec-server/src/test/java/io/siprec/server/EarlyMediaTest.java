package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audio that comes before the call is set up. */
class EarlyMediaTest {
    @TempDir
    Path recordings;

    @Test
    void C189_C215_audioBeforeTheAckIsRecordedFromItsFirstPacket() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp known = new RawRtp();
                RawRtp elsewhere = new RawRtp()) {
            String ok = src.invite(sdp(line(known.port(), "1", "sendonly"), line(40000, "2", "sendonly")));
            known.send(ports(ok).get(0), 20);
            elsewhere.send(ports(ok).get(1), 20); // behind a NAT: not from where the SDP says
            server.awaitRtp(40);
            src.acknowledge(ok, "", "");
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            for (String label : new String[] {"1", "2"}) {
                JsonNode stream = recorded.stream(label);
                assertThat(stream.get("samples").asInt()
                                - stream.get("firstSampleOffset").asInt())
                        .isEqualTo(20 * 160);
                assertThat(stream.at("/packets/received").asInt()).isEqualTo(20);
                assertThat(stream.at("/completeness/complete").asBoolean()).isTrue();
            }
        }
    }

    /** The late offer: 200 has our ports, the ACK says where the SRC sends from. */
    @Test
    void C189_audioThatOvertakesTheAnswerInTheAckIsRecorded() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String ok = src.invite("", "");
            rtp.send(ports(ok).get(0), 20);
            server.awaitRtp(20);
            src.acknowledge(ok, "application/sdp", sdp(line(rtp.port(), "1", "sendonly")));
            src.bye();
            assertThat(server.awaitRecording().audio("1").samples()).hasSize(20 * 160);
        }
    }
}
