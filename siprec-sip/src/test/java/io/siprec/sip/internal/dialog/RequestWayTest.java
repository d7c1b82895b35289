package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.SipDialog;
import io.siprec.sip.internal.dialog.FakeNetwork.FakePeer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which transport, to which address and under which Contact our requests and answers go. */
class RequestWayTest {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final List<Header> LONG_REASON =
            List.of(new Header("Reason", "SIP;cause=200;text=\"" + "x".repeat(1_300) + "\""));

    private final Bench bench = new Bench();

    private FakePeer source(Transport transport) {
        return switch (transport) {
            case UDP -> bench.udp;
            case TCP -> bench.tcp;
            case TLS -> bench.tls;
        };
    }

    private SipDialog established(Requests src, FakePeer source, String headers) {
        bench.receive(src.request("INVITE", 1, headers), source);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SDP, bench);
        bench.sentResponse();
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), source);
        return dialog;
    }

    private void answer(SipRequest request, FakePeer from) {
        bench.receive(
                SipResponse.answer(request, FakeNetwork.LOCAL, 200, "OK", "x").toBytes(), from);
    }

    @Test
    void C119_whatIsTooLargeForADatagramGoesByTcp() {
        SipDialog dialog = established(new Requests("UDP"), bench.udp, "");
        dialog.bye(LONG_REASON);
        FakePeer hop = bench.nextPeer();
        SipRequest bye = bench.sentRequest();
        assertThat(hop.transport()).isEqualTo(Transport.TCP);
        assertThat(hop.remote()).isEqualTo(new InetSocketAddress("127.0.0.2", 5062));
        assertThat(bye.topVia().transport()).isEqualTo("TCP");
        assertThat(bye.toBytes().length).isGreaterThan(1_300);
        bench.advance(Duration.ofSeconds(5));
        bench.nothingSent(); // TCP itself repeats
        answer(bye, hop);
        hop.open = false;
        bench.agent.onClosed(hop, "closed by the peer");
        bench.nothingSent();
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void C119_whereTcpIsRefusedTheDatagramIsSentAfterAll() {
        SipDialog dialog = established(new Requests("UDP"), bench.udp, "");
        dialog.bye(LONG_REASON);
        FakePeer hop = bench.nextPeer();
        SipRequest byTcp = bench.sentRequest();
        bench.agent.onClosed(hop, "Connection refused");
        assertThat(bench.nextPeer().transport()).isEqualTo(Transport.UDP);
        SipRequest bye = bench.sentRequest();
        assertThat(bye.topVia().transport()).isEqualTo("UDP");
        assertThat(bye.topVia().branch()).isEqualTo(byTcp.topVia().branch());
        assertThat(bye.cseq().number()).isEqualTo(byTcp.cseq().number());
        bench.advance(Duration.ofMillis(500));
        assertThat(bench.sentRequest().method()).as("timer E").isEqualTo("BYE");
        answer(bye, bench.udp);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        bench.assertEmptyTables();
    }

    @Test
    void C119_withoutAWayByTcpTheDatagramIsSentAtOnce() {
        SipDialog dialog = established(new Requests("UDP"), bench.udp, "");
        bench.network.unreachable = true;
        dialog.bye(LONG_REASON);
        assertThat(bench.nextPeer().transport()).isEqualTo(Transport.UDP);
        answer(bench.sentRequest(), bench.udp);
        bench.assertEmptyTables();
    }

    @Test
    void C119_aLargeReinviteAndItsAckGoByTcpToo() {
        String route = "<sip:127.0.0.8:5081;lr;x=" + "r".repeat(1_300) + ">";
        SipDialog dialog = established(new Requests("UDP"), bench.udp, "Record-Route: " + route + "\n");
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        FakePeer hop = bench.nextPeer();
        assertThat(hop.transport()).isEqualTo(Transport.TCP);
        assertThat(hop.remote().getPort()).isEqualTo(5081);
        SipRequest invite = bench.sentRequest();
        assertThat(invite.header("Contact")).contains("<sip:127.0.0.1:5060;transport=udp>;+sip.srs");
        answer(invite, hop);
        assertThat(bench.nextPeer().transport()).isEqualTo(Transport.TCP);
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.topVia().transport()).isEqualTo("TCP");
        answer(invite, hop);
        assertThat(bench.nextPeer().transport())
                .as("the first ACK did not arrive")
                .isEqualTo(Transport.UDP);
        assertThat(bench.sentRequest().topVia().transport()).isEqualTo("UDP");
    }

    @ParameterizedTest(name = "{0}, {1}: {4} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # over | open | Contact                                | goes to              | over | why
            UDP    | yes  | <sip:src@127.0.0.9:5099>               | 127.0.0.9:5099       | UDP  | the remote target
            UDP    | yes  | <sip:src@127.0.0.9>                    | 127.0.0.9:5060       | UDP  | no port
            UDP    | yes  | <sip:src@[::1]:5099>                   | 0:0:0:0:0:0:0:1:5099 | UDP  | an IPv6 reference
            UDP    | yes  | <sip:src@pbx.example:5099>             | 127.0.0.2:5062       | UDP  | a name: where it came from
            UDP    | yes  | <sip:src@127.0.0.9:5099;transport=TCP> | 127.0.0.9:5099       | TCP  | the target wants TCP
            TCP    | yes  | <sip:src@127.0.0.9:5099>               | 127.0.0.2:40000      | TCP  | the open connection
            TCP    | no   | <sip:src@127.0.0.9:5099>               | 127.0.0.9:5099       | TCP  | a new one to the target
            TCP    | no   | <sip:src@127.0.0.9:5099;transport=udp> | 127.0.0.9:5099       | UDP  | the target takes datagrams
            TCP    | no   | <sip:src@pbx.example>                  | pbx.example:5060     | TCP  | a name: its port where it came from
            TLS    | yes  | <sips:src@127.0.0.9>                   | 127.0.0.2:50000      | TLS  | the open connection
            TLS    | no   | <sips:src@127.0.0.9>                   | 127.0.0.9:5061       | TLS  | the port of TLS
            TLS    | no   | <sips:src@127.0.0.9;transport=tcp>     | 127.0.0.9:5061       | TLS  | sips means TLS over TCP
            TLS    | no   | <sip:src@127.0.0.9:5099;transport=tls> | 127.0.0.9:5099       | TLS  | the old way to say it
            TLS    | no   | <sips:src@pbx.example>                 | pbx.example:5061     | TLS  | a name, which it must prove
            """)
    void C118_requestsInADialogUseItsConnectionOrGoToTheTarget(
            Transport over, String open, String contact, String to, Transport by, String why) {
        Requests src = new Requests(over.name());
        src.contact = contact;
        FakePeer source = source(over);
        SipDialog dialog = established(src, source, "");
        source.open = open.equals("yes");
        dialog.request("OPTIONS", List.of(), Optional.empty(), response -> {});
        FakePeer hop = bench.nextPeer();
        assertThat(hop.transport()).as(why).isEqualTo(by);
        assertThat(hop.remote().getHostString() + ":" + hop.remote().getPort())
                .as(why)
                .isEqualTo(to);
        SipRequest options = bench.sentRequest();
        assertThat(options.topVia().transport()).isEqualTo(by.name());
        answer(options, hop);

        dialog.bye(List.of());
        if (over.reliable() && by.reliable()) {
            assertThat(bench.nextPeer()).as("one connection for all").isSameAs(hop);
        }
        answer(bench.sentRequest(), hop);
        bench.assertEmptyTables();
    }

    @ParameterizedTest(name = "{0} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # over | Request-URI         | headers                                    | outcome
            UDP    | sips:srs@127.0.0.1  | ''                                         | 416 sips Request-URI Without TLS
            TCP    | sips:srs@127.0.0.1  | ''                                         | 416 sips Request-URI Without TLS
            UDP    | sip:srs@127.0.0.1   | Contact: <sips:src@127.0.0.2>              | 400 sips Contact Without TLS
            TCP    | sip:srs@127.0.0.1   | Contact: <sips:src@127.0.0.2>              | 400 sips Contact Without TLS
            TLS    | tel:+12025550100    | ''                                         | 416 Unsupported URI Scheme
            TLS    | sips:srs@127.0.0.1  | Contact: <sips:src@127.0.0.2>              | <sips:127.0.0.1:5060>;+sip.srs
            TLS    | sips:srs@127.0.0.1  | Contact: <sip:src@127.0.0.2>               | <sips:127.0.0.1:5060>;+sip.srs
            TLS    | sip:srs@127.0.0.1   | Contact: <sips:src@127.0.0.2>              | <sips:127.0.0.1:5060>;+sip.srs
            TLS    | sip:srs@127.0.0.1   | Record-Route: <sips:127.0.0.3;lr>          | <sips:127.0.0.1:5060>;+sip.srs
            TLS    | sip:srs@127.0.0.1   | Contact: <sip:src@127.0.0.2>               | <sip:127.0.0.1:5060;transport=tls>;+sip.srs
            TCP    | sip:srs@127.0.0.1   | Contact: <sip:src@127.0.0.2>               | <sip:127.0.0.1:5060;transport=tcp>;+sip.srs
            UDP    | sip:srs@127.0.0.1   | Contact: <sip:src@127.0.0.2>               | <sip:127.0.0.1:5060;transport=udp>;+sip.srs
            """)
    void C127_C128_sipsIsForTlsOnly(Transport over, String uri, String header, String outcome) {
        Requests src = new Requests(over.name());
        src.contact = "";
        String lines = header.isEmpty() ? "" : header + "\n";
        for (String method : List.of("INVITE", "OPTIONS")) {
            bench.receive(src.text(method, uri, method.length(), "1 " + method, lines), source(over));
            if (bench.invites.size() == 1 && method.equals("INVITE")) {
                bench.sentResponse();
                bench.invites.get(0).accept(List.of(), SDP, bench);
            }
            SipResponse response = bench.sentResponse();
            assertThat(
                            response.status() == 200
                                    ? response.header("Contact").orElseThrow()
                                    : response.status() + " " + response.reason())
                    .as(method)
                    .isEqualTo(outcome);
        }
    }

    @Test
    void C127_ourRequestsInASipsDialogHaveASipsContact() {
        Requests src = new Requests("TLS");
        src.contact = "<sips:src@127.0.0.2:5063>;+sip.src";
        SipDialog dialog = established(src, bench.tls, "");
        dialog.reinvite(List.of(), Optional.of(SDP), response -> {});
        SipRequest invite = bench.sentRequest();
        assertThat(invite.requestUri()).isEqualTo("sips:src@127.0.0.2:5063");
        assertThat(invite.topVia().transport()).isEqualTo("TLS");
        assertThat(invite.header("Contact")).contains("<sips:127.0.0.1:5060>;+sip.srs");
    }

    @Test
    void C127_aSipsCallOfOursGoesOverTlsOnly() {
        List<String> made = new ArrayList<>();
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            assertThatThrownBy(() -> made.add(invite(transport).toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("over TLS only, not over " + transport);
        }
        assertThat(made).isEmpty();
        bench.agent.invite(bench.agent.prepare(invite(Transport.TLS), new SilentCaller(bench), "call-9"));
        SipRequest invite = bench.sentRequest();
        assertThat(invite.header("Contact")).contains("<sips:127.0.0.1:5060>;+sip.srs");
        assertThat(invite.topVia().transport()).isEqualTo("TLS");
    }

    private static ClientInvite invite(Transport transport) {
        return new ClientInvite(
                "sips:srs@127.0.0.2",
                "<sips:src@127.0.0.1>",
                "<sips:srs@127.0.0.2>",
                transport,
                new InetSocketAddress("127.0.0.2", 5061),
                List.of(),
                SDP);
    }

    private record SilentCaller(Bench dialogListener) implements io.siprec.sip.ClientCallListener {
        @Override
        public void onAccepted(SipResponse response, SipDialog dialog) {}

        @Override
        public void onRejected(SipResponse response) {}

        @Override
        public void onFailed(String reason) {}
    }
}
