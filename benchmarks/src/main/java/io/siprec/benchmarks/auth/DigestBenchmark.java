package io.siprec.benchmarks.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.auth.Challenge;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.auth.UserStore;
import io.siprec.sip.internal.auth.DigestAuthenticator;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The check of a request that is parsed already. A request can't be accepted twice, so the full check is that of a replay,
 * which fails at its last step; it and the failures include the new challenge.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DigestBenchmark {
    private static final String REALM = "recorder.example";
    private static final String URI = "sip:srs@127.0.0.1";

    @Param({"SHA_256", "MD5"})
    DigestAlgorithm algorithm;

    private final MessageSource source = new MessageSource(
            Transport.UDP, new InetSocketAddress("127.0.0.2", 5060), new InetSocketAddress("127.0.0.1", 5060));
    private DigestAuthenticator authenticator;
    private SipRequest bare;
    private SipRequest right;
    private SipRequest wrong;
    private SipRequest unknown;

    @Setup
    public void prepare() throws SipParseException {
        authenticator =
                new DigestAuthenticator(DigestSettings.builder(REALM, UserStore.ofPasswords(REALM, Map.of("bob", "a")))
                        .build());
        bare = request("");
        String header =
                authenticator.check(bare, source).orElseThrow().headers().get(0).value();
        String nonce = Challenge.parse(header).orElseThrow().nonce();
        right = request(credentials("bob", "a", nonce));
        wrong = request(credentials("bob", "b", nonce));
        unknown = request(credentials("eve", "a", nonce));
        if (authenticator.check(right, source).isPresent()) {
            throw new IllegalStateException("the right credentials must pass once");
        }
    }

    private String credentials(String user, String password, String nonce) {
        String response = algorithm.hash(algorithm.ha1(user, REALM, password) + ":" + nonce + ":00000001:c:auth:"
                + algorithm.hash("INVITE:" + URI));
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + REALM + "\", nonce=\"" + nonce
                + "\", uri=\"" + URI + "\", response=\"" + response + "\", algorithm=" + algorithm.token()
                + ", qop=auth, nc=00000001, cnonce=\"c\"\r\n";
    }

    private static SipRequest request(String header) throws SipParseException {
        String text = "INVITE " + URI + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK-1\r\n"
                + "Max-Forwards: 70\r\nFrom: <sip:src@127.0.0.2>;tag=1\r\nTo: <" + URI + ">\r\nCall-ID: 1\r\n"
                + "CSeq: 1 INVITE\r\nContact: <sip:src@127.0.0.2>\r\n" + header + "Content-Length: 0\r\n\r\n";
        return (SipRequest) new SipParser(SipLimits.withDefaults()).parse(text.getBytes(UTF_8));
    }

    @Benchmark
    public Object challenge() {
        return authenticator.check(bare, source);
    }

    @Benchmark
    public Object replay() {
        return authenticator.check(right, source);
    }

    @Benchmark
    public Object wrongPassword() {
        return authenticator.check(wrong, source);
    }

    @Benchmark
    public Object unknownUser() {
        return authenticator.check(unknown, source);
    }
}
