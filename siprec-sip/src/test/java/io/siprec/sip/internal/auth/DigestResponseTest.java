package io.siprec.sip.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.auth.Credentials;
import io.siprec.sip.auth.DigestAlgorithm;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestResponseTest {
    @ParameterizedTest(name = "{10}")
    @CsvSource(delimiter = '|', textBlock = """
        # algorithm | user | realm | password | method | uri | nonce | qop | nc and cnonce | response | why
        MD5 | Mufasa | http-auth@example.org | Circle of Life | GET | /dir/index.html | 7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v | auth | 00000001 f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 8ca523f5e9506fed4657c9700eebdbec | RFC 7616 section 3.9.1, MD5
        SHA_256 | Mufasa | http-auth@example.org | Circle of Life | GET | /dir/index.html | 7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v | auth | 00000001 f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1 | RFC 7616 section 3.9.1, SHA-256
        SHA_512_256 | Jäsøn Doe | api@example.org | Secret, or not? | GET | /doe.json | 5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK | auth | 00000001 NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm | 7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c | input of RFC 7616 section 3.9.2; its result is of a cut SHA-512, this one of Python's hashlib
        MD5 | Mufasa | testrealm@host.com | Circle Of Life | GET | /dir/index.html | dcd98b7102dd2f0e8b11d0f600bfb0c093 | auth | 00000001 0a4f113b | 6629fae49393a05397450978507c4ef1 | RFC 2617 section 3.5
        MD5 | Mufasa | testrealm@host.com | CircleOfLife | GET | /dir/index.html | dcd98b7102dd2f0e8b11d0f600bfb0c093 | '' | '' | 1949323746fe6a43ef61f9606e7febea | RFC 2069 section 2.4 as corrected by its erratum
        SHA_256 | bob | biloxi.com | zanzibar | INVITE | sip:bob@biloxi.com | dcd98b7102dd2f0e8b11d0f600bfb0c093 | auth-int | 0000000a 0a4f113b | a2ec5c104d4e195ec9e0c8aecf6f20cf4a692a670134289d0bcee973e8a6f7fd | with the body, by Python's hashlib
        """)
    void isThatOfThePublishedVectors(
            DigestAlgorithm algorithm,
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String qop,
            String counted,
            String response,
            String why) {
        Optional<Credentials.Protection> protection = qop.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials.Protection(qop, counted.split(" ")[0], counted.split(" ")[1]));
        Credentials credentials =
                new Credentials(user, realm, nonce, uri, response, algorithm.token(), Optional.empty(), protection);
        String ha1 = algorithm.ha1(user, realm, password);
        assertThat(DigestResponse.of(algorithm, ha1, method, credentials, "v=0\r\n".getBytes(UTF_8)))
                .isEqualTo(response);
    }
}
