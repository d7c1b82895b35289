package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of RFC 4475 and RFC 5118, bit by bit, over UDP and TCP: each gets its one answer, or none. */
class TortureMessagesTest {
    private static final Path TORTURE =
            Path.of(System.getProperty("siprec.corpus", ""), "sip-torture").toAbsolutePath();
    private static final Pattern SENT_BY_PORT =
            Pattern.compile("(?im)^(?:Via|v)\\s*:\\s*SIP[^;\r\n]*?[\\w\\]](?::(\\d+))?\\s*[;\r\n]");
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final String PROBE = "probe-behind-it";

    @TempDir
    Path recordings;

    @BeforeEach
    void corpusIsThere() {
        assumeTrue(
                !System.getProperty("siprec.corpus", "").isEmpty() && Files.isDirectory(TORTURE),
                "the corpus of public messages is not there (-Dsiprec.corpus)");
    }

    /**
     * The final answers to what the file holds, in order. {@code drop}: none, and the next message is served. {@code
     * close}: the connection ends after the answers before it. {@code cut}: a message that is never whole on a
     * stream: no answer, and the connection ends after the time for one message.
     */
    @ParameterizedTest(name = "{0}: {1} over UDP, {2} over TCP")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # file                                          | UDP  | TCP       | a line of the first answer, * for anything
        rfc4475/wsinv.dat                               | 481  | 481       | CSeq: 0009 INVITE
        rfc4475/intmeth.dat                             | 501  | 501       | Allow: INVITE, ACK*
        rfc4475/esc01.dat                               | 488  | 488       | Warning: 399*
        rfc4475/escnull.dat                             | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/esc02.dat                               | 501  | 501       | Allow: INVITE, ACK*
        rfc4475/lwsdisp.dat                             | 200  | 200       | From: caller<sip:caller@example.com>;tag=323
        rfc4475/longreq.dat                             | 488  | 488       | Warning: 399*
        rfc4475/dblreq.dat                              | 405  | 405 488 close | Allow: INVITE, ACK*
        rfc4475/semiuri.dat                             | 200  | 200       | Accept: application/sdp*
        rfc4475/transports.dat                          | 200  | 200       | Via: SIP/2.0/UDP t1.example.com;*
        rfc4475/mpart01.dat                             | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/unreason.dat                            | drop | drop      |
        rfc4475/noreason.dat                            | drop | drop      |
        rfc4475/badinv01.dat                            | 400  | 400       | SIP/2.0 400 *Via*
        rfc4475/clerr.dat                               | 400  | cut       | SIP/2.0 400 *Content-Length*
        rfc4475/ncl.dat                                 | 400  | 400 close | SIP/2.0 400 *Content-Length*
        rfc4475/scalar02.dat                            | 400  | 400       | SIP/2.0 400 *CSeq*
        rfc4475/scalarlg.dat                            | drop | drop      |
        rfc4475/quotbal.dat                             | 400  | 400       | SIP/2.0 400 *To*
        rfc4475/ltgtruri.dat                            | 400  | 400       | SIP/2.0 400 *URI*
        rfc4475/lwsruri.dat                             | 400  | 400       | SIP/2.0 400 *URI*
        rfc4475/lwsstart.dat                            | 488  | 488       | Warning: 399*
        rfc4475/trws.dat                                | 200  | 200       | CSeq: 238923 OPTIONS
        rfc4475/escruri.dat                             | 488  | 488       | Warning: 399*
        rfc4475/baddate.dat                             | 488  | 488       | Warning: 399*
        rfc4475/regbadct.dat                            | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/badaspec.dat                            | 200  | 200       | To: "Watson, Thomas" < sip:t.watson@example.org >;tag=*
        rfc4475/baddn.dat                               | 200  | cut       | From: Bell, Alexander <sip:a.g.bell@example.com>;tag=43
        rfc4475/badvers.dat                             | 505  | 505       | SIP/2.0 505*
        rfc4475/mismatch01.dat                          | 400  | 400       | SIP/2.0 400 *CSeq*
        rfc4475/mismatch02.dat                          | 400  | 400       | SIP/2.0 400 *CSeq*
        rfc4475/bigcode.dat                             | drop | drop      |
        rfc4475/badbranch.dat                           | 200  | 200       | Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK;received=*
        rfc4475/insuf.dat                               | 400  | 400       | SIP/2.0 400 Missing*
        rfc4475/unkscm.dat                              | 416  | 416       | SIP/2.0 416*
        rfc4475/novelsc.dat                             | 416  | 416       | SIP/2.0 416*
        rfc4475/unksm2.dat                              | 405  | 405       | To: isbn:2983792873;tag=*
        rfc4475/bext01.dat                              | 420  | 420       | Unsupported: nothingSupportsThis, nothingSupportsThisEither
        rfc4475/invut.dat                               | 415  | 415       | Accept: application/sdp, multipart/mixed*
        rfc4475/regaut01.dat                            | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/multi01.dat                             | 400  | 400       | SIP/2.0 400 Repeated*
        rfc4475/mcl01.dat                               | 400  | 400 close | SIP/2.0 400 *Content-Length*
        rfc4475/bcast.dat                               | drop | drop      |
        rfc4475/zeromf.dat                              | 200  | 200       | Allow: INVITE, ACK*
        rfc4475/cparam01.dat                            | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/cparam02.dat                            | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/regescrt.dat                            | 405  | 405       | Allow: INVITE, ACK*
        rfc4475/sdp01.dat                               | 406  | 406       | SIP/2.0 406*
        rfc4475/inv2543.dat                             | 488  | 400 close | SIP/2.0 4*
        rfc5118-crlf/ipv6-good.dat                      | 405  | 405       | Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111;received=*
        rfc5118-crlf/ipv6-bad.dat                       | 400  | 400       | SIP/2.0 400*
        rfc5118-crlf/port-ambiguous.dat                 | 405  | 405       | Allow: INVITE, ACK*
        rfc5118-crlf/port-unambiguous.dat               | 405  | 405       | Allow: INVITE, ACK*
        rfc5118-crlf/via-received-param-with-delim.dat  | 481  | 481       | Via: SIP/2.0/UDP [2001:db8::9:1];*
        rfc5118-crlf/via-received-param-no-delim.dat    | 200  | 200       | Via: SIP/2.0/UDP [2001:db8::9:1];*
        rfc5118-crlf/ipv6-in-sdp.dat                    | 488  | 488       | To: sip:user@[2001:db8::10];tag=*
        rfc5118-crlf/mult-ip-in-header.dat              | 481  | 481       | Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200
        rfc5118-crlf/mult-ip-in-sdp.dat                 | 488  | 488       | Warning: 399*
        rfc5118-crlf/ipv4-mapped-ipv6.dat               | 488  | 488       | Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;*
        rfc5118-crlf/ipv6-bug-abnf-3-colons.dat         | 200  | 200       | To: sip:user@[2001:db8:::192.0.2.1];tag=*
        rfc5118-crlf/ipv6-correct-abnf-2-colons.dat     | 200  | 200       | To: sip:user@[2001:db8::192.0.2.1];tag=*
        rfc5118/ipv6-good.dat                           | 405  | 405       | Allow: INVITE, ACK*
        rfc5118/ipv6-bad.dat                            | 400  | 400       | SIP/2.0 400*
        rfc5118/port-ambiguous.dat                      | 405  | 405       | Allow: INVITE, ACK*
        rfc5118/port-unambiguous.dat                    | 405  | 405       | Allow: INVITE, ACK*
        rfc5118/via-received-param-with-delim.dat       | 481  | 481       | SIP/2.0 481*
        rfc5118/via-received-param-no-delim.dat         | 200  | 200       | Allow: INVITE, ACK*
        rfc5118/ipv6-in-sdp.dat                         | 400  | cut       | SIP/2.0 400 *Content-Length*
        rfc5118/mult-ip-in-header.dat                   | 481  | 481       | SIP/2.0 481*
        rfc5118/mult-ip-in-sdp.dat                      | 400  | cut       | SIP/2.0 400 *Content-Length*
        rfc5118/ipv4-mapped-ipv6.dat                    | 488  | 488       | Warning: 399*
        rfc5118/ipv6-bug-abnf-3-colons.dat              | 200  | cut       | Allow: INVITE, ACK*
        rfc5118/ipv6-correct-abnf-2-colons.dat          | 200  | cut       | Allow: INVITE, ACK*
        """)
    void C120_C122_C129_C133_C134_C135_eachMessageGetsItsAnswer(String file, String udp, String tcp, String part)
            throws Exception {
        byte[] message = Files.readAllBytes(TORTURE.resolve(file));
        assertThat(outcome(message, Transport.UDP, udp, part)).as("over UDP").isEqualTo(udp);
        assertThat(outcome(message, Transport.TCP, tcp, part)).as("over TCP").isEqualTo(tcp);
    }

    @Test
    void C129_noFileOfTheIndexIsLeftOut() throws Exception {
        CsvSource table = getClass()
                .getDeclaredMethod(
                        "C120_C122_C129_C133_C134_C135_eachMessageGetsItsAnswer",
                        String.class,
                        String.class,
                        String.class,
                        String.class)
                .getAnnotation(CsvSource.class);
        List<String> tested = table.textBlock()
                .lines()
                .filter(line -> line.startsWith("rfc"))
                .map(line -> line.split("[ |]", 2)[0])
                .toList();
        try (Stream<String> index = Files.lines(TORTURE.resolve("index.tsv"))) {
            assertThat(tested)
                    .containsExactlyInAnyOrderElementsOf(
                            index.skip(1).map(line -> line.split("\t")[0]).toList());
        }
    }

    private String outcome(byte[] message, Transport transport, String expected, String part) throws Exception {
        String text = new String(message, ISO_8859_1);
        SipLimits limits = SipLimits.builder().slowSenderTime(PATIENCE).build();
        try (TestServer server = TestServer.start(recordings, 1, builder -> builder.sip(sip -> sip.limits(limits)));
                RawSipClient client = client(server, transport, text)) {
            client.send(message);
            if (!expected.equals("cut")) {
                client.send(probe(transport, client.localPort()));
            }
            List<String> answers = answers(client);
            if (!answers.get(0).isEmpty() && part != null) {
                checkAnswer(text, answers.get(0), part);
            }
            assertThat(server.server().statistics().sip().loopErrors()).isZero();
            return summary(answers);
        }
    }

    /** All final answers until the one to the probe, "" for the end of the connection. */
    private static List<String> answers(RawSipClient client) throws IOException {
        List<String> answers = new ArrayList<>();
        String answer;
        do {
            try {
                answer = client.receiveFinal();
            } catch (SocketException e) { // reset: what we sent after the error was still unread
                answer = "";
            }
            answers.add(answer);
        } while (!answer.isEmpty() && !answer.contains(PROBE));
        return answers;
    }

    private static String summary(List<String> answers) {
        String last = answers.get(answers.size() - 1);
        if (answers.size() == 1) {
            return last.isEmpty() ? "cut" : "drop";
        }
        return answers.stream()
                .filter(answer -> !answer.contains(PROBE))
                .map(answer -> answer.isEmpty() ? "close" : Integer.toString(RawMessages.status(answer)))
                .collect(Collectors.joining(" "));
    }

    /** What a response takes over comes back octet by octet (RFC 3261 section 8.2.6.2). */
    private static void checkAnswer(String request, String answer, String part) {
        if (answer.contains(PROBE)) {
            return;
        }
        String glob = "\\Q" + part.replace("*", "\\E.*\\Q") + "\\E";
        assertThat(answer.lines()).anyMatch(line -> line.matches(glob));
        for (String[] name : new String[][] {{"From", "f"}, {"Call-ID", "i"}, {"CSeq", "cseq"}}) {
            List<String> sent = fields(request, name);
            if (sent.size() == 1) {
                assertThat(fields(answer, name)).containsExactlyElementsOf(sent);
            }
        }
        String[] via = {"Via", "v"};
        String topVia = fields(request, via).get(0);
        assertThat(fields(answer, via).get(0)).as("top Via").startsWith(topVia.replaceFirst("[;,].*", ""));
    }

    /** The values of a header, folded lines joined and runs of blanks made one. */
    private static List<String> fields(String message, String[] names) {
        String head = message.split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n[ \t]+", " ");
        Matcher lines = Pattern.compile("(?im)^(?:" + names[0] + "|" + names[1] + ")[ \t]*:([^\r\n]*)")
                .matcher(head);
        List<String> values = new ArrayList<>();
        while (lines.find()) {
            values.add(lines.group(1).replaceAll("[ \t]+", " ").trim());
        }
        return values;
    }

    /** Answers without rport go to the port of the Via, so the client has to be there. */
    private static RawSipClient client(TestServer server, Transport transport, String message) throws IOException {
        Matcher via = SENT_BY_PORT.matcher(message);
        int port = via.find() && via.group(1) != null ? Integer.parseInt(via.group(1)) : 5060;
        for (int i = 1; i < 100; i++) {
            InetSocketAddress local = new InetSocketAddress("127.44.75." + i, transport == Transport.UDP ? port : 0);
            try {
                return new RawSipClient(transport, server.address(transport), local);
            } catch (BindException e) {
                continue; // in use: another address of loopback will do
            }
        }
        return abort("something listens on UDP port " + port + " of all addresses");
    }

    private static String probe(Transport transport, int port) {
        return "OPTIONS sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:" + port
                + ";branch=z9hG4bKprobe\r\nMax-Forwards: 70\r\nFrom: <sip:src@127.0.0.1>;tag=1\r\n"
                + "To: <sip:srs@127.0.0.1>\r\nCall-ID: " + PROBE + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }
}
