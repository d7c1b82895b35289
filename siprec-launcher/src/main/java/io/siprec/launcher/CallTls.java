package io.siprec.launcher;

import io.siprec.sip.transport.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The call command's options for TLS. */
final class CallTls {
    @Option(
            names = "--tls-ca",
            paramLabel = "PEM",
            description = "CA of the recorder's certificate (default: the CAs of the Java runtime)")
    private Path ca;

    @Option(
            names = "--tls-cert",
            paramLabel = "PEM",
            description = "certificate to show when the recorder asks for one")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "private key of --tls-cert, in PKCS#8")
    private Path key;

    CallTls() {}

    /** The settings of a call over TLS. */
    TlsSettings settings(Function<String, ? extends RuntimeException> complaint) {
        if ((certificate == null) != (key == null)) {
            throw complaint.apply("--tls-cert and --tls-key need each other; give both, or none");
        }
        TlsSettings.Builder builder = TlsSettings.builder();
        Optional.ofNullable(ca).ifPresent(builder::trustedCas);
        Optional.ofNullable(certificate).ifPresent(file -> builder.identity(file, key));
        return builder.build();
    }
}
