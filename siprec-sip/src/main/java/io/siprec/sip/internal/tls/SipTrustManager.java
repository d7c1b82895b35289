package io.siprec.sip.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts what the CAs have signed, for the names that are allowed (RFC 5922 section 7). */
final class SipTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;
    private final Set<String> clientNames;

    SipTrustManager(X509ExtendedTrustManager authorities, Set<String> clientNames) {
        this.authorities = authorities;
        this.clientNames = Set.copyOf(clientNames);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkClientTrusted(chain, authType, engine);
        SipDomains domains = SipDomains.of(chain[0]);
        if (!clientNames.isEmpty() && clientNames.stream().noneMatch(domains::include)) {
            throw new CertificateException("a certificate of " + domains + ", which is no allowed peer");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, engine);
        SipDomains domains = SipDomains.of(chain[0]);
        if (!domains.include(engine.getPeerHost())) {
            throw new CertificateException("a certificate of " + domains + ", not of " + engine.getPeerHost());
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    private static CertificateException withoutEngine() {
        return new CertificateException("only for engines");
    }
}
