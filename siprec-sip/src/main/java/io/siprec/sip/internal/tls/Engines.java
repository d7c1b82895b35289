package io.siprec.sip.internal.tls;

import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the engines of connections, from the key material that was read last. Any thread. */
public final class Engines {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** RFC 9325 section 4.2: forward secrecy and authenticated encryption. Strongest first, and the server chooses. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** For resumption; the JDK would keep 20,480 for a day, and strangers' handshakes fill them. */
    private static final int KEPT_SESSIONS = 4_096;

    private static final int KEPT_SECONDS = 3_600;

    private final TlsSettings settings;
    private volatile SSLContext context;

    /** Reads the key material. Throws {@link TlsException} when it can't be used. */
    public Engines(TlsSettings settings) {
        this.settings = settings;
        reload();
    }

    /** Reads the key material again; what can't be used is refused with {@link TlsException}, and the old one stays. */
    public void reload() {
        List<Identity> identities = settings.identities().stream()
                .flatMap(source -> Identity.read(source).stream())
                .toList();
        TrustManager trust = new SipTrustManager(authorities(), settings.peerNames());
        try {
            SSLContext next = SSLContext.getInstance("TLS");
            next.init(new KeyManager[] {new IdentityManager(identities)}, new TrustManager[] {trust}, null);
            next.getServerSessionContext().setSessionCacheSize(KEPT_SESSIONS);
            next.getServerSessionContext().setSessionTimeout(KEPT_SECONDS);
            context = next;
        } catch (GeneralSecurityException e) {
            throw new TlsException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private X509ExtendedTrustManager authorities() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(settings.trustedCas().isEmpty() ? null : trustStore());
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("the trusted CAs can't be used: " + e.getMessage(), e);
        }
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Path file : settings.trustedCas()) {
            for (X509Certificate certificate : PemReader.certificates(file)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        return store;
    }

    /** Whether we have a certificate to show. */
    public boolean canAccept() {
        return !settings.identities().isEmpty();
    }

    /** For a connection that a peer made. */
    public SSLEngine accepting() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setUseCipherSuitesOrder(true);
        if (settings.clientCertificates() == ClientCertificates.REQUIRED) {
            parameters.setNeedClientAuth(true);
        } else if (settings.clientCertificates() == ClientCertificates.OPTIONAL) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For a connection to a server, which must prove to be {@code server}, a name or an address. */
    public SSLEngine connecting(String server, int port) {
        SSLEngine engine = context.createSSLEngine(server, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine));
        return engine;
    }

    private static SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES.stream().filter(supported::contains).toArray(String[]::new));
        return parameters;
    }
}
