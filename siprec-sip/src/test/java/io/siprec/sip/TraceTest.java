package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.auth.UserStore;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.trace.SipMasking;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a trace sees of real calls. */
@Timeout(30)
class TraceTest implements SipApplication, ClientCallListener, DialogListener {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final SipBody SDP = new SipBody(
            "application/sdp",
            ("v=0\r\ns=-\r\nm=audio 9 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4\r\n")
                    .getBytes(UTF_8));

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Queue<String> raw = new ConcurrentLinkedQueue<>();
    private final Queue<String> masked = new ConcurrentLinkedQueue<>();
    private final SipTrace trace = (direction, source, message, nanoTime) -> {
        assertThat(message.isReadOnly()).isTrue();
        String text = SipMasking.toText(message);
        masked.add(direction + " " + source.transport() + " " + text);
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        raw.add(direction + " " + new String(bytes, UTF_8));
    };

    @Override
    public void onInvite(ServerInvite invite) {
        invite.accept(List.of(), SDP, end -> events.add("server " + end.cause()));
    }

    @Override
    public void onAccepted(SipResponse response, SipDialog dialog) {
        dialog.bye(List.of());
    }

    @Override
    public void onRejected(SipResponse response) {
        events.add("rejected " + response.status());
    }

    @Override
    public void onFailed(String reason) {
        events.add("failed " + reason);
    }

    @Override
    public DialogListener dialogListener() {
        return this;
    }

    @Override
    public void onEnded(DialogEnd end) {
        events.add("client " + end.cause());
    }

    private static int port(SipEndpoint endpoint) {
        return endpoint.listeningPoints().get(0).address().getPort();
    }

    private void call(SipEndpoint client, Transport transport, int port) throws InterruptedException {
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.1:" + port,
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.1>",
                transport,
                new InetSocketAddress("127.0.0.1", port),
                List.of(),
                SDP);
        client.invite(
                invite.withCredentials(
                        ClientCredentials.builder().anyRealm("bob", "zanzibar").build()),
                this);
        assertThat(List.of(events.poll(10, TimeUnit.SECONDS), events.poll(10, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("server REMOTE_BYE", "client LOCAL_BYE");
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void C214_aTracedCallWithKeysAndDigestShowsNoneOfThemNorDoesAnyLog(Transport transport) throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
        DigestSettings digest = DigestSettings.builder("srs", UserStore.ofPasswords("srs", Map.of("bob", "zanzibar")))
                .build();
        try (SipEndpoint server = SipEndpoint.builder(this)
                        .listen(transport, ANY)
                        .authentication(digest)
                        .trace(trace)
                        .build();
                SipEndpoint client = SipEndpoint.builder(this)
                        .listen(transport, ANY)
                        .trace(trace)
                        .build()) {
            server.start();
            client.start();
            call(client, transport, port(server));
        } finally {
            root.setLevel(level);
            root.detachAppender(logged);
        }
        String all = String.join("\n", raw);
        assertThat(all).as("the trace itself sees everything").contains(KEY, "response=\"", "SIP/2.0 401", "BYE ");
        String text = String.join("\n", masked) + logged.list;
        assertThat(text).contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***|2^20|1:4", "response=***");
        assertThat(text).doesNotContain(KEY, "zanzibar");
        for (String name : List.of("response=\"", "cnonce=\"", "nonce=\"")) {
            for (int at = all.indexOf(name); at >= 0; at = all.indexOf(name, at + 1)) {
                int value = at + name.length();
                assertThat(text).doesNotContain(all.substring(value, all.indexOf('"', value)));
            }
        }
        assertThat(masked).anyMatch(line -> line.startsWith("SENT " + transport + " INVITE "));
        assertThat(masked).anyMatch(line -> line.startsWith("RECEIVED " + transport + " SIP/2.0 200 "));
    }

    @Test
    void aTraceSeesWhatIsMalformedAndWhatIsRepeated() throws Exception {
        try (SipEndpoint server = SipEndpoint.builder(this)
                        .listen(Transport.UDP, ANY)
                        .trace(trace)
                        .build();
                DatagramSocket socket = new DatagramSocket(ANY)) {
            server.start();
            String options =
                    "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n"
                            + "To: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n";
            for (String text : List.of("hello", options, options)) {
                send(socket, server, text);
            }
            socket.setSoTimeout(10_000);
            socket.receive(new DatagramPacket(new byte[2_000], 2_000));
            socket.receive(new DatagramPacket(new byte[2_000], 2_000));
        }
        assertThat(raw.stream().map(line -> line.split(" ")[0] + " " + line.split(" ")[1]))
                .containsExactly(
                        "RECEIVED hello", "RECEIVED OPTIONS", "SENT SIP/2.0", "RECEIVED OPTIONS", "SENT SIP/2.0");
    }

    private static void send(DatagramSocket socket, SipEndpoint to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port(to))));
    }

    @Test
    void aFailingTraceDisturbsNoCall() throws Exception {
        SipTrace failing = (direction, source, message, nanoTime) -> {
            throw new IllegalStateException("the trace fails on purpose");
        };
        try (SipEndpoint server = SipEndpoint.builder(this)
                        .listen(Transport.UDP, ANY)
                        .trace(failing)
                        .build();
                SipEndpoint client =
                        SipEndpoint.builder(this).listen(Transport.UDP, ANY).build()) {
            server.start();
            client.start();
            call(client, Transport.UDP, port(server));
            assertThat(server.statistics().loopErrors()).isPositive();
        }
    }
}
