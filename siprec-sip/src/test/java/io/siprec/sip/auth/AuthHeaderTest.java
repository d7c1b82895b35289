package io.siprec.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.message.SipParseException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthHeaderTest {
    private static final String FULL = "username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:s\", response=\"AB\"";

    @ParameterizedTest(name = "{6}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # value                                                     | realm | nonce | algorithm | qop       | stale | why
        Digest realm="a.b", nonce="n1", qop="auth", algorithm=SHA-256 | a.b | n1    | SHA-256   | auth      | false | as RFC 8760 writes it
        Digest algorithm=MD5,qop="auth,auth-int",nonce="n1",realm="a" | a   | n1    | MD5       | auth auth-int | false | order is free
        Digest realm="a", nonce="n1"                                | a     | n1    | MD5       | ``        | false | RFC 2069: no qop, no algorithm
        dIGEST  REALM = "a" ,  Nonce="n1",STALE=TRUE                | a     | n1    | MD5       | ``        | true  | names, scheme and stale without case
        Digest realm="a, nonce=\\"x\\"", nonce="n1"                 | a, nonce="x" | n1 | MD5   | ``        | false | C131 commas and quotes inside of a string
        Digest realm="", nonce="n1"                                 | ``    | n1    | MD5       | ``        | false | an empty realm is one
        Digest realm=a, nonce=n1==, algorithm="SHA-256", qop=auth   | a     | n1==  | SHA-256   | auth      | false | quoted or not, whatever the grammar says
        Digest realm="a",nonce="n1",domain="sip:x sip:y",x-new=1,charset=UTF-8 | a | n1 | MD5   | ``        | false | unknown parameters are skipped
        Digest ,realm="a",,nonce="n1",                              | a     | n1    | MD5       | ``        | false | empty elements
        Digest realm="a",nonce="n1",stale=maybe,qop=" auth , x "    | a     | n1    | MD5       | auth x    | false | stale only when it says true
        Digest realm="Zoë",nonce="n1"                               | Zoë   | n1    | MD5       | ``        | false | UTF-8
        """)
    void C131_readsChallenges(
            String value, String realm, String nonce, String algorithm, String qop, boolean stale, String why)
            throws SipParseException {
        Challenge challenge = Challenge.parse(value).orElseThrow();
        assertThat(challenge.realm()).isEqualTo(realm);
        assertThat(challenge.nonce()).isEqualTo(nonce);
        assertThat(challenge.algorithm()).isEqualTo(algorithm);
        assertThat(String.join(" ", challenge.qop())).isEqualTo(qop);
        assertThat(challenge.stale()).isEqualTo(stale);
        assertThat(Challenge.parse(challenge.value()))
                .as("written and read again")
                .contains(challenge);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # after "Digest "                | what is said
        ``                               | no realm
        realm="a"                        | no nonce
        nonce="n"                        | no realm
        realm="a, nonce="n"              | no comma at 24
        realm="a                         | quoted string without its end at 13
        realm="a\\"                      | quoted string without its end at 13
        realm="a" nonce="n"              | no comma at 17
        realm                            | no name and value at 7
        ="a", nonce="n"                  | no name and value at 7
        realm=, nonce="n"                | no value at 13
        realm="a", realm="b", nonce="n"  | a parameter stands twice
        realm="a", REALM="b", nonce="n"  | a parameter stands twice
        realm=a"b", nonce="n"            | a quote inside of a value at 14
        """)
    void faultyChallengesSayWhatIsWrong(String parameters, String what) {
        assertThatThrownBy(() -> Challenge.parse("Digest " + parameters))
                .isInstanceOfSatisfying(
                        SipParseException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Basic YTpi
        Bearer realm="a, nonce="
        Digestive realm="a", nonce="b"
        ''
        """)
    void otherSchemesAreNotOurs(String value) throws SipParseException {
        assertThat(Challenge.parse(value)).isEmpty();
        assertThat(Credentials.parse(value)).isEmpty();
    }

    @Test
    void readsTheCredentialsOfRfc7616() throws SipParseException {
        Credentials credentials = Credentials.parse("""
                Digest username="Mufasa",
                realm="http-auth@example.org",
                uri="/dir/index.html",
                algorithm=SHA-256,
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                nc=00000001,
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                qop=auth,
                response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"""".replace("\n", " ")).orElseThrow();
        assertThat(credentials)
                .isEqualTo(new Credentials(
                        "Mufasa",
                        "http-auth@example.org",
                        "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                        "/dir/index.html",
                        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
                        "SHA-256",
                        Optional.of("FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"),
                        Optional.of(new Credentials.Protection(
                                "auth", "00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))));
        assertThat(Credentials.parse(credentials.value())).contains(credentials);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # added to what must be there            | uses | why
        , qop=auth, nc=00000001, cnonce="c"      | 1    | as the grammar has it
        , qop="auth", nc="0000000A", cnonce=c    | 10   | quoted or not, in either case
        , qop=auth, nc=ffffffff, cnonce=""       | 4294967295 | the highest count
        , qop=auth, nc=1, cnonce="c"             | 1    | a short count
        ``                                       | -1   | RFC 2069
        , cnonce="c", nc=zz                      | -1   | without qop the rest means nothing
        """)
    void readsCredentials(String more, long uses, String why) throws SipParseException {
        Credentials credentials = Credentials.parse("Digest " + FULL + more).orElseThrow();
        assertThat(credentials.protection().map(Credentials.Protection::uses).orElse(-1L))
                .isEqualTo(uses);
        assertThat(credentials.response()).isEqualTo("ab");
        assertThat(Credentials.parse(credentials.value())).contains(credentials);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # added                                  | what is said
        , qop=auth, cnonce="c"                   | no nc
        , qop=auth, nc=00000001                  | no cnonce
        , qop=auth, nc=0000000g, cnonce="c"      | nc is not 8 hex digits
        , qop=auth, nc=000000001, cnonce="c"     | nc is not 8 hex digits
        , qop=auth, nc="", cnonce="c"            | nc is not 8 hex digits
        , username="v"                           | a parameter stands twice
        """)
    void faultyCredentialsSayWhatIsWrong(String more, String what) {
        assertThatThrownBy(() -> Credentials.parse("Digest " + FULL + more))
                .isInstanceOf(SipParseException.class)
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource({"username", "realm", "nonce", "uri", "response"})
    void whatMustBeThereIsMissed(String name) {
        String without = FULL.replace(name + "=", "x-" + name + "=");
        assertThatThrownBy(() -> Credentials.parse("Digest " + without)).hasMessageContaining("no " + name);
    }

    @Test
    void sizeIsBounded() {
        String many = "Digest x0=0"
                + String.join(
                        "",
                        java.util.stream.IntStream.range(1, 33)
                                .mapToObj(i -> ",x" + i + "=0")
                                .toList());
        assertThatThrownBy(() -> Credentials.parse(many)).hasMessageContaining("over 32 parameters");
        assertThatThrownBy(() -> Credentials.parse("Digest x=\"" + "a".repeat(65_536) + "\""))
                .hasMessageContaining("over 4096 characters");
    }

    @Test
    void anEscapeSurvivesTheWay() throws SipParseException {
        Challenge challenge = new Challenge("a \"b\" \\ c", "n", Optional.of(""), "MD5", List.of("auth"), true);
        assertThat(challenge.value()).contains("realm=\"a \\\"b\\\" \\\\ c\"");
        assertThat(Challenge.parse(challenge.value())).contains(challenge);
    }

    @Test
    void secretsStayOutOfTexts() throws SipParseException {
        Credentials credentials =
                Credentials.parse("Digest " + FULL.replace("AB", "secret")).orElseThrow();
        assertThat(credentials.toString()).doesNotContain("secret");
        MapUserStore users = MapUserStore.builder().password("u", "r", "secret").build();
        assertThat(users.toString())
                .doesNotContain(users.ha1("u", "r", DigestAlgorithm.MD5).orElseThrow());
    }

    @Test
    void usersAreKeptAsHashes() {
        String ha1 = DigestAlgorithm.MD5.ha1("bob", "biloxi.com", "zanzibar");
        MapUserStore users = MapUserStore.builder()
                .ha1("bob", "biloxi.com", DigestAlgorithm.MD5, ha1.toUpperCase(java.util.Locale.ROOT))
                .build();
        assertThat(users.ha1("bob", "biloxi.com", DigestAlgorithm.MD5)).contains(ha1);
        assertThat(users.ha1("bob", "biloxi.com", DigestAlgorithm.SHA_256)).isEmpty();
        assertThat(users.ha1("bob", "other", DigestAlgorithm.MD5)).isEmpty();
        assertThat(users.ha1("Bob", "biloxi.com", DigestAlgorithm.MD5)).isEmpty();
        MapUserStore.Builder builder = MapUserStore.builder();
        assertThatThrownBy(() -> builder.ha1("bob", "r", DigestAlgorithm.SHA_256, ha1))
                .hasMessage("a HA1 of SHA-256 has 64 hex digits");
    }
}
