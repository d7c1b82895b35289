package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On real sockets: where we listen, where our answers and requests go, and how long connections live. */
@Timeout(60)
@WithOneAndFourLoops
class WaysTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";

    @Parameter
    private int loops;

    private final AtomicLong aheadNs = new AtomicLong();
    private final BlockingQueue<SipRequest> acks = new LinkedBlockingQueue<>();
    private final BlockingQueue<SipDialog> dialogs = new LinkedBlockingQueue<>();
    private final BlockingQueue<DialogEnd.Cause> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<ServerInvite> invites = new LinkedBlockingQueue<>();
    private final List<SipEndpoint> endpoints = new ArrayList<>();
    private boolean answering = true;

    private final class Recorder implements SipApplication, DialogListener {
        @Override
        public void onInvite(ServerInvite invite) {
            if (answering) {
                dialogs.add(invite.accept(List.of(), SDP, this));
            } else {
                invites.add(invite);
            }
        }

        @Override
        public void onAck(SipRequest ack) {
            acks.add(ack);
        }

        @Override
        public void onEnded(DialogEnd end) {
            ends.add(end.cause());
        }
    }

    @AfterEach
    void closeAll() {
        endpoints.forEach(SipEndpoint::close);
    }

    private SipEndpoint.Builder builder() {
        return SipEndpoint.builder(new Recorder())
                .loops(loops)
                .contactParameters("+sip.srs")
                .clock(() -> System.nanoTime() + aheadNs.get());
    }

    private SipEndpoint start(SipEndpoint.Builder builder) throws SipBindException {
        SipEndpoint endpoint = builder.build();
        endpoints.add(endpoint);
        endpoint.start();
        return endpoint;
    }

    private SipEndpoint listening(Transport... transports) throws SipBindException {
        SipEndpoint.Builder builder = builder();
        for (Transport transport : transports) {
            builder.listen(transport, new InetSocketAddress(V4, 0));
        }
        return start(builder);
    }

    private SipDialog dialog() throws InterruptedException {
        return dialogs.poll(20, TimeUnit.SECONDS);
    }

    private static InetSocketAddress contactOf(SipResponse ok) {
        SipUri uri = ok.contact().orElseThrow().uri();
        return new InetSocketAddress(uri.host(), uri.port());
    }

    private SipResponse call(RawPeer peer, SipRequest invite) throws Exception {
        peer.send(invite);
        SipResponse ok = peer.receiveFinal();
        assertThat(ok.status()).isEqualTo(200);
        peer.send(peer.request(
                "ACK",
                invite.callId(),
                1,
                "ack" + invite.callId(),
                ok.to().tag().orElseThrow()));
        assertThat(acks.poll(20, TimeUnit.SECONDS)).as("the ACK").isNotNull();
        return ok;
    }

    private static TlsSettings tls() throws Exception {
        TestKeys keys = TestKeys.shared();
        return TlsSettings.builder()
                .identity(keys.chain("srs"), keys.key("srs"))
                .trustedCas(keys.caFile())
                .build();
    }

    @Test
    void C114_C128_eachOfSixListeningPointsIsReachedAndNamedInItsContact() throws Exception {
        SipEndpoint.Builder builder = builder().tls(tls());
        for (String host : List.of(V4, V6)) {
            for (Transport transport : Transport.values()) {
                builder.listen(transport, new InetSocketAddress(host, 0));
            }
        }
        SipEndpoint server = start(builder);
        assertThat(server.listeningPoints()).hasSize(6);
        for (ListeningPoint point : server.listeningPoints()) {
            callAndHangUpAtTheContact(point.transport(), point.address(), point.address());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void C128_behindANatTheContactNamesTheOuterAddress(Transport transport) throws Exception {
        SipEndpoint server = start(builder()
                .tls(tls())
                .listen(transport, new InetSocketAddress("0.0.0.0", 0))
                .advertisedHost("127.0.0.9"));
        int port = server.listeningPoints().get(0).address().getPort();
        callAndHangUpAtTheContact(transport, new InetSocketAddress(V4, port), new InetSocketAddress("127.0.0.9", port));
    }

    private void callAndHangUpAtTheContact(Transport transport, InetSocketAddress server, InetSocketAddress expected)
            throws Exception {
        try (RawPeer peer = new RawPeer(transport, server)) {
            String id = "c" + transport + server.getPort();
            SipResponse ok = call(peer, peer.request("INVITE", id, 1, id, ""));
            assertThat(contactOf(ok)).as("%s at %s", transport, server).isEqualTo(expected);
            assertThat(ok.contact().orElseThrow().uri().parameter("transport")).contains(transport.parameter());
            try (RawPeer again = new RawPeer(transport, contactOf(ok))) {
                again.send(again.request("BYE", id, 2, "bye" + id, ok.to().tag().orElseThrow()));
                assertThat(again.receiveFinal().status()).isEqualTo(200);
            }
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(DialogEnd.Cause.REMOTE_BYE);
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # sent-by, with the port of the second socket | answer at | received and rport
            127.0.0.1:SECOND;rport                        | first     | ;rport=FIRST;branch=z9hG4bKw;received=127.0.0.1
            127.0.0.1:SECOND                              | second    | ;branch=z9hG4bKw
            192.0.2.1:SECOND                              | second    | ;branch=z9hG4bKw;received=127.0.0.1
            src.example:SECOND                            | second    | ;branch=z9hG4bKw;received=127.0.0.1
            src.example:SECOND;rport                      | first     | ;rport=FIRST;branch=z9hG4bKw;received=127.0.0.1
            """)
    void C115_C116_aDatagramIsAnsweredWhereItsViaSays(String sentBy, String where, String parameters) throws Exception {
        SipEndpoint server = listening(Transport.UDP);
        InetSocketAddress address = server.listeningPoints().get(0).address();
        try (RawPeer first = new RawPeer(Transport.UDP, address);
                RawPeer second = new RawPeer(Transport.UDP, address)) {
            String by = sentBy.replace("SECOND", Integer.toString(second.localPort()));
            SipRequest options = first.request("OPTIONS", "via", 1, "w", "").toBuilder()
                    .set("Via", "SIP/2.0/UDP " + by + ";branch=z9hG4bKw")
                    .build();
            first.send(options);
            SipResponse answer = (where.equals("first") ? first : second).receiveFinal();
            assertThat(answer.header("Via"))
                    .contains("SIP/2.0/UDP " + by.replace(";rport", "")
                            + parameters.replace("FIRST", Integer.toString(first.localPort())));
        }
    }

    @Test
    void C117_whenTheConnectionIsGoneTheAnswerComesOverANewOne() throws Exception {
        answering = false;
        SipEndpoint server = listening(Transport.TCP);
        try (ServerSocket sentBy = new ServerSocket(0, 5, InetAddress.getByName(V4))) {
            try (RawPeer peer =
                    new RawPeer(Transport.TCP, server.listeningPoints().get(0).address())) {
                peer.send(peer.request("INVITE", "gone", 1, "gone", "").toBuilder()
                        .set("Via", "SIP/2.0/TCP 127.0.0.1:" + sentBy.getLocalPort() + ";branch=z9hG4bKgone")
                        .build());
                assertThat(((SipResponse) peer.receive()).status()).isEqualTo(100);
            }
            Loops.await(server, () -> server.statistics().connections() == 0);
            ServerInvite invite = invites.poll(20, TimeUnit.SECONDS);
            invite.loop().execute(() -> invite.reject(486, "Busy Here"));
            try (RawPeer back = RawPeer.accept(sentBy)) {
                assertThat(back.receiveFinal().status()).isEqualTo(486);
            }
        }
    }

    @Test
    void C118_ourByeComesOverTheOpenConnection() throws Exception {
        SipEndpoint server = listening(Transport.TCP);
        try (RawPeer peer =
                new RawPeer(Transport.TCP, server.listeningPoints().get(0).address())) {
            call(peer, peer.request("INVITE", "one", 1, "one", ""));
            SipDialog dialog = dialog();
            dialog.loop().execute(() -> dialog.bye(List.of()));
            SipRequest bye = (SipRequest) peer.receive();
            assertThat(bye.method()).isEqualTo("BYE");
            assertThat(server.statistics().connections())
                    .as("no second connection")
                    .isEqualTo(1);
            peer.accept(bye);
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
        }
    }

    @Test
    void C118_whenItIsLostOurByeComesToTheContact() throws Exception {
        SipEndpoint server = listening(Transport.TCP);
        try (ServerSocket contact = new ServerSocket(0, 5, InetAddress.getByName(V4))) {
            try (RawPeer peer =
                    new RawPeer(Transport.TCP, server.listeningPoints().get(0).address())) {
                call(
                        peer,
                        peer.request("INVITE", "lost", 1, "lost", "").toBuilder()
                                .set("Contact", "<sip:src@127.0.0.1:" + contact.getLocalPort() + ";transport=tcp>")
                                .build());
            }
            SipDialog dialog = dialog();
            Loops.await(server, () -> server.statistics().connections() == 0);
            dialog.loop().execute(() -> dialog.bye(List.of()));
            try (RawPeer back = RawPeer.accept(contact)) {
                SipRequest bye = (SipRequest) back.receive();
                assertThat(bye.method()).isEqualTo("BYE");
                assertThat(bye.topVia().port())
                        .as("where we take connections")
                        .isEqualTo(server.listeningPoints().get(0).address().getPort());
                back.accept(bye);
                assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void C119_aLargeByeGoesByTcpUnlessTcpIsRefused(boolean taken) throws Exception {
        SipEndpoint server = listening(Transport.UDP);
        Header reason = new Header("Reason", "SIP;text=\"" + "x".repeat(1_400) + "\"");
        InetSocketAddress address = server.listeningPoints().get(0).address();
        try (RawPeer udp = new RawPeer(Transport.UDP, address);
                ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getByName(V4))) {
            int contact = taken ? tcp.getLocalPort() : udp.localPort();
            call(
                    udp,
                    udp.request("INVITE", "large", 1, "large", "").toBuilder()
                            .set("Contact", "<sip:src@127.0.0.1:" + contact + ">")
                            .build());
            SipDialog dialog = dialog();
            dialog.loop().execute(() -> dialog.bye(List.of(reason)));
            try (RawPeer back = taken ? RawPeer.accept(tcp) : udp) {
                SipRequest bye = (SipRequest) back.receive();
                assertThat(bye.method()).isEqualTo("BYE");
                assertThat(bye.topVia().transport()).isEqualTo(taken ? "TCP" : "UDP");
                back.accept(bye);
                assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
            }
        }
    }

    @Test
    void C124_aPingBetweenTwoMessagesIsAnswered() throws Exception {
        SipEndpoint server = listening(Transport.TCP);
        try (RawPeer peer =
                new RawPeer(Transport.TCP, server.listeningPoints().get(0).address())) {
            peer.send(peer.request("OPTIONS", "p1", 1, "p1", ""));
            assertThat(peer.receiveFinal().callId()).isEqualTo("p1");
            peer.send("\r\n\r\n".getBytes(UTF_8));
            assertThat(peer.readBytes(2)).isEqualTo("\r\n".getBytes(UTF_8));
            peer.send(peer.request("OPTIONS", "p2", 1, "p2", ""));
            assertThat(peer.receiveFinal().callId()).isEqualTo("p2");
        }
    }

    @Test
    void C125_aMegabyteOfHeadersGets513() throws Exception {
        SipEndpoint server = listening(Transport.TCP);
        try (RawPeer peer =
                new RawPeer(Transport.TCP, server.listeningPoints().get(0).address())) {
            String head = new String(peer.request("OPTIONS", "mb", 1, "mb", "").toBytes(), UTF_8);
            String many = head.replace("\r\n\r\n", "\r\n") + "X-Filler: y\r\n".repeat(80_000);
            try {
                peer.send(many.getBytes(UTF_8));
            } catch (IOException e) {
                assertThat(e).as("it stopped reading").hasMessageMatching("Broken pipe.*|Connection reset.*");
            }
            Loops.await(server, () -> server.statistics().parseErrors() == 1);
            aheadNs.addAndGet(Duration.ofSeconds(2).toNanos());
            Loops.await(server, () -> server.statistics().connections() == 0);
        }
        assertThat(server.statistics().messagesSent()).as("the 513").isEqualTo(1);
    }

    @Test
    void C126_aConnectionWithADialogIsKeptHoweverIdle() throws Exception {
        SipEndpoint server = start(builder()
                .listen(Transport.TCP, new InetSocketAddress(V4, 0))
                .limits(SipLimits.builder()
                        .idleConnectionTime(Duration.ofMinutes(5))
                        .build()));
        InetSocketAddress address = server.listeningPoints().get(0).address();
        try (RawPeer busy = new RawPeer(Transport.TCP, address);
                RawPeer idle = new RawPeer(Transport.TCP, address)) {
            call(busy, busy.request("INVITE", "kept", 1, "kept", ""));
            SipDialog dialog = dialog();
            idle.send(idle.request("OPTIONS", "idle", 1, "idle", ""));
            idle.receiveFinal();
            for (int i = 0; i < 6; i++) {
                aheadNs.addAndGet(Duration.ofMinutes(6).toNanos());
                Loops.await(server, () -> server.statistics().connections() == 1);
            }
            assertThat(idle.ended()).isTrue();
            dialog.loop().execute(() -> dialog.bye(List.of()));
            SipRequest bye = (SipRequest) busy.receive();
            busy.accept(bye);
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(DialogEnd.Cause.LOCAL_BYE);
            Loops.await(
                    server,
                    () -> { // the loop of the dialog may be behind that of the connection
                        aheadNs.addAndGet(Duration.ofMinutes(1).toNanos());
                        return server.statistics().connections() == 0;
                    });
            assertThat(busy.ended()).isTrue();
        }
        assertThat(server.statistics().dropped()).containsEntry("idle-connection", 2L);
    }

    @Test
    void oneSourceHasSoManyConnectionsAndAnotherItsOwn() throws Exception {
        SipEndpoint server = start(builder()
                .listen(Transport.TCP, new InetSocketAddress("0.0.0.0", 0))
                .limits(SipLimits.builder().maxConnectionsPerSource(1).build()));
        InetSocketAddress address = new InetSocketAddress(
                V4, server.listeningPoints().get(0).address().getPort());
        try (RawPeer one = new RawPeer(Transport.TCP, address)) {
            one.send(one.request("OPTIONS", "s1", 1, "s1", ""));
            one.receiveFinal();
            try (RawPeer two = new RawPeer(Transport.TCP, address)) {
                assertThat(two.ended()).isTrue();
            }
            try (Socket other =
                    new Socket(address.getAddress(), address.getPort(), InetAddress.getByName("127.0.0.2"), 0)) {
                Loops.await(server, () -> server.statistics().connections() == 2);
                assertThat(other.isConnected()).isTrue();
            }
        }
        assertThat(server.statistics().dropped()).containsEntry("source-connection-limit", 1L);
    }
}
