package io.siprec.sip.internal.tls;

import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings.KeySource;
import io.siprec.sip.transport.TlsSettings.KeyStoreFile;
import io.siprec.sip.transport.TlsSettings.PemFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A certificate chain with its private key: whom we can be. */
record Identity(List<X509Certificate> chain, PrivateKey key, SipDomains domains) {
    private static final byte[] PROBE = {1, 2, 3};

    Identity {
        chain = List.copyOf(chain);
    }

    /** The identities of a source, which holds at least one. */
    static List<Identity> read(KeySource source) {
        return source instanceof PemFiles files ? List.of(read(files)) : read((KeyStoreFile) source);
    }

    private static Identity read(PemFiles files) {
        List<X509Certificate> chain = PemReader.certificates(files.certificateChain());
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        PrivateKey key = PemReader.privateKey(files.privateKey(), algorithm);
        return checked(
                chain,
                key,
                files.privateKey() + ": not the key of the first certificate in " + files.certificateChain());
    }

    private static List<Identity> read(KeyStoreFile store) {
        List<Identity> identities = new ArrayList<>();
        try {
            char[] password = store.password().toCharArray();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(PemReader.bytes(store.file())), password);
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, password) instanceof PrivateKey key) {
                    identities.add(checked(chain(keys, alias), key, store.file() + ": key and certificate differ"));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(store.file() + ": no PKCS#12 key store, or its password is another", e);
        }
        if (identities.isEmpty()) {
            throw new TlsException(store.file() + ": no private key in it");
        }
        return identities;
    }

    private static List<X509Certificate> chain(KeyStore keys, String alias) throws GeneralSecurityException {
        Certificate[] chain = keys.getCertificateChain(alias);
        if (chain == null) {
            throw new GeneralSecurityException("a key without its certificate");
        }
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private static Identity checked(List<X509Certificate> chain, PrivateKey key, String complaint) {
        X509Certificate certificate = chain.get(0);
        try {
            Signature signature = Signature.getInstance(signatureFor(key));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            if (!signature.verify(signed)) {
                throw new TlsException(complaint);
            }
        } catch (GeneralSecurityException e) {
            throw new TlsException(complaint, e);
        }
        return new Identity(chain, key, SipDomains.of(certificate));
    }

    private static String signatureFor(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }
}
