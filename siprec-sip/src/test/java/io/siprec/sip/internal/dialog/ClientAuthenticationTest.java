package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.Credentials;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digest authentication as client: the 401 and 407 part of row C155. */
class ClientAuthenticationTest implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final String SHA_256 = "Digest realm=\"srs\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";
    private static final String MD5 = "Digest realm=\"srs\", nonce=\"n1\", qop=\"auth\", algorithm=MD5";
    private static final ClientCredentials BOB = ClientCredentials.builder()
            .password("srs", "bob", "zanzibar")
            .password("proxy", "pat", "madagascar")
            .ha1("old", "bob", DigestAlgorithm.MD5, DigestAlgorithm.MD5.ha1("bob", "old", "zanzibar"))
            .build();

    private final Bench bench = new Bench(SipLimits.withDefaults(), b -> b.credentials(BOB));
    private final List<String> events = new ArrayList<>();
    private SipDialog dialog;

    @Override
    public void onAccepted(SipResponse response, SipDialog made) {
        events.add("accepted");
        dialog = made;
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
        return bench;
    }

    private static ClientInvite invite() {
        return new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                Transport.UDP,
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(new Header("Require", "siprec")),
                SDP);
    }

    private SipRequest call(ClientInvite invite) {
        bench.agent.invite(bench.agent.prepare(invite, this, "call-9"));
        return bench.sentRequest();
    }

    /** Answers; the ACK of a refused INVITE is taken off. */
    private void answer(SipRequest request, int status, String... challenges) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "t");
        for (String challenge : challenges) {
            response.header(status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", challenge);
        }
        bench.receive(response.toBytes(), bench.udp);
        if (status >= 300 && request.method().equals("INVITE")) {
            assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        }
    }

    private static Credentials credentials(SipRequest request, String header) {
        assertThat(request.headers(header)).hasSize(1);
        try {
            return Credentials.parse(request.header(header).orElseThrow()).orElseThrow();
        } catch (SipParseException e) {
            throw new AssertionError(e);
        }
    }

    /** The credentials, after a look at their response with the formula written out. */
    private static Credentials checked(SipRequest request, String header, String user, String password) {
        Credentials given = credentials(request, header);
        DigestAlgorithm algorithm = DigestAlgorithm.of(given.algorithm()).orElseThrow();
        String qop = given.protection().map(Credentials.Protection::qop).orElse("");
        String protection = given.protection()
                .map(p -> ":" + p.count() + ":" + p.cnonce() + ":" + p.qop())
                .orElse("");
        String bodyHash = qop.equals("auth-int") ? ":" + algorithm.hash(request.body()) : "";
        assertThat(given.username()).isEqualTo(user);
        assertThat(given.uri()).isEqualTo(request.requestUri());
        assertThat(given.response())
                .isEqualTo(algorithm.hash(algorithm.hash(user + ":" + given.realm() + ":" + password) + ":"
                        + given.nonce() + protection + ":"
                        + algorithm.hash(request.method() + ":" + request.requestUri() + bodyHash)));
        return given;
    }

    private static String count(Credentials credentials) {
        return credentials.protection().orElseThrow().count();
    }

    @Test
    void C155_aChallengeIsAnsweredInTheSameCall() {
        SipRequest first = call(invite());
        assertThat(first.header("Authorization")).isEmpty();
        answer(first, 401, SHA_256, MD5);

        SipRequest second = bench.sentRequest();
        assertThat(second.method()).isEqualTo("INVITE");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.from().tag()).isEqualTo(first.from().tag());
        assertThat(second.to().tag()).isEmpty();
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
        assertThat(second.body()).isEqualTo(first.body());
        Credentials given = checked(second, "Authorization", "bob", "zanzibar");
        assertThat(given.algorithm()).as("the strongest").isEqualTo("SHA-256");
        assertThat(count(given)).isEqualTo("00000001");
        assertThat(events).isEmpty();

        answer(second, 200);
        SipRequest ack = bench.sentRequest();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.headers("Authorization")).as("as the INVITE").isEqualTo(second.headers("Authorization"));
        assertThat(events).containsExactly("accepted");

        dialog.request("UPDATE", List.of(), Optional.empty(), response -> {});
        SipRequest update = bench.sentRequest();
        assertThat(count(checked(update, "Authorization", "bob", "zanzibar"))).isEqualTo("00000002");
        answer(update, 200);
        dialog.bye(List.of());
        SipRequest bye = bench.sentRequest();
        assertThat(count(checked(bye, "Authorization", "bob", "zanzibar"))).isEqualTo("00000003");
        assertThat(bye.cseq().number()).isEqualTo(second.cseq().number() + 2);
        answer(bye, 200);
        bench.assertEmptyTables();
    }

    @Test
    void C155_wrongCredentialsAreReportedAndNotTriedAgain() {
        answer(call(invite()), 401, SHA_256);
        answer(bench.sentRequest(), 401, SHA_256.replace("n1", "n2"));
        bench.nothingSent();
        assertThat(events).containsExactly("rejected 401");
        bench.assertEmptyTables();
    }

    @Test
    void C155_aStaleNonceAllowsOneMoreTry() {
        answer(call(invite()), 401, SHA_256);
        answer(bench.sentRequest(), 401, SHA_256.replace("n1", "n2") + ", stale=true");
        SipRequest third = bench.sentRequest();
        Credentials given = checked(third, "Authorization", "bob", "zanzibar");
        assertThat(given.nonce()).isEqualTo("n2");
        assertThat(count(given)).isEqualTo("00000001");
        answer(third, 401, SHA_256.replace("n1", "n3") + ", stale=true");
        bench.nothingSent();
        assertThat(events).containsExactly("rejected 401");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # challenges, split at /                                                | algorithm   | why
        realm="srs",nonce="n"                                                   | MD5         | RFC 2069
        realm="srs",nonce="n",qop="auth-int",algorithm=SHA-256                  | SHA-256     | only with the body
        realm="srs",nonce="n",qop="auth",algorithm=MD5/realm="srs",nonce="m",qop="auth",algorithm=SHA-512-256 | SHA-512-256 | the strongest, whatever the order
        realm="srs",nonce="n",qop="x"/realm="srs",nonce="m",qop="auth,x"        | MD5         | a quality that we know
        realm="srs",nonce="n",algorithm=SHA-3/realm="srs",nonce="m"             | MD5         | an algorithm that we know
        realm="srs,nonce="n"/realm="srs",nonce="m",opaque=""                    | MD5         | a faulty one is as good as none
        realm="old",nonce="n",algorithm=SHA-256/realm="old",nonce="n"           | MD5         | the one whose HA1 we have
        realm="who",nonce="n"                                                   | ``          | no credentials for the realm
        realm="srs",nonce="n",algorithm=SHA-3                                   | ``          | nothing that we know
        ``                                                                      | ``          | no challenge at all
        """)
    void C155_theBestChallengeIsChosen(String challenges, String algorithm, String why) {
        String[] values = java.util.Arrays.stream(challenges.split("/"))
                .map(text -> "Digest " + text)
                .toArray(String[]::new);
        answer(call(invite()), 401, values);
        if (algorithm.isEmpty()) {
            bench.nothingSent();
            assertThat(events).containsExactly("rejected 401");
        } else {
            Credentials given = checked(bench.sentRequest(), "Authorization", "bob", "zanzibar");
            assertThat(given.algorithm()).isEqualTo(algorithm);
            assertThat(given.opaque().isPresent()).isEqualTo(challenges.contains("opaque"));
            assertThat(given.protection().isPresent()).isEqualTo(values[values.length - 1].contains("qop"));
        }
    }

    @Test
    void C155_proxyAndServerEachGetTheirs() {
        answer(call(invite()), 407, SHA_256.replace("srs", "proxy"));
        SipRequest second = bench.sentRequest();
        checked(second, "Proxy-Authorization", "pat", "madagascar");
        answer(second, 401, MD5);
        SipRequest third = bench.sentRequest();
        assertThat(count(checked(third, "Proxy-Authorization", "pat", "madagascar")))
                .isEqualTo("00000002");
        assertThat(count(checked(third, "Authorization", "bob", "zanzibar"))).isEqualTo("00000001");
        answer(third, 200);
        assertThat(bench.sentRequest().headers("Proxy-Authorization")).hasSize(1);
        assertThat(events).containsExactly("accepted");
    }

    @Test
    void C155_aCallMayBringItsOwnCredentials() {
        ClientCredentials own =
                ClientCredentials.builder().anyRealm("eve", "other").build();
        answer(call(invite().withCredentials(own)), 401, SHA_256);
        SipRequest second = bench.sentRequest();
        checked(second, "Authorization", "eve", "other");
        answer(second, 200);
        bench.sentRequest();
        dialog.bye(List.of());
        checked(bench.sentRequest(), "Authorization", "eve", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE", "INFO", "BYE"})
    void C155_requestsInAPeersDialogAreAnsweredToo(String method) {
        Requests src = new Requests("UDP");
        bench.receive(src.request("INVITE", 1), bench.udp);
        bench.sentResponse();
        SipDialog theirs = bench.invites.get(0).accept(List.of(), SDP, bench);
        src.learnTag(bench.sentResponse());
        bench.receive(src.request("ACK", 1), bench.udp);
        List<Integer> finals = new ArrayList<>();
        send(theirs, method, finals);

        SipRequest first = bench.sentRequest();
        answer(first, 401, SHA_256);
        SipRequest second = bench.sentRequest();
        assertThat(second.method()).isEqualTo(method);
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
        assertThat(second.to().text()).isEqualTo(first.to().text());
        checked(second, "Authorization", "bob", "zanzibar");
        answer(second, 200);
        if (method.equals("BYE")) {
            assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.LOCAL_BYE);
        } else {
            assertThat(finals).containsExactly(200);
        }
    }

    private static void send(SipDialog dialog, String method, List<Integer> finals) {
        switch (method) {
            case "INVITE" ->
                dialog.reinvite(
                        List.of(),
                        Optional.of(SDP),
                        response -> finals.add(response.orElseThrow().status()));
            case "BYE" -> dialog.bye(List.of());
            default ->
                dialog.request(
                        method,
                        List.of(),
                        Optional.empty(),
                        response -> finals.add(response.orElseThrow().status()));
        }
    }

    @Test
    void C155_aServerThatForgotTheNonceIsAnsweredOnce() {
        answer(call(invite()), 401, SHA_256);
        answer(bench.sentRequest(), 200);
        bench.sentRequest();
        List<Integer> finals = new ArrayList<>();
        send(dialog, "INFO", finals);
        SipRequest early = bench.sentRequest();
        assertThat(count(credentials(early, "Authorization"))).isEqualTo("00000002");
        answer(early, 401, SHA_256.replace("n1", "n2"));
        SipRequest again = bench.sentRequest();
        assertThat(credentials(again, "Authorization").nonce()).isEqualTo("n2");
        answer(again, 401, SHA_256.replace("n1", "n3"));
        bench.nothingSent();
        assertThat(finals).containsExactly(401);
        assertThat(dialog.ended()).isFalse();
    }

    @Test
    void secretsStayOutOfTexts() {
        assertThat(BOB.toString()).isEqualTo("ClientCredentials[3 realms]");
        assertThat(invite().withCredentials(BOB).toString()).doesNotContain("zanzibar");
    }
}
