package io.siprec.sip.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.siprec.sip.transport.TlsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys as text (RFC 7468). Blocks: not for a loop. */
final class PemReader {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final String KEY = "PRIVATE KEY";

    private PemReader() {}

    /** All certificates of a file, in their order; at least one. */
    static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            if (blocks.group(1).endsWith("CERTIFICATE")) {
                certificates.add(certificate(file, decoded(file, blocks.group(2))));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(file + ": no certificate in it; expected a PEM file (BEGIN CERTIFICATE)");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsException(file + ": a certificate in it can't be read", e);
        }
    }

    /** The private key of a file, which is one for this algorithm. */
    static PrivateKey privateKey(Path file, String algorithm) {
        Matcher blocks = BLOCK.matcher(withoutKeyHeaders(text(file)));
        while (blocks.find()) {
            String label = blocks.group(1);
            if (label.equals(KEY)) {
                return privateKey(file, algorithm, decoded(file, blocks.group(2)));
            }
            if (label.endsWith(KEY)) {
                throw new TlsException(file + ": a key of the kind 'BEGIN " + label
                        + "'; convert it with: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key.pem");
            }
        }
        throw new TlsException(file + ": no private key in it; expected a PEM file (BEGIN PRIVATE KEY)");
    }

    /** Traditional keys with a password have header lines between label and key. */
    private static String withoutKeyHeaders(String text) {
        return text.replaceAll("(?m)^(Proc-Type|DEK-Info):.*$", "");
    }

    private static PrivateKey privateKey(Path file, String algorithm, byte[] der) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new TlsException(file + ": not a key of the certificate's kind, " + algorithm, e);
        }
    }

    private static byte[] decoded(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TlsException(file + ": damaged, it is not base64 between its BEGIN and END lines", e);
        }
    }

    private static String text(Path file) {
        return new String(bytes(file), ISO_8859_1);
    }

    /** All of a file. */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new TlsException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
