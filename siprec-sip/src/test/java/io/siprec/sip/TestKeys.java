package io.siprec.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Certificates for tests, made by the JDK's keytool when they are first asked for: all signed by one CA, or by a stranger. */
final class TestKeys {
    static final String PASSWORD = "secret";
    private static final String CA = "ca";

    private static TestKeys shared;

    private final Path directory;
    private final List<String> made = new ArrayList<>();

    TestKeys(Path directory) {
        this.directory = directory;
    }

    /** Those of this process. */
    static synchronized TestKeys shared() throws Exception {
        if (shared == null) {
            shared = new TestKeys(Files.createTempDirectory("siprec-keys"));
            shared.make("srs", "-ext", "san=dns:srs.example,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1", "-keyalg", "EC");
            Runtime.getRuntime().addShutdownHook(new Thread(shared::delete));
        }
        return shared;
    }

    private void delete() {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            System.err.println("temporary keys stay: " + e.getMessage());
        }
    }

    /** A certificate of that name, signed by the CA; further arguments are keytool's. */
    synchronized TestKeys make(String alias, String... arguments) throws Exception {
        if (!made.contains(CA)) {
            made.add(CA);
            keytool(CA, "-ext", "bc:c=ca:true", "-keyalg", "EC");
        }
        if (!made.contains(alias)) {
            made.add(alias);
            boolean signed = !Arrays.asList(arguments).contains("-selfsigned");
            List<String> all = new ArrayList<>(List.of(arguments));
            all.remove("-selfsigned");
            if (signed) {
                all.addAll(List.of("-signer", CA));
            }
            keytool(alias, all.toArray(String[]::new));
        }
        return this;
    }

    private void keytool(String alias, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keystore",
                store().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** All in one key store. */
    Path store() {
        return directory.resolve("all.p12");
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    Path caFile() throws Exception {
        return pem("ca-only.pem", "CERTIFICATE", load().getCertificate(CA).getEncoded());
    }

    /** The certificate with its chain. */
    Path chain(String alias) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : load().getCertificateChain(alias)) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(directory.resolve(alias + "-chain.pem"), text);
    }

    Path key(String alias) throws Exception {
        byte[] key = load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return pem(alias + "-key.pem", "PRIVATE KEY", key);
    }

    Path pem(String file, String label, byte[] der) throws IOException {
        return Files.writeString(directory.resolve(file), block(label, der));
    }

    private static String block(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** For a client that trusts the CA and shows this certificate; none when the name is empty. */
    SSLContext client(String alias) throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(CA, load().getCertificate(CA));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] shown = alias.isEmpty() ? null : new KeyManager[] {new Stubborn(alias)};
        context.init(shown, trust.getTrustManagers(), null);
        return context;
    }

    /** Shows its certificate whatever CAs the server would like; the JDK's own manager would rather show none. */
    private final class Stubborn extends X509ExtendedKeyManager {
        private final String alias;
        private final KeyStore all;

        private Stubborn(String alias) throws IOException, GeneralSecurityException {
            this.alias = alias;
            this.all = load();
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            try {
                return Arrays.stream(all.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            try {
                return (PrivateKey) all.getKey(alias, PASSWORD.toCharArray());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
