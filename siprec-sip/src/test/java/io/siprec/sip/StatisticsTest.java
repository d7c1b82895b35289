package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipStatistics.Kind;
import io.siprec.sip.SipStatistics.Value;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

/** The numbers of an endpoint, from the outside. */
@Timeout(60)
@WithOneAndFourLoops
class StatisticsTest implements SipApplication {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Parameter
    private int loops;

    private SipEndpoint server;

    @Override
    public void onInvite(ServerInvite invite) {
        invite.accept(List.of(), SipBody.none(), end -> {});
    }

    @BeforeEach
    void start() throws SipBindException {
        server = SipEndpoint.builder(this)
                .loops(loops)
                .listen(Transport.TCP, ANY)
                .build();
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] options(int number) {
        return ("OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK" + number
                        + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: " + number
                        + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(UTF_8);
    }

    private long gauge(String name) {
        return server.statistics().value(Kind.GAUGE, name);
    }

    @Test
    void everyNumberHasANameOfItsKindAndAMeaning() {
        List<Value> values = server.statistics().values();
        assertThat(values).allSatisfy(value -> {
            assertThat(value.name()).matches("[a-z]+(-[a-z]+)*");
            assertThat(value.meaning()).isNotBlank();
        });
        assertThat(values.stream().map(value -> value.kind() + " " + value.name()))
                .doesNotHaveDuplicates();
        assertThat(server.statistics().value(Kind.GAUGE, "no-such-number")).isZero();
    }

    @Test
    void bytesThatAPeerDoesNotReadAreSeenWhileTheyWait() throws Exception {
        try (Socket peer = new Socket()) {
            peer.setReceiveBufferSize(4_096);
            peer.connect(server.listeningPoints().get(0).address());
            long unsent = 0;
            for (int sent = 0; unsent == 0 && sent < 100_000; sent++) {
                peer.getOutputStream().write(options(sent));
                unsent = gauge("unsent-bytes");
            }
            assertThat(unsent).isPositive();
            assertThat(gauge("connections")).isEqualTo(1);
        }
        Loops.await(server, () -> gauge("connections") == 0);
        assertThat(gauge("unsent-bytes")).isZero();
        Loops.await(server, () -> gauge("lent-connections") == 0);
    }
}
