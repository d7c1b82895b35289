package io.siprec.sip.transport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Keys and trust of an endpoint's TLS connections. Versions are TLS 1.3 and 1.2, with forward secret AEAD suites only
 * (RFC 9325). The files are read when the endpoint is built, and again when it is told to reload them.
 */
public final class TlsSettings {
    private final List<KeySource> identities;
    private final List<Path> trustedCas;
    private final ClientCertificates clientCertificates;
    private final Set<String> peerNames;

    /** Where a certificate chain and its private key are. */
    public sealed interface KeySource {}

    /** Both in PEM files; the key in PKCS#8 without a password. */
    public record PemFiles(Path certificateChain, Path privateKey) implements KeySource {
        /** Neither may be missing. */
        public PemFiles {
            Objects.requireNonNull(certificateChain, "certificateChain");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }

    /** All entries of a PKCS#12 key store, whose own password is that of its keys. */
    public record KeyStoreFile(Path file, String password) implements KeySource {
        /** Neither may be missing. */
        public KeyStoreFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "KeyStoreFile[file=" + file + "]";
        }
    }

    private TlsSettings(Builder builder) {
        identities = List.copyOf(builder.identities);
        trustedCas = List.copyOf(builder.trustedCas);
        clientCertificates = builder.clientCertificates;
        peerNames = Set.copyOf(builder.peerNames);
    }

    /** Begins without keys, and without trust of one's own. */
    public static Builder builder() {
        return new Builder();
    }

    /** The certificates that we may show. */
    public List<KeySource> identities() {
        return identities;
    }

    /** PEM files of the CAs whose certificates are taken; empty for those of the Java runtime. */
    public List<Path> trustedCas() {
        return trustedCas;
    }

    /** Whether clients must show a certificate. */
    public ClientCertificates clientCertificates() {
        return clientCertificates;
    }

    /** The SIP domains that a client may have, in lower case; empty for any. */
    public Set<String> peerNames() {
        return peerNames;
    }

    /** Collects settings. */
    public static final class Builder {
        private final List<KeySource> identities = new ArrayList<>();
        private final List<Path> trustedCas = new ArrayList<>();
        private final Set<String> peerNames = new LinkedHashSet<>();
        private ClientCertificates clientCertificates = ClientCertificates.NONE;

        private Builder() {}

        /**
         * Adds a certificate chain, server's first, and its key. With several identities the client's SNI chooses (RFC 6066
         * section 3); the first one serves clients that name none or an unknown one.
         */
        public Builder identity(Path certificateChain, Path privateKey) {
            identities.add(new PemFiles(certificateChain, privateKey));
            return this;
        }

        /** Adds all identities of a PKCS#12 key store. */
        public Builder keyStore(Path file, String password) {
            identities.add(new KeyStoreFile(file, password));
            return this;
        }

        /** Adds the CAs of a PEM file to those that we trust, for clients and servers. Default: those of the Java runtime. */
        public Builder trustedCas(Path file) {
            trustedCas.add(Objects.requireNonNull(file, "file"));
            return this;
        }

        /** Whether clients must show a certificate; default no. */
        public Builder clientCertificates(ClientCertificates value) {
            clientCertificates = Objects.requireNonNull(value, "clientCertificates");
            return this;
        }

        /**
         * Takes only clients whose certificate names one of these SIP domains: as a SAN URI {@code sip:domain}, or where it
         * has none of these as a SAN DNS name; without wildcards (RFC 5922 section 7). Default: any that a trusted CA signed.
         */
        public Builder peerNames(Set<String> domains) {
            domains.forEach(domain -> peerNames.add(domain.toLowerCase(Locale.ROOT)));
            return this;
        }

        /** The settings. Throws {@link TlsException} when they contradict each other. */
        public TlsSettings build() {
            if (clientCertificates != ClientCertificates.NONE && trustedCas.isEmpty()) {
                throw new TlsException("client certificates can't be checked without trusted CAs; name their file");
            }
            if (clientCertificates == ClientCertificates.NONE && !peerNames.isEmpty()) {
                throw new TlsException("peer names are those of client certificates, which are not asked for");
            }
            return new TlsSettings(this);
        }
    }
}
