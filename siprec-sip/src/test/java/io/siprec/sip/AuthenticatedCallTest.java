package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.auth.UserStore;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client and a server of ours that ask each other who they are, over real sockets. */
@Timeout(30)
@WithOneAndFourLoops
class AuthenticatedCallTest implements SipApplication, ClientCallListener, DialogListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Parameter
    int loops;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<SipEndpoint> endpoints = new ArrayList<>();

    @Override
    public void onInvite(ServerInvite invite) {
        events.add("user known");
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

    private SipEndpoint start(SipEndpoint.Builder builder, Transport transport) throws SipBindException {
        SipEndpoint endpoint = builder.loops(loops).listen(transport, ANY).build();
        endpoints.add(endpoint);
        endpoint.start();
        return endpoint;
    }

    private SipEndpoint server(Transport transport, DigestAlgorithm... algorithms) throws SipBindException {
        DigestSettings asked = DigestSettings.builder("srs", UserStore.ofPasswords("srs", Map.of("bob", "zanzibar")))
                .algorithms(algorithms)
                .build();
        return start(SipEndpoint.builder(this).authentication(asked), transport);
    }

    private void call(String password, Transport transport, DigestAlgorithm... algorithms) throws SipBindException {
        SipEndpoint server = server(transport, algorithms);
        SipEndpoint client = start(SipEndpoint.builder(this), transport);
        int port = server.listeningPoints().get(0).address().getPort();
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
                        ClientCredentials.builder().anyRealm("bob", password).build()),
                this);
    }

    private String event() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void C210_C155_aCallWithCredentialsFromInviteToBye(Transport transport) throws Exception {
        call("zanzibar", transport, DigestAlgorithm.values());
        assertThat(event()).isEqualTo("user known");
        assertThat(List.of(event(), event())).containsExactlyInAnyOrder("server REMOTE_BYE", "client LOCAL_BYE");
        assertThat(endpoints.get(0).statistics().dropped())
                .containsEntry("no-credentials", 1L)
                .containsEntry("stale-nonce", 0L)
                .containsEntry("stray-ack", 0L);
    }

    @Test
    void C211_C155_aWrongPasswordIsRefusedAndReported() throws Exception {
        call("madagascar", Transport.UDP, DigestAlgorithm.MD5);
        assertThat(event()).isEqualTo("rejected 401");
        assertThat(endpoints.get(0).statistics().dropped())
                .containsEntry("no-credentials", 1L)
                .containsEntry("wrong-credentials", 1L);
    }

    /** The calls belong to different loops, the nonce counts to all of them. */
    @Test
    void C211_aReplayInAnotherCallIsRefusedWhateverItsLoop() throws Exception {
        SipEndpoint server = server(Transport.UDP, DigestAlgorithm.SHA_256);
        try (DatagramSocket socket = new DatagramSocket(0, ANY.getAddress())) {
            socket.setSoTimeout(10_000);
            socket.connect(server.listeningPoints().get(0).address());
            String refusal = exchange(socket, 0, "");
            assertThat(refusal).startsWith("SIP/2.0 401 ");
            String nonce = refusal.replaceAll("(?s).*nonce=\"([^\"]+)\".*", "$1");
            DigestAlgorithm sha = DigestAlgorithm.SHA_256;
            String response = sha.hash(sha.ha1("bob", "srs", "zanzibar") + ":" + nonce + ":00000001:c:auth:"
                    + sha.hash("OPTIONS:sip:srs@127.0.0.1"));
            String credentials = "Authorization: Digest username=\"bob\",realm=\"srs\",nonce=\"" + nonce
                    + "\",uri=\"sip:srs@127.0.0.1\",response=\"" + response
                    + "\",algorithm=SHA-256,qop=auth,nc=00000001,cnonce=\"c\"\r\n";
            assertThat(exchange(socket, 1, credentials)).startsWith("SIP/2.0 200 ");
            for (int call = 2; call < 20; call++) {
                assertThat(exchange(socket, call, credentials))
                        .startsWith("SIP/2.0 401 ")
                        .contains("stale=true");
            }
        }
    }

    private static String exchange(DatagramSocket socket, int call, String headers) throws IOException {
        String request = "OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5999;rport;branch=z9hG4bK-o"
                + call + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: o" + call
                + "\r\nCSeq: 1 OPTIONS\r\n" + headers + "Content-Length: 0\r\n\r\n";
        byte[] bytes = request.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length));
        DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }

    @AfterEach
    void close() {
        endpoints.forEach(SipEndpoint::close);
    }
}
