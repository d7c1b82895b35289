package io.siprec.sip.internal.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipDialog;
import io.siprec.sip.auth.Challenge;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.auth.UserStore;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digest authentication as server: rows C210 and C211. */
class AuthenticationTest {
    private static final String REALM = "recorder.example";
    private static final String URI = "sip:srs@127.0.0.1";
    private static final UserStore USERS = UserStore.ofPasswords(REALM, Map.of("bob", "zanzibar", "eve", "other"));

    private final Requests src = new Requests("UDP");
    private long nowMs = 1_700_000_000_000L;
    private Bench bench = bench(settings -> settings);

    private Bench bench(UnaryOperator<DigestSettings.Builder> more) {
        DigestSettings.Builder settings = DigestSettings.builder(REALM, USERS).clock(() -> Instant.ofEpochMilli(nowMs));
        return new Bench(
                SipLimits.withDefaults(),
                b -> b.authentication(more.apply(settings).build()));
    }

    /** The client's side, written out: what is left alone is right. */
    private static final class Answer {
        String user = "bob";
        String password = "zanzibar";
        String realm = REALM;
        String method = "INVITE";
        String uri = URI;
        String nonce;
        String count = "00000001";
        DigestAlgorithm algorithm = DigestAlgorithm.SHA_256;
        String qop = "auth";
        String extra = "";

        Answer(String nonce) {
            this.nonce = nonce;
        }

        /** The header line. */
        String line() {
            String protection = qop.isEmpty() ? "" : ":" + count + ":c1:" + qop;
            String bodyHash = qop.equals("auth-int") ? ":" + algorithm.hash("") : "";
            String response = algorithm.hash(algorithm.hash(user + ":" + realm + ":" + password) + ":" + nonce
                    + protection + ":" + algorithm.hash(method + ":" + uri + bodyHash));
            return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                    + "\", uri=\"" + uri + "\", response=\"" + response + "\", algorithm=" + algorithm.token()
                    + (qop.isEmpty() ? "" : ", qop=" + qop + ", nc=" + count + ", cnonce=\"c1\"") + extra + "\n";
        }
    }

