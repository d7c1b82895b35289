package io.siprec.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who has configured the wrong file. */
class TlsFilesTest {
    private static TestKeys keys;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.shared().make("rsa", "-ext", "san=dns:rsa.example", "-keyalg", "RSA", "-keysize", "2048");
    }

    private static void build(TlsSettings.Builder settings) {
        SipEndpoint.builder(invite -> {}).tls(settings.build()).build().close();
    }

    @ParameterizedTest(name = "{0} key")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # label                 | complaint
            RSA PRIVATE KEY         | 'BEGIN RSA PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem
            EC PRIVATE KEY          | 'BEGIN EC PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem
            ENCRYPTED PRIVATE KEY   | 'BEGIN ENCRYPTED PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt -in FILE -out
            CERTIFICATE             | no private key in it; expected a PEM file (BEGIN PRIVATE KEY)
            PRIVATE KEY             | not a key of the certificate's kind, EC
            """)
    void keysOfTheWrongKind(String label, String complaint) throws Exception {
        Path key = keys.pem("wrong-key.pem", label, new byte[100]);
        assertThatThrownBy(() -> build(TlsSettings.builder().identity(keys.chain("srs"), key)))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(complaint.replace("FILE", key.toString()))
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aTraditionalKeyWithAPasswordIsNamedToo() throws Exception {
        Path key = Files.writeString(
                directory.resolve("old.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> build(TlsSettings.builder().identity(keys.chain("srs"), key)))
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void otherFaults() throws Exception {
        Path absent = directory.resolve("absent.pem");
        assertThatThrownBy(() -> build(TlsSettings.builder().identity(absent, keys.key("srs"))))
                .hasMessage(absent + ": there is no such file");
        assertThatThrownBy(() -> build(TlsSettings.builder().identity(keys.key("srs"), keys.key("srs"))))
                .hasMessageContaining("no certificate in it");
        TestKeys.shared().make("second", "-ext", "san=dns:second.example", "-keyalg", "EC");
        assertThatThrownBy(() -> build(TlsSettings.builder().identity(keys.chain("srs"), keys.key("second"))))
                .hasMessageContaining("not the key of the first certificate in");
        assertThatThrownBy(() -> build(TlsSettings.builder().keyStore(keys.store(), "wrong")))
                .hasMessageContaining("its password is another");
        assertThatThrownBy(() -> build(TlsSettings.builder().keyStore(keys.caFile(), "x")))
                .hasMessageContaining("no PKCS#12 key store");
        assertThatThrownBy(() -> build(TlsSettings.builder().trustedCas(absent)))
                .hasMessage(absent + ": there is no such file");
        assertThatThrownBy(() -> TlsSettings.builder()
                        .clientCertificates(ClientCertificates.REQUIRED)
                        .build())
                .hasMessageContaining("without trusted CAs");
        assertThatThrownBy(() ->
                        TlsSettings.builder().peerNames(Set.of("a.example")).build())
                .hasMessageContaining("client certificates, which are not asked for");
    }

    @Test
    void aPasswordIsNotShown() {
        TlsSettings settings =
                TlsSettings.builder().keyStore(Path.of("x.p12"), "sesame").build();
        assertThat(settings.identities().toString()).contains("x.p12").doesNotContain("sesame");
    }
}
