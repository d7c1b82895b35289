package io.siprec.sip.internal.tls;

import io.siprec.sip.address.AddressLiteral;
import io.siprec.sip.message.SipUri;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a certificate speaks for (RFC 5922 section 7.1): the domains of its SAN URIs of the form {@code sip:domain}; if there
 * are none, its SAN DNS names; besides these its SAN IP addresses, for peers that are known by their address only. The
 * subject's common name counts for nothing.
 */
final class SipDomains {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private final List<String> names;
    private final List<String> addresses;

    private SipDomains(List<String> names, List<String> addresses) {
        this.names = names;
        this.addresses = addresses;
    }

    static SipDomains of(X509Certificate certificate) {
        List<String> uris = new ArrayList<>();
        List<String> dnsNames = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (List<?> entry : alternativeNames(certificate)) {
            int kind = (Integer) entry.get(0);
            if (kind == URI) {
                SipUri uri = SipUri.lenient((String) entry.get(1));
                if (uri.scheme().equals("sip") && uri.user().isEmpty()) {
                    uris.add(uri.host().toLowerCase(Locale.ROOT));
                }
            } else if (kind == DNS) {
                dnsNames.add(((String) entry.get(1)).toLowerCase(Locale.ROOT));
            } else if (kind == IP) {
                addresses.add((String) entry.get(1));
            }
        }
        return new SipDomains(uris.isEmpty() ? dnsNames : uris, addresses);
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of(); // names that can't be read name nobody
        }
    }

    /** Whether the certificate is for this domain or address. Exactly: a wildcard matches nothing (section 7.2). */
    boolean include(String host) {
        Optional<InetAddress> literal = AddressLiteral.parse(host);
        if (literal.isPresent()) {
            return addresses.stream().map(AddressLiteral::parse).anyMatch(literal::equals);
        }
        return names.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Whether both speak for the same, or have a name in common. */
    boolean overlap(SipDomains other) {
        return names.equals(other.names) || names.stream().anyMatch(other.names::contains);
    }

    /** The names, for a person. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(names);
        all.addAll(addresses);
        return all.isEmpty() ? "nobody" : String.join(", ", all);
    }
}
