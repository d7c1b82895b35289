package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.EndCause;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that takes no new calls says, and that it goes on with those that it has. */
@Timeout(60)
class DrainTest {
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 40000 RTP/AVP 0\r\na=label:1\r\na=sendonly\r\n";

    @TempDir
    private Path recordings;

    private static String request(RawSipClient src, String method, String callId) {
        String body = method.equals("INVITE") ? SDP : "";
        return method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + src.transport() + " 127.0.0.1:"
                + src.localPort() + ";rport;branch=z9hG4bK" + method + callId
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:src@127.0.0.1>;tag=1\r\nTo: <sip:srs@127.0.0.1>\r\nCall-ID: "
                + callId + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:src@127.0.0.1:" + src.localPort()
                + ">;+sip.src\r\n" + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String answer(RawSipClient src, String message) throws Exception {
        src.send(message);
        return src.receiveFinal();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void C156_C159_C217_aDrainingServerRefusesNewCallsAndFinishesItsOwn(int loops) throws Exception {
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder);
                RawSipClient src = server.client(Transport.UDP);
                RawSipClient other = server.client(Transport.UDP)) {
            String invite = request(src, "INVITE", "running");
            String ok = answer(src, invite);
            assertThat(ok).startsWith("SIP/2.0 200 ");
            src.send(RawMessages.inDialog("ACK", invite, ok, Transport.UDP, src.localPort()));
            assertThat(answer(other, request(other, "OPTIONS", "before"))).startsWith("SIP/2.0 200 ");

            server.server().drain();
            assertThat(server.server().draining()).isTrue();
            for (String method : new String[] {"INVITE", "OPTIONS"}) {
                String refused = answer(other, request(other, method, "after"));
                assertThat(refused).startsWith("SIP/2.0 503 Shutting Down\r\n");
                assertThat(RawMessages.header(refused, "Retry-After", "retry-after"))
                        .isNotEmpty();
            }
            assertThat(server.server().health())
                    .filteredOn(part -> part.name().equals("sip"))
                    .allMatch(part -> part.state() == ComponentHealth.State.DEGRADED);
            assertThat(server.server().sessions()).as("goes on").hasSize(1);

            assertThat(answer(src, RawMessages.inDialog("BYE", invite, ok, Transport.UDP, src.localPort())))
                    .startsWith("SIP/2.0 200 ");
            assertThat(server.await("ended").endCause()).contains(EndCause.SRC_BYE);
        }
    }

    @Test
    void C156_aFullServerSaysSoToAPing() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, builder -> builder.maxSessions(1));
                RawSipClient src = server.client(Transport.UDP);
                RawSipClient other = server.client(Transport.UDP)) {
            assertThat(answer(src, request(src, "INVITE", "only"))).startsWith("SIP/2.0 200 ");
            assertThat(answer(other, request(other, "OPTIONS", "ping")))
                    .startsWith("SIP/2.0 503 Too Many Recording Sessions\r\n");
            assertThat(answer(other, request(other, "INVITE", "one-more")))
                    .startsWith("SIP/2.0 503 Too Many Recording Sessions\r\n");
        }
    }

    @Test
    void C159_theApplicationsOwnReasonIsAskedToo() throws Exception {
        Optional<Unavailable> reason = Optional.of(new Unavailable("Licence Exceeded", Duration.ofSeconds(3)));
        try (TestServer server =
                        TestServer.start(recordings, 1, builder -> builder.sip(sip -> sip.overload(() -> reason)));
                RawSipClient src = server.client(Transport.TCP)) {
            assertThat(answer(src, request(src, "INVITE", "1")))
                    .startsWith("SIP/2.0 503 Licence Exceeded\r\n")
                    .contains("Retry-After: 3\r\n");
            server.server().drain();
            assertThat(answer(src, request(src, "INVITE", "2"))).startsWith("SIP/2.0 503 Shutting Down\r\n");
        }
    }
}
