package io.siprec.launcher;

import io.siprec.sip.transport.ClientCertificates;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.TlsSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SIP over TLS: the settings {@code SIP_TLS_...}.
 *
 * @param ports where TLS is listened for
 * @param keys what the stack needs to know
 * @param files all files named, each with the setting that names it
 */
record SipTlsSettings(List<Integer> ports, TlsSettings keys, Map<Path, String> files) {
    private static final String PORTS = "SIP_TLS_PORTS";
    private static final String CERT = "SIP_TLS_CERT";
    private static final String KEY = "SIP_TLS_KEY";
    private static final String KEYSTORE = "SIP_TLS_KEYSTORE";
    private static final String KEYSTORE_PASSWORD = "SIP_TLS_KEYSTORE_PASSWORD";
    private static final String CA = "SIP_TLS_CA";
    private static final String CLIENT_AUTH = "SIP_TLS_CLIENT_AUTH";
    private static final String PEERS = "SIP_TLS_PEERS";

    SipTlsSettings {
        ports = List.copyOf(ports);
        files = Map.copyOf(files);
    }

    /** What the environment says; empty when there is no TLS. Faults go to the reader. */
    static Optional<SipTlsSettings> of(SettingsReader reader) {
        boolean wanted = reader.given(CERT) || reader.given(KEYSTORE);
        if (wanted) {
            return new Reading(reader).read();
        }
        for (String name : List.of(PORTS, KEY, KEYSTORE_PASSWORD, CA, CLIENT_AUTH, PEERS)) {
            if (reader.given(name)) {
                String value = name.equals(KEYSTORE_PASSWORD) ? "..." : reader.text(name, "");
                reader.wrong(
                        name,
                        value,
                        "there is no TLS without a certificate; set " + CERT + " and " + KEY + " to PEM files, or "
                                + KEYSTORE + " to a PKCS#12 file");
            }
        }
        return Optional.empty();
    }

    /** The line for a person: which setting, what is wrong with its file. */
    String explain(TlsException fault) {
        String message = fault.getMessage();
        return files.entrySet().stream()
                .filter(file -> message.startsWith(file.getKey() + ": "))
                .map(file -> file.getValue() + "=" + message)
                .findFirst()
                .orElse("SIP_TLS_...: " + message);
    }

    private static final class Reading {
        private final SettingsReader reader;
        private final Map<Path, String> files = new LinkedHashMap<>();
        private final TlsSettings.Builder keys = TlsSettings.builder();

        private Reading(SettingsReader reader) {
            this.reader = reader;
        }

        private Optional<SipTlsSettings> read() {
            List<Integer> ports = reader.ports(PORTS, "5061");
            identities();
            for (Path file : paths(CA)) {
                keys.trustedCas(file);
            }
            ClientCertificates asked = reader.choice(CLIENT_AUTH, ClientCertificates.class, ClientCertificates.NONE);
            keys.clientCertificates(asked).peerNames(Set.copyOf(reader.list(PEERS)));
            if (asked != ClientCertificates.NONE && !reader.given(CA)) {
                reader.wrong(CLIENT_AUTH, reader.text(CLIENT_AUTH, ""), "no CA to check clients with; set " + CA);
                return Optional.empty();
            }
            if (asked == ClientCertificates.NONE && reader.given(PEERS)) {
                reader.wrong(
                        PEERS,
                        reader.text(PEERS, ""),
                        "clients are not asked who they are; set " + CLIENT_AUTH + "=required");
                return Optional.empty();
            }
            return Optional.of(new SipTlsSettings(ports, keys.build(), files));
        }

        private void identities() {
            List<Path> chains = paths(CERT);
            List<Path> privateKeys = paths(KEY);
            if (chains.size() != privateKeys.size()) {
                reader.wrong(
                        KEY,
                        reader.text(KEY, ""),
                        "not as many keys as " + CERT + " names certificates; name one for each, in the same order");
                return;
            }
            for (int i = 0; i < chains.size(); i++) {
                keys.identity(chains.get(i), privateKeys.get(i));
            }
            for (Path file : paths(KEYSTORE)) {
                keys.keyStore(file, reader.text(KEYSTORE_PASSWORD, ""));
            }
        }

        private List<Path> paths(String name) {
            List<Path> paths = reader.paths(name);
            paths.forEach(path -> files.putIfAbsent(path, name));
            return paths;
        }
    }
}
