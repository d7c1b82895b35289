package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.EndCause;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording makes of session timers; the timers themselves are the stack's. Their clock is moved by hand. */
class SessionTimerTest {
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 40000 RTP/AVP 0\r\na=sendonly\r\na=label:1\r\n";

    @TempDir
    Path recordings;

    private final AtomicLong nowNs = new AtomicLong();
    private TestServer server;
    private RawSipClient src;
    private String ok;
    private int pings = 1;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(
                recordings,
                1,
                builder -> builder.shutdownTimeout(Duration.ofMillis(100)).sip(sip -> sip.clock(nowNs::get)));
        src = server.client(Transport.UDP);
    }

    @AfterEach
    void end() throws IOException {
        src.close();
        server.close();
    }

    private void call(String headers) throws Exception {
        String invite = "INVITE sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + src.localPort()
                + ";rport;branch=z9hG4bK-1\r\nMax-Forwards: 70\r\nFrom: <sip:src@127.0.0.1>;tag=1\r\n"
                + "To: <sip:srs@127.0.0.1>\r\nCall-ID: timer\r\nCSeq: 1 INVITE\r\nContact: <sip:src@127.0.0.1:"
                + src.localPort() + ">;+sip.src\r\nRequire: siprec\r\nSupported: timer\r\n" + headers
                + "Content-Type: application/sdp\r\nContent-Length: " + SDP.length() + "\r\n\r\n" + SDP;
        src.send(invite);
        ok = src.receiveFinal();
        assertThat(ok).startsWith("SIP/2.0 200 ");
        src.send(RawMessages.inDialog("ACK", invite, ok, Transport.UDP, src.localPort()));
        awaitIdle();
    }

    /** What was sent before is done when an OPTIONS is answered: its Call-ID, and so its loop, is the same. */
    private void awaitIdle() throws IOException {
        src.send("OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + src.localPort()
                + ";rport;branch=z9hG4bK-" + ++pings + "\r\nMax-Forwards: 70\r\nFrom: <sip:src@127.0.0.1>;tag=2\r\n"
                + "To: <sip:srs@127.0.0.1>\r\nCall-ID: timer\r\nCSeq: " + pings
                + " OPTIONS\r\nContent-Length: 0\r\n\r\n");
        assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ");
    }

    /** Time passes; the loop, which sleeps by the real clock, is woken by a keep-alive until it has something to say. */
    private String afterSeconds(int seconds) throws IOException {
        nowNs.addAndGet(Duration.ofSeconds(seconds).toNanos());
        src.send("\r\n\r\n");
        return src.receive();
    }

    private void answer(String request) throws IOException {
        String head = request.split("\r\n\r\n", 2)[0];
        StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
        head.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq|Session-Expires): .*"))
                .forEach(line -> response.append(line).append("\r\n"));
        src.send(response + "Content-Length: 0\r\n\r\n");
    }

    @Test
    void C164_aRefreshRepeatsTheDescriptionWithItsVersion() throws Exception {
        call("Session-Expires: 90;refresher=uas\r\n");
        assertThat(RawMessages.header(ok, "Session-Expires", "x")).isEqualTo("90;refresher=uas");
        String refresh = afterSeconds(46);
        assertThat(refresh).startsWith("INVITE ");
        assertThat(description(refresh)).isEqualTo(description(ok)).startsWith("v=0\r\no=");
        answer(refresh);
        assertThat(src.receive()).startsWith("ACK ");
        awaitIdle();
        assertThat(afterSeconds(46)).as("and again").startsWith("INVITE ");
    }

    @Test
    void C165_anExpiredSessionIsKeptWithItsCause() throws Exception {
        call("Session-Expires: 90\r\n");
        assertThat(RawMessages.header(ok, "Session-Expires", "x")).isEqualTo("90;refresher=uac");
        String bye = afterSeconds(61);
        assertThat(bye).startsWith("BYE ");
        assertThat(RawMessages.header(bye, "Reason", "reason")).contains("Session timer expired");
        answer(bye);
        assertThat(server.await("ended").endCause()).contains(EndCause.SESSION_TIMER);
    }

    private static String description(String message) {
        return message.split("\r\n\r\n", 2)[1];
    }
}
