package io.siprec.sip.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Chooses who we are by the name that a client asks for (RFC 6066 section 3); else we are the first. */
final class IdentityManager extends X509ExtendedKeyManager {
    private final List<Identity> identities;

    IdentityManager(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        List<Identity> wanted = requestedName(engine).map(this::named).orElse(List.of());
        return alias(wanted.isEmpty() ? likeTheFirst() : wanted, keyType);
    }

    private static Optional<String> requestedName(SSLEngine engine) {
        return engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private List<Identity> named(String host) {
        return identities.stream().filter(i -> i.domains().include(host)).toList();
    }

    /** The first, and its likes with another kind of key. */
    private List<Identity> likeTheFirst() {
        return identities.stream()
                .filter(i -> i == identities.get(0)
                        || i.domains().overlap(identities.get(0).domains()))
                .toList();
    }

    private String alias(List<Identity> candidates, String keyType) {
        return candidates.stream()
                .filter(i -> i.key().getAlgorithm().equals(keyType))
                .findFirst()
                .map(i -> Integer.toString(identities.indexOf(i)))
                .orElse(null);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        for (String keyType : keyTypes) {
            String alias = alias(identities, keyType);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identities.get(Integer.parseInt(alias)).chainArray();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identities.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null; // of sockets, which we don't use; as are the rest
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
