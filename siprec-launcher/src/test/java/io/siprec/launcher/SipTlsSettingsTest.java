package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings.KeyStoreFile;
import io.siprec.sip.transport.TlsSettings.PemFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipTlsSettingsTest {
    private static SipTlsSettings read(Map<String, String> environment) throws SettingsException {
        return Settings.of(environment, true).tls().orElseThrow();
    }

    @Test
    void withoutACertificateThereIsNoTls() throws SettingsException {
        assertThat(Settings.of(Map.of(), true).tls()).isEmpty();
    }

    @Test
    void aCertificateAndItsKeyAreEnough() throws SettingsException {
        SipTlsSettings tls = read(Map.of("SIP_TLS_CERT", "/k/srs.pem", "SIP_TLS_KEY", "/k/srs.key"));
        assertThat(tls.ports()).containsExactly(5061);
        assertThat(tls.keys().identities()).containsExactly(new PemFiles(Path.of("/k/srs.pem"), Path.of("/k/srs.key")));
        assertThat(tls.keys().trustedCas()).isEmpty();
        assertThat(tls.keys().clientCertificates()).isEqualTo(ClientCertificates.NONE);
        assertThat(tls.files()).containsOnlyKeys(Path.of("/k/srs.pem"), Path.of("/k/srs.key"));
    }

    @Test
    void allOfThem() throws SettingsException {
        SipTlsSettings tls = read(Map.of(
                "SIP_TLS_PORTS", "5061, 5071",
                "SIP_TLS_CERT", "/k/a.pem, /k/b.pem",
                "SIP_TLS_KEY", "/k/a.key, /k/b.key",
                "SIP_TLS_KEYSTORE", "/k/c.p12",
                "SIP_TLS_KEYSTORE_PASSWORD", "sesame",
                "SIP_TLS_CA", "/k/ca.pem",
                "SIP_TLS_CLIENT_AUTH", "required",
                "SIP_TLS_PEERS", "sbc1.example, SBC2.example"));
        assertThat(tls.ports()).containsExactly(5061, 5071);
        assertThat(tls.keys().identities())
                .containsExactly(
                        new PemFiles(Path.of("/k/a.pem"), Path.of("/k/a.key")),
                        new PemFiles(Path.of("/k/b.pem"), Path.of("/k/b.key")),
                        new KeyStoreFile(Path.of("/k/c.p12"), "sesame"));
        assertThat(tls.keys().trustedCas()).containsExactly(Path.of("/k/ca.pem"));
        assertThat(tls.keys().clientCertificates()).isEqualTo(ClientCertificates.REQUIRED);
        assertThat(tls.keys().peerNames()).containsExactlyInAnyOrder("sbc1.example", "sbc2.example");
        assertThat(tls.explain(new TlsException("/k/b.key: no private key in it; expected ...")))
                .isEqualTo("SIP_TLS_KEY=/k/b.key: no private key in it; expected ...");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # settings, split at blanks                          | what the line must say
        SIP_TLS_PORTS=5061                                   | SIP_TLS_PORTS=5061: there is no TLS without a certificate; set SIP_TLS_CERT and SIP_TLS_KEY
        SIP_TLS_KEY=k                                        | SIP_TLS_KEY=k: there is no TLS without a certificate
        SIP_TLS_CA=ca                                        | SIP_TLS_CA=ca: there is no TLS without a certificate
        SIP_TLS_KEYSTORE_PASSWORD=sesame                     | SIP_TLS_KEYSTORE_PASSWORD=...: there is no TLS without
        SIP_TLS_CERT=c                                       | SIP_TLS_KEY=: not as many keys as SIP_TLS_CERT names certificates
        SIP_TLS_CERT=c,d SIP_TLS_KEY=k                       | SIP_TLS_KEY=k: not as many keys
        SIP_TLS_KEYSTORE=s SIP_TLS_PORTS=x                   | SIP_TLS_PORTS=x: not a list of ports; use numbers
        SIP_TLS_KEYSTORE=s SIP_TLS_CLIENT_AUTH=maybe         | SIP_TLS_CLIENT_AUTH=maybe: unknown; use one of none, optional, required
        SIP_TLS_KEYSTORE=s SIP_TLS_CLIENT_AUTH=required      | SIP_TLS_CLIENT_AUTH=required: no CA to check clients with; set SIP_TLS_CA
        SIP_TLS_KEYSTORE=s SIP_TLS_PEERS=a.example           | SIP_TLS_PEERS=a.example: clients are not asked who they are; set SIP_TLS_CLIENT_AUTH=required
        """)
    void whatIsWrongIsOneLine(String settings, String line) {
        Map<String, String> environment = new HashMap<>();
        Arrays.stream(settings.split(" ")).map(s -> s.split("=")).forEach(s -> environment.put(s[0], s[1]));
        assertThatThrownBy(() -> Settings.of(environment, true))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.lines())
                                .singleElement()
                                .asString()
                                .startsWith(line)
                                .doesNotContain("sesame"));
    }

    @Test
    void severalFilesOfOneSettingAreWatched() throws SettingsException {
        SipTlsSettings tls = read(Map.of("SIP_TLS_KEYSTORE", "/k/c.p12", "SIP_TLS_CA", "/k/x.pem,/k/y.pem"));
        assertThat(tls.files().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Path.of("/k/c.p12"), Path.of("/k/x.pem"), Path.of("/k/y.pem")));
    }
}
