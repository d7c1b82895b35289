package io.siprec.server;

import io.siprec.sip.transport.TlsSettings;
import io.siprec.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS for a server under test, and clients that take any certificate. */
final class TestTls {
    private static final SSLSocketFactory CLIENT = trusting();

    private TestTls() {}

    static TlsSettings server(Path folder) throws IOException {
        TestCertificates certificates = TestCertificates.in(folder);
        return certificates
                .settings(certificates.identity("srs", "dns:srs.example,ip:127.0.0.1"))
                .build();
    }

    static SSLSocketFactory client() {
        return CLIENT;
    }

    private static SSLSocketFactory trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
