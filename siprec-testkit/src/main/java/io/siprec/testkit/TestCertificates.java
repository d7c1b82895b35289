package io.siprec.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.transport.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A CA of one's own and the certificates that it signs, as PEM files in one directory, for tests of TLS. They are made by
 * the {@code keytool} of the running JDK and are valid for 90 days. Not thread-safe.
 */
public final class TestCertificates {
    private static final String CA = "ca";
    private static final String PASSWORD = "for-tests";

    private final Path directory;

    /** A certificate, with its CA's, and its key in PKCS#8. */
    public record Identity(Path certificate, Path key) {}

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Makes the CA. The directory must exist. */
    public static TestCertificates in(Path directory) throws IOException {
        TestCertificates made = new TestCertificates(directory);
        made.keytool(CA, List.of("-ext", "bc:c=ca:true"));
        return made;
    }

    /** The CA's certificate. */
    public Path ca() throws IOException {
        return pem("ca.pem", "CERTIFICATE", List.of(certificates(CA).get(0)));
    }

    /**
     * Makes a certificate.
     *
     * @param name of the files
     * @param alternativeNames whom it speaks for, as keytool writes it: {@code dns:srs.example,ip:127.0.0.1}
     */
    public Identity identity(String name, String alternativeNames) throws IOException {
        keytool(name, List.of("-signer", CA, "-ext", "san=" + alternativeNames));
        return new Identity(
                pem(name + ".pem", "CERTIFICATE", certificates(name)),
                pem(name + "-key.pem", "PRIVATE KEY", List.of(key(name))));
    }

    /** Settings of an end that trusts this CA and is known by the identity. */
    public TlsSettings.Builder settings(Identity identity) throws IOException {
        return TlsSettings.builder()
                .identity(identity.certificate(), identity.key())
                .trustedCas(ca());
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    private void keytool(String alias, List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private List<byte[]> certificates(String alias) throws IOException {
        try {
            List<byte[]> encoded = new ArrayList<>();
            for (Certificate certificate : load().getCertificateChain(alias)) {
                encoded.add(certificate.getEncoded());
            }
            return encoded;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate of " + alias, e);
        }
    }

    private byte[] key(String alias) throws IOException {
        try {
            return load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("no key of " + alias, e);
        }
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path pem(String file, String label, List<byte[]> blocks) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
        StringBuilder text = new StringBuilder();
        for (byte[] block : blocks) {
            text.append("-----BEGIN ").append(label).append("-----\n");
            text.append(encoder.encodeToString(block)).append('\n');
            text.append("-----END ").append(label).append("-----\n");
        }
        return Files.writeString(directory.resolve(file), text);
    }
}
