package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.OptionsAnswer;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");

    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | uri              | to tag | header                       | status | why
            PUBLISH  | sip:srs@h        | ''     | ''                           | 405    | C104, C157 known, not served
            REGISTER | sip:h            | ''     | ''                           | 405    | C104, C157 no registrar
            REFER    | sip:h            | ''     | Refer-To: <sip:b@h>          | 405    | C104 not served
            NOTIFY   | sip:h            | ''     | Event: x-nobody              | 405    | C104 489 is for who serves events
            SUBSCRIBE| sip:h            | ''     | Event: x-nobody              | 405    | C104 489 is for who serves events
            MESSAGE  | sip:h            | x      | ''                           | 405    | C104 not served, dialog or not
            INFO     | sip:h            | ''     | ''                           | 405    | C104 INFO outside of a dialog
            INFO     | sip:h            | ''     | Info-Package: x-nobody       | 469    | C104 no package is taken
            NEWMETHOD| sip:h            | ''     | ''                           | 501    | C157 unknown method
            invite   | sip:h            | ''     | ''                           | 501    | C157 methods compare with case
            INVITE   | tel:+12025550100 | ''     | ''                           | 416    | C158 another scheme
            INVITE   | soap.beep://h    | ''     | ''                           | 416    | C158 another scheme
            OPTIONS  | nobodyKnows:x    | ''     | ''                           | 416    | C158 another scheme
            INVITE   | sip:h            | nobody | ''                           | 481    | C150 unknown dialog
            BYE      | sip:h            | nobody | ''                           | 481    | C150 unknown dialog
            UPDATE   | sip:h            | nobody | ''                           | 481    | C150 unknown dialog
            INFO     | sip:h            | nobody | ''                           | 481    | C150 unknown dialog
            PRACK    | sip:h            | ''     | ''                           | 481    | PRACK without a dialog
            CANCEL   | sip:h            | ''     | ''                           | 481    | C102 CANCEL for nothing
            INVITE   | sip:h            | ''     | Require: siprec, x-nobody    | 420    | C005 unknown extension
            OPTIONS  | sip:h            | ''     | Require: SIPREC              | 200    | C005 tags compare without case
            OPTIONS  | sip:h            | ''     | Proxy-Require: x-nobody      | 200    | Proxy-Require is not for us
            """)
    void C104_C150_C157_C158_answers(String method, String uri, String toTag, String header, int status, String why) {
        src.toTag = toTag;
        bench.receive(src.text(method, uri, 1, "1 " + method, header.isEmpty() ? "" : header + "\n"), bench.udp);

        SipResponse response = bench.sentResponse();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.to().tag()).as("C144 To tag").isPresent();
        assertThat(response.header("Server")).contains("bench/1");
        if (status == 405 || status == 501) {
            assertThat(response.values("Allow"))
                    .containsExactly("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "PRACK");
        }
        if (status == 469) {
            assertThat(response.header("Recv-Info")).contains("");
        }
        if (status == 420) {
            assertThat(response.header("Unsupported")).contains("x-nobody");
        }
        bench.nothingSent();
        assertThat(bench.invites).isEmpty();
        bench.assertEmptyTables();
    }

    @Test
    void C142_aStrayAckIsDropped() {
        bench.receive(src.request("ACK", 1), bench.udp);
        src.toTag = "nobody";
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.nothingSent();
        assertThat(bench.statistics().dropped()).containsEntry("stray-ack", 2L);
    }

    @Test
    void aStrayResponseIsDropped() {
        bench.receive(
                src.request("OPTIONS", 1).replace("OPTIONS sip:srs@127.0.0.1 SIP/2.0", "SIP/2.0 200 OK"), bench.udp);
        bench.nothingSent();
        assertThat(bench.statistics().dropped()).containsEntry("stray-response", 1L);
    }

    @Test
    void malformedRequestsGetATellingReason() {
        bench.receive(src.request("INVITE", 1).replaceAll("Call-ID:.*\n", ""), bench.udp);
        String text = new String(bench.network.sent.remove().bytes(), UTF_8);
        assertThat(text)
                .startsWith("SIP/2.0 400 Missing Call-ID header\r\n")
                .contains("Via: ")
                .contains("CSeq: 1 INVITE");
        assertThat(bench.statistics().parseErrors()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"hello", "'GET / HTTP/1.1\nHost: x\n\n'", "'INVITE sip:a@b SIP/2.0\nContact: x\n\n'"})
    void garbageIsCountedAndNotAnswered(String text) {
        bench.receive(text, bench.udp);
        bench.nothingSent();
        assertThat(bench.statistics().dropped()).containsEntry("garbage", 1L);
    }

    @Test
    void C156_optionsSaysWhatWeCan() {
        bench.receive(src.request("OPTIONS", 1), bench.udp);
        SipResponse response = bench.sentResponse();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Accept")).contains("application/sdp, multipart/mixed");
        assertThat(response.values("Supported")).containsExactly("100rel", "siprec", "timer");
        assertThat(response.header("Accept-Encoding")).isPresent();
        assertThat(response.header("Accept-Language")).isPresent();

        bench.options = OptionsAnswer.unavailable(30);
        bench.receive(src.request("OPTIONS", 2), bench.udp);
        SipResponse full = bench.sentResponse();
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.header("Retry-After")).contains("30");
    }

    @Test
    void C151_aMergedRequestGets482() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
        bench.receive(src.request("INVITE", 1), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(482);
        assertThat(bench.invites).hasSize(1);
    }

    @Test
    void fullTablesGet503() {
        Bench small =
                new Bench(SipLimits.builder().maxTransactions(3).maxDialogs(1).build());
        small.receive(src.request("INVITE", 1), small.udp);
        small.sentResponse();
        SipDialog dialog = small.invites.get(0).accept(List.of(), SipBody.none(), small);
        small.sentResponse();
        assertThat(dialog.ended()).isFalse();

        src.callId = "call-2";
        small.receive(src.request("INVITE", 1), small.udp);
        SipResponse overDialogs = small.sentResponse();
        assertThat(overDialogs.status()).isEqualTo(503);
        assertThat(overDialogs.header("Retry-After")).isPresent();

        int cseq = 2;
        for (String reason : List.of("Too Many Dialogs", "Too Many Dialogs", "Too Many Transactions")) {
            small.receive(src.request("OPTIONS", cseq++), small.udp);
            SipResponse full = small.sentResponse();
            assertThat(full.status()).as("C156 as an INVITE would get").isEqualTo(503);
            assertThat(full.reason()).isEqualTo(reason);
        }
        assertThat(small.statistics().dropped())
                .containsEntry("dialog-limit", 1L)
                .containsEntry("transaction-limit", 1L);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # via                                  | port | annotated                                   | why
            127.0.0.2:5070;branch=z9hG4bK-a        | 5070 | 127.0.0.2:5070;branch=z9hG4bK-a             | C116 no rport: the sent-by port
            127.0.0.2;branch=z9hG4bK-a             | 5060 | 127.0.0.2;branch=z9hG4bK-a                  | C116 no port at all: 5060
            10.9.9.9:5070;rport;branch=z9hG4bK-a   | 5062 | 10.9.9.9:5070;rport=5062;branch=z9hG4bK-a;received=127.0.0.2 | C116 rport: the source port
            src.example:5070;branch=z9hG4bK-a      | 5070 | src.example:5070;branch=z9hG4bK-a;received=127.0.0.2 | C115 a name: received
            """)
    void C115_C116_responsesGoBackByVia(String via, int port, String annotated, String why) {
        String text = src.request("OPTIONS", 1).replaceAll("Via: .*\n", "Via: SIP/2.0/UDP " + via + "\n");
        bench.receive(text, bench.udp);
        assertThat(bench.nextPeer().remote().getPort()).isEqualTo(port);
        assertThat(bench.nextPeer().remote().getAddress())
                .isEqualTo(bench.udp.remote().getAddress());
        assertThat(bench.sent().header("Via")).contains("SIP/2.0/UDP " + annotated);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # transport | sent-by             | name        | port | why
            TCP         | 127.0.0.2:5062      | 127.0.0.2   | 5062 | the port that the sender listens on
            TCP         | src.example         | src.example | 5060 | no port: the default, at the address that it came from
            TLS         | src.example         | src.example | 5061 | the default of TLS, where src.example must be proved
            TLS         | 10.9.9.9:5071       | 10.9.9.9    | 5071 | behind a NAT
            """)
    void C117_aNewConnectionIsTriedWhenTheOldIsGone(
            Transport transport, String sentBy, String name, int port, String why) {
        FakeNetwork.FakePeer source = transport == Transport.TLS ? bench.tls : bench.tcp;
        Requests src = new Requests(transport.name());
        bench.receive(src.request("INVITE", 1).replaceFirst("127.0.0.2:5062;", sentBy + ";"), source);
        assertThat(bench.nextPeer()).as("the connection of the request").isSameAs(source);
        bench.sentResponse();
        source.open = false;
        bench.invites.get(0).reject(486, "Busy Here");
        FakeNetwork.FakePeer next = bench.nextPeer();
        assertThat(next.transport()).isEqualTo(transport);
        assertThat(next.remote().getPort()).as(why).isEqualTo(port);
        assertThat(next.remote().getAddress()).isEqualTo(source.remote().getAddress());
        assertThat(next.remote().getHostString()).isEqualTo(name);
        assertThat(bench.sentResponse().status()).isEqualTo(486);
    }

    @Test
    void C156_optionsInADialogIsAnsweredWithTheSame() {
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        bench.receive(src.request("OPTIONS", 2), bench.udp);
        SipResponse response = bench.sentResponse();
        assertThat(response.status()).isEqualTo(200);
        for (String header : List.of("Allow", "Accept", "Accept-Encoding", "Accept-Language", "Supported", "Contact")) {
            assertThat(response.header(header)).as(header).isPresent();
        }
        assertThat(response.to().tag()).contains(src.toTag);
        assertThat(bench.ends).isEmpty();
    }

    @Test
    void C156_eachOfAThousandPingsIsAnsweredAtOnce() {
        for (int i = 0; i < 1_000; i++) {
            src.callId = "ping-" + i;
            bench.receive(src.request("OPTIONS", 1), bench.udp);
            assertThat(bench.sentResponse().status()).isEqualTo(200);
            bench.nothingSent();
        }
        bench.assertEmptyTables();
    }

    @Test
    void C145_aLongListOfViasIsCopiedInOrder() {
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 2; i <= 34; i++) {
            String value = "SIP/2.0/UDP hop" + i + ".example:5" + (100 + i) + " ; branch=z9hG4bKx" + i;
            lines.append(i % 2 == 0 ? "v:  " : "VIA:").append(value).append('\n');
            expected.add(value);
        }
        bench.receive(src.request("OPTIONS", 1, lines.toString()), bench.udp);
        SipResponse response = bench.sentResponse();
        assertThat(response.headers("Via").subList(1, 34)).isEqualTo(expected);
        assertThat(response.callId()).isEqualTo(src.callId);
        assertThat(response.header("CSeq")).contains("1 OPTIONS");
    }

    @Test
    void C145_headersAreCopiedAsTheyCame() {
        String text = src.request("OPTIONS", 1, "Via: SIP/2.0/UDP other.example;branch=zz, SIP/2.0/TCP third\n")
                .replaceAll("From: .*\n", "From:   \"A  B\"<SIP:src@127.0.0.2> ;x=\"y z\"; TAG=src\n");
        bench.receive(text, bench.udp);
        SipResponse response = bench.sentResponse();
        assertThat(response.header("From")).contains("\"A  B\"<SIP:src@127.0.0.2> ;x=\"y z\"; TAG=src");
        assertThat(response.headers("Via"))
                .containsExactly(
                        "SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK-1",
                        "SIP/2.0/UDP other.example;branch=zz, SIP/2.0/TCP third");
    }
}