    private static List<Challenge> challenges(SipResponse response) {
        assertThat(response.status()).isEqualTo(401);
        return response.headers("WWW-Authenticate").stream()
                .map(value -> {
                    try {
                        return Challenge.parse(value).orElseThrow();
                    } catch (SipParseException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private String nonce() {
        src.contact = "<sip:src@127.0.0.2:5062>";
        bench.receive(src.request("OPTIONS", 1), bench.udp);
        return challenges(bench.sentResponse()).get(0).nonce();
    }

    private SipResponse answerTo(String method, int cseq, String headers) {
        bench.receive(src.request(method, cseq, headers), bench.udp);
        return bench.sentResponse();
    }

    @Test
    void C210_aChallengeForEachAlgorithmStrongestFirst() {
        SipResponse response = answerTo("INVITE", 1, "");
        List<Challenge> challenges = challenges(response);
        assertThat(challenges).extracting(Challenge::algorithm).containsExactly("SHA-256", "MD5");
        assertThat(challenges).extracting(Challenge::realm).containsOnly(REALM);
        assertThat(challenges).extracting(Challenge::qop).containsOnly(List.of("auth"));
        assertThat(challenges).extracting(Challenge::stale).containsOnly(false);
        assertThat(response.to().tag()).isPresent();
        assertThat(bench.invites).isEmpty();

        bench = bench(b -> b.algorithms(DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256, DigestAlgorithm.SHA_256)
                .bodyIntegrity(true));
        List<Challenge> all = challenges(answerTo("INVITE", 1, ""));
        assertThat(all).extracting(Challenge::algorithm).containsExactly("SHA-512-256", "SHA-256", "MD5");
        assertThat(all).extracting(Challenge::qop).containsOnly(List.of("auth", "auth-int"));
    }

    @ParameterizedTest
    @CsvSource({"INVITE", "OPTIONS", "BYE", "UPDATE", "REGISTER", "MESSAGE", "INFO", "NEWMETHOD"})
    void C210_anyMethodIsChallengedAndLeavesNothing(String method) {
        for (int i = 1; i <= 1_000; i++) {
            assertThat(challenges(answerTo(method, i, ""))).hasSize(2);
        }
        assertThat(bench.statistics().serverTransactions()).isZero();
        assertThat(bench.statistics().timers()).isZero();
        assertThat(bench.statistics().dropped()).containsEntry("no-credentials", 1_000L);
        assertThat(bench.invites).isEmpty();
        bench.assertEmptyTables();
    }

    @Test
    void C210_authenticationComesBeforeTheOtherChecks() {
        assertThat(challenges(answerTo("INVITE", 1, "Require: x-nobody\n"))).hasSize(2);
        Answer answer = new Answer(nonce());
        assertThat(answerTo("INVITE", 2, "Require: x-nobody\n" + answer.line()).status())
                .isEqualTo(420);
    }

    @ParameterizedTest
    @CsvSource({"SHA_256", "MD5", "SHA_512_256"})
    void C210_aCallWithEachAlgorithm(DigestAlgorithm algorithm) {
        bench = bench(b -> b.algorithms(DigestAlgorithm.values()));
        Answer answer = new Answer(challenges(answerTo("INVITE", 1, "")).get(0).nonce());
        answer.algorithm = algorithm;
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(100);
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 2), bench.udp);
        assertThat(bench.acks).as("C211 the ACK is not challenged").hasSize(1);

        SipResponse stranger = answerTo("BYE", 3, "");
        assertThat(challenges(stranger)).as("in a dialog too").hasSize(3);
        assertThat(dialog.ended()).isFalse();
        answer.method = "BYE";
        answer.count = "00000002";
        assertThat(answerTo("BYE", 4, answer.line()).status()).isEqualTo(200);
        assertThat(dialog.ended()).isTrue();
        bench.assertEmptyTables();
    }

    @Test
    void C211_theAckOfAChallengeAndACancelAreNotChallenged() {
        SipResponse challenge = answerTo("INVITE", 1, "");
        src.learnTag(challenge);
        bench.receive(src.sameBranch("ACK", 1), bench.udp);
        src.toTag = "";
        bench.nothingSent();
        assertThat(bench.statistics().dropped()).as("our own, no stray").containsEntry("stray-ack", 0L);

        Answer answer = new Answer(challenges(challenge).get(0).nonce());
        answerTo("INVITE", 2, answer.line());
        bench.receive(src.sameBranch("CANCEL", 2), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(200);
        assertThat(bench.sentResponse().status()).isEqualTo(487);
    }

    @Test
    void C211_aChallengeThatComesAgainHasTheSameTag() {
        String invite = src.request("INVITE", 1);
        bench.receive(invite, bench.udp);
        bench.receive(invite, bench.udp);
        SipResponse first = bench.sentResponse();
        assertThat(bench.sentResponse().to().tag()).isEqualTo(first.to().tag());
        assertThat(answerTo("INVITE", 2, "").to().tag()).isNotEqualTo(first.to().tag());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # what is changed            | status | counted as        | why
        user=nobody                  | 401    | wrong-credentials | unknown user
        user=eve                     | 401    | wrong-credentials | another user's name
        password=zanzibaR            | 401    | wrong-credentials | wrong password
        method=BYE                   | 401    | wrong-credentials | for another method
        realm=elsewhere              | 401    | no-credentials    | C211 wrong realm
        algorithm=SHA_512_256        | 401    | no-credentials    | an algorithm that is not offered
        qop=auth-int                 | 401    | no-credentials    | a quality that is not offered
        qop=                         | 401    | no-credentials    | RFC 2069 with SHA-256
        qop=x                        | 401    | no-credentials    | a quality that is none
        uri=sip:other@127.0.0.1      | 400    | bad-credentials   | C211 another user
        uri=sip:srs@127.0.0.9        | 400    | bad-credentials   | C211 another host
        uri=sip:srs@127.0.0.1:5080   | 400    | bad-credentials   | C211 another port
        uri=tel:1                    | 400    | bad-credentials   | C211 no sip URI
        count=00000000               | 401    | stale-nonce       | counting begins at 1
        count=zz                     | 400    | bad-credentials   | no hex
        extra=, username="x"         | 400    | bad-credentials   | twice
        extra=, opaque="x            | 400    | bad-credentials   | a quoted string without its end
        """)
    void C211_whatIsWrongIsRefused(String change, int status, String counter, String why) throws Exception {
        Answer answer = new Answer(nonce());
        int equals = change.indexOf('=');
        var field = Answer.class.getDeclaredField(change.substring(0, equals));
        String value = change.substring(equals + 1);
        field.set(answer, field.getType() == String.class ? value : DigestAlgorithm.valueOf(value));

        SipResponse response = answerTo("INVITE", 2, answer.line());
        assertThat(response.status()).isEqualTo(status);
        assertThat(bench.statistics().dropped()).containsEntry(counter, counter.equals("no-credentials") ? 2L : 1L);
        assertThat(bench.invites).isEmpty();
        if (status == 401) {
            assertThat(challenges(response)).extracting(Challenge::stale).containsOnly(counter.equals("stale-nonce"));
        }
        bench.assertEmptyTables();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # uri of the digest              | exact uri: status | why
        sip:srs@127.0.0.1                | 100 | the Request-URI
        sip:srs@127.0.0.1:5060           | 400 | the default port
        sip:127.0.0.1                    | 400 | no user, as sipp writes it
        sip:srs@127.0.0.1;transport=udp  | 400 | a parameter that a proxy took away
        SIP:srs@127.0.0.1                | 400 | scheme in upper case
        sip:hunt@proxy.example           | 400 | what To says: a proxy rewrote the Request-URI
        """)
    void C211_whatAProxyMayHaveRewrittenIsAccepted(String uri, int exactly, String why) {
        Answer answer = new Answer(nonce());
        answer.uri = uri;
        String invite =
                src.request("INVITE", 2, answer.line()).replace("To: <" + URI + ">", "To: <sip:hunt@proxy.example>");
        bench.receive(invite, bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);

        bench = bench(b -> b.exactUri(true));
        answer.nonce = nonce();
        bench.receive(src.request("INVITE", 3, answer.line()), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(exactly);
    }

    @Test
    void C211_aReplayIsRefusedAndItsClientHelped() {
        Answer answer = new Answer(nonce());
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(100);
        SipResponse replay = answerTo("INVITE", 3, answer.line());
        assertThat(challenges(replay)).extracting(Challenge::stale).containsOnly(true);
        assertThat(bench.invites).hasSize(1);

        answer.nonce = challenges(replay).get(0).nonce();
        assertThat(answerTo("INVITE", 4, answer.line()).status()).isEqualTo(100);
        assertThat(bench.statistics().dropped()).containsEntry("stale-nonce", 1L);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # moved by | status | why
        299999     | 100    | young enough
        300000     | 100    | the last moment
        300001     | 401    | C211 too old
        -30000     | 100    | clocks of two nodes
        -30001     | 401    | from the future
        """)
    void C211_aNonceHasItsTime(long movedMs, int status, String why) {
        Answer answer = new Answer(nonce());
        nowMs += movedMs;
        SipResponse response = answerTo("INVITE", 2, answer.line());
        assertThat(response.status()).isEqualTo(status);
        if (status == 401) {
            assertThat(challenges(response)).extracting(Challenge::stale).containsOnly(true);
        }
    }

    @Test
    void C211_aForgedNonceIsStaleForWhoKnowsThePasswordAndNoMoreForOthers() {
        Answer answer = new Answer("dcd98b7102dd2f0e8b11d0f600bfb0c093");
        assertThat(challenges(answerTo("INVITE", 2, answer.line())))
                .extracting(Challenge::stale)
                .containsOnly(true);
        answer.password = "guess";
        assertThat(challenges(answerTo("INVITE", 3, answer.line())))
                .extracting(Challenge::stale)
                .containsOnly(false);
    }

    @Test
    void C211_anotherNodeWithTheSameKeyTakesTheNonce() {
        byte[] key = new byte[32];
        key[0] = 1;
        bench = bench(b -> b.nonceKey(key));
        Answer answer = new Answer(nonce());
        bench = bench(b -> b.nonceKey(key));
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(100);
        bench = bench(b -> b);
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(401);
    }

    @Test
    void C211_aClientWithoutQopUsesANonceOnceAndOnlyWhereItMay() {
        Answer answer = new Answer(nonce());
        answer.qop = "";
        answer.algorithm = DigestAlgorithm.MD5;
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(401);

        bench = bench(b -> b.acceptWithoutQop(true));
        answer.nonce = nonce();
        assertThat(answerTo("INVITE", 3, answer.line()).status()).isEqualTo(100);
        assertThat(challenges(answerTo("INVITE", 4, answer.line())))
                .extracting(Challenge::stale)
                .containsOnly(true);
        answer.algorithm = DigestAlgorithm.SHA_256;
        answer.nonce = nonce();
        assertThat(answerTo("INVITE", 5, answer.line()).status()).isEqualTo(401);
    }

    @Test
    void C211_theBodyIsCoveredWhereTheClientWantsIt() {
        bench = bench(b -> b.bodyIntegrity(true));
        Answer answer = new Answer(nonce());
        answer.qop = "auth-int";
        String invite = src.request("INVITE", 2, answer.line());
        bench.receive(invite.replace("Content-Length: 0\n\n", "Content-Length: 1\n\nx"), bench.udp);
        assertThat(bench.sentResponse().status()).isEqualTo(401);
        assertThat(answerTo("INVITE", 3, answer.line()).status()).isEqualTo(100);
    }

    @Test
    void theFirstCredentialsOfOurRealmCount() {
        Answer answer = new Answer(nonce());
        Answer other = new Answer("n");
        other.realm = "proxy.example";
        String headers = "Authorization: Basic YTpi\n" + other.line() + answer.line();
        assertThat(answerTo("INVITE", 2, headers).status()).isEqualTo(100);
    }

    @Test
    void exemptSourcesAndOptionsNeedNoCredentials() {
        bench = bench(
                b -> b.exempt(source -> source.transport() == Transport.TCP).challengeOptions(false));
        assertThat(answerTo("OPTIONS", 1, "").status()).isEqualTo(200);
        assertThat(answerTo("INVITE", 2, "").status()).isEqualTo(401);
        Requests tcp = new Requests("TCP");
        tcp.callId = "tcp";
        bench.receive(tcp.request("INVITE", 1), bench.tcp);
        assertThat(bench.sentResponse().status()).isEqualTo(100);
    }

    @Test
    void aFailingStoreRefusesTheRequestAndNothingMore() {
        UserStore failing = (user, realm, algorithm) -> {
            throw new IllegalStateException("on purpose");
        };
        bench = new Bench(
                SipLimits.withDefaults(),
                b -> b.authentication(DigestSettings.builder(REALM, failing).build()));
        Answer answer = new Answer(nonce());
        assertThat(answerTo("INVITE", 2, answer.line()).status()).isEqualTo(500);
        assertThat(bench.statistics().loopErrors()).isEqualTo(1);
        assertThat(answerTo("INVITE", 3, "").status()).isEqualTo(401);
    }

    @Test
    void C211_aHeaderOf64KilobytesIsRefusedBeforeItIsRead() {
        Answer answer = new Answer(nonce());
        answer.extra = ", x=\"" + "a".repeat(60_000) + "\"";
        bench.receive(src.request("INVITE", 2, answer.line()), bench.udp);
        bench.nothingSent(); // over UDP nobody answers what is too long
        bench.receive(new Requests("TCP").request("INVITE", 2, answer.line()), bench.tcp);
        assertThat(bench.sentResponse().status()).isEqualTo(513);
        answer.extra = ", x=\"" + "a".repeat(6_000) + "\"";
        SipResponse response = answerTo("INVITE", 3, answer.line());
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.reason()).isEqualTo("Bad digest header: over 4096 characters");
        answer.extra = ", x=\"" + "a".repeat(3_000) + "\"";
        assertThat(answerTo("INVITE", 4, answer.line()).status()).isEqualTo(100);
    }
}
