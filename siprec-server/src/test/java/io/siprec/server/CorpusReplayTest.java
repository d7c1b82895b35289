package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.server.RawMessages.MediaLine;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The INVITEs of real SRCs, byte for byte but for addresses, over UDP and TCP. */
@WithOneAndFourLoops
class CorpusReplayTest {
    private static final Path INVITES =
            Path.of(System.getProperty("siprec.corpus", ""), "invites").toAbsolutePath();

    @Parameter
    int loops;

    @TempDir
    static Path recordings;

    private static SiprecServer server;

    @BeforeParameterizedClassInvocation
    static void start(int loops) throws Exception {
        assumeTrue(
                !System.getProperty("siprec.corpus", "").isEmpty() && Files.isDirectory(INVITES),
                "the corpus of public messages is not there (-Dsiprec.corpus)");
        server = SiprecServer.builder(recordings)
                .listen(Transport.UDP, "127.0.0.1", 0)
                .listen(Transport.TCP, "127.0.0.1", 0)
                .rtpAddress(InetAddress.getByName("127.0.0.1"))
                .rtpPorts(0, 0)
                .shutdownTimeout(Duration.ofMillis(500))
                .sip(sip -> sip.loops(loops))
                .build();
        server.start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0}: {1} lines accepted")
    @CsvSource(delimiter = '|', textBlock = """
        # file                                         | accepted lines
        rfc7866-fig12-full.sip                         | 2
        cisco-cube-2019.sip                            | 2
        cisco-cube-2019-noclose.sip                    | 2
        cisco-cube-2016-trailing-blanks.sip            | 2
        cisco-cube-inactive-offer.sip                  | 2
        broadworks-2016-oneline-xml.sip                | 1
        broadworks-acd.sip                             | 1
        broadworks-pause-1-invite.sip                  | 1
        webex-calling-inbound.sip                      | 1
        avaya-sbce-2019.sip                            | 2
        oracle-sbc-2019.sip                            | 2
        oracle-sbc-stray-part.sip                      | 2
        oracle-sbc-2016-second-mline-zero.sip          | 1
        ribbon-sonus-sbc.sip                           | 2
        ribbon-sonus-sbc-noclose.sip                   | 2
        sems-procomm.sip                               | 2
        metaswitch-inbound.sip                         | 1
        audiocodes-mediant-legacy.sip                  | 2
        audiocodes-manual-contact-src.sip              | 2
        opensips-connectel.sip                         | 2
        opensips-rtpengine-2024.sip                    | 2
        opensips-rtpengine-sendrecv.sip                | 2
        jambonz-src.sip                                | 2
        freeswitch-module-src.sip                      | 2
        python-test-client-src.sip                     | 2
        crafted-ok-base.sip                            | 2
        crafted-ok-rs-metadata-without-xml.sip         | 2
        crafted-ok-metadata-first.sip                  | 2
        crafted-ok-preamble-epilogue.sip               | 2
        crafted-ok-case.sip                            | 2
        crafted-ok-folded.sip                          | 2
        crafted-ok-feature-tag-variants.sip            | 2
        crafted-ok-multiple-require.sip                | 2
        crafted-ok-metadata-charset.sip                | 2
        crafted-ok-no-metadata.sip                     | 2
        crafted-ok-unknown-optional-part.sip           | 2
        crafted-ok-alternative.sip                     | 2
        crafted-ok-two-metadata-parts.sip              | 2
        crafted-ok-proxy-require.sip                   | 2
        crafted-ok-50k-body.sip                        | 2
        crafted-bad-two-sdp-parts.sip                  | 2
        crafted-bad-unknown-default-handling.sip       | 2
        crafted-bad-metadata-syntax.sip                | 2
        crafted-bad-ruri-unknown-user.sip              | 2
        """)
    void C002_C029_C030_C034_recordsWhatASrcSends(String file, int accepted) throws IOException {
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            try (RawSipClient src = client(transport)) {
                String invite = load(file, src);
                src.send(invite);
                String ok = src.receiveFinal();
                assertThat(ok).as("%s over %s", file, transport).startsWith("SIP/2.0 200 ");
                checkAnswer(invite, ok, accepted);
                src.send(RawMessages.inDialog("ACK", invite, ok, transport, src.localPort()));
                src.send(RawMessages.inDialog("BYE", invite, ok, transport, src.localPort()));
                assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ").contains("BYE");
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} over UDP, {2} over TCP")
    @CsvSource(delimiter = '|', textBlock = """
        # file                                         | UDP | TCP
        cisco-nbr-no-metadata.sip                      | 488 | 488
        nortel-multipart-no-siprec.sip                 | 488 | 488
        crafted-ok-offerless.sip                       | 488 | 488
        crafted-bad-unknown-required-part.sip          | 415 | 415
        crafted-bad-boundary-missing.sip               | 400 | 400
        crafted-bad-content-encoding.sip               | 415 | 415
        crafted-bad-session-expires-small.sip          | 422 | 422
        crafted-bad-sips-over-udp.sip                  | 416 | 416
        crafted-bad-ruri-tel.sip                       | 416 | 416
        crafted-bad-cseq-mismatch.sip                  | 400 | 400
        crafted-bad-no-content-length-tcp.sip          | 200 | 400
        crafted-bad-lf-only.sip                        | 400 |
        crafted-bad-bye-unknown.sip                    | 481 | 481
        crafted-bad-cancel-unknown.sip                 | 481 | 481
        broadworks-pause-2-reinvite-hold.sip           | 481 | 481
        update-bad-disposition.sip                     | 481 | 481
        crafted-ok-options.sip                         | 200 | 200
        synthetic-avaya-siprec-invite-badlength.sip    | 400 |
        synthetic-cisco-siprec-invite-badlength.sip    | 400 |
        """)
    void C024_C025_C027_C127_C150_answersWithTheRightStatus(String file, Integer udp, Integer tcp) throws IOException {
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            Integer expected = transport == Transport.UDP ? udp : tcp;
            if (expected == null) {
                continue;
            }
            try (RawSipClient src = client(transport)) {
                src.send(load(file, src));
                String response = src.receiveFinal();
                assertThat(RawMessages.status(response))
                        .as("%s over %s: %s", file, transport, response.split("\r\n", 2)[0])
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void C005_nothingThatTheCorpusSendsIsLeftWithoutAnAnswer() throws IOException {
        try (var files = Files.list(INVITES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sip")).toList()) {
                try (RawSipClient src = client(Transport.UDP)) {
                    src.send(load(file.getFileName().toString(), src));
                    assertThat(src.receiveFinal()).as("%s", file.getFileName()).startsWith("SIP/2.0 ");
                }
            }
        }
    }

    private static void checkAnswer(String invite, String ok, int accepted) {
        List<MediaLine> offered = RawMessages.mediaLines(invite);
        List<MediaLine> answered = RawMessages.mediaLines(ok);
        assertThat(answered).hasSameSizeAs(offered);
        for (int i = 0; i < offered.size(); i++) {
            MediaLine offer = offered.get(i);
            MediaLine answer = answered.get(i);
            assertThat(answer.type()).isEqualTo(offer.type());
            assertThat(answer.protocol()).isEqualTo(offer.protocol());
            assertThat(offer.formats()).containsAll(answer.formats());
            if (answer.port() != 0) {
                assertThat(answer.port() % 2).as("RTP on an even port").isZero();
                assertThat(answer.label()).isEqualTo(offer.label());
                assertThat(answer.direction())
                        .isEqualTo(offer.direction().equals("inactive") ? "inactive" : "recvonly");
            }
        }
        assertThat(answered.stream().filter(line -> line.port() != 0)).hasSize(accepted);
        assertThat(RawMessages.header(ok, "Contact", "m"))
                .matches("<sip:127\\.0\\.0\\.1:\\d+(;[^>]*)?>;.*\\+sip\\.srs.*");
        assertThat(RawMessages.header(ok, "Content-Type", "c")).isEqualTo("application/sdp");
        assertThat(RawMessages.header(ok, "Allow", "allow")).contains("UPDATE", "BYE", "OPTIONS");
    }

    private static RawSipClient client(Transport transport) throws IOException {
        InetSocketAddress address = server.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .map(ListeningPoint::address)
                .findFirst()
                .orElseThrow();
        return new RawSipClient(transport, address);
    }

    /** The message with a Call-ID and a branch of its own, so that a second replay is no retransmission. */
    private static String load(String file, RawSipClient src) throws IOException {
        String message = Files.readString(INVITES.resolve(file), ISO_8859_1);
        String unique = Long.toString(System.nanoTime(), 36);
        return RawMessages.onLoopback(message, src.transport(), src.localPort())
                .replaceFirst("(?im)^(Call-ID|i)([ \t]*:[ \t]*)", "$1$2" + unique)
                .replaceFirst("branch=z9hG4bK", "branch=z9hG4bK" + unique);
    }
}
