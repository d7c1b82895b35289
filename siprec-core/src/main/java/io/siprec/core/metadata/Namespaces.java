package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/** The namespaces that recording metadata is found in. */
final class Namespaces {
    /** RFC 7865 §5.1.2. */
    static final String RECORDING = "urn:ietf:params:xml:ns:recording:1";

    /** Drafts of RFC 7865, still sent by many clients; and none at all. */
    private static final Set<String> DRAFTS =
            Set.of("urn:ietf:params:xml:ns:recording", "urn:ietf:params:xml:ns:siprec", "");

    private Namespaces() {}

    static String of(XMLStreamReader xml) {
        return xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    }

    /** True for what the model may define; the rest is extension data. */
    static boolean isModel(String namespace, String root) {
        return namespace.equals(root) || namespace.equals(RECORDING) || DRAFTS.contains(namespace);
    }

    static void report(String root, Findings findings) {
        if (root.equals(RECORDING)) return;
        if (DRAFTS.contains(root)) {
            findings.add(FindingCode.METADATA_DRAFT_NAMESPACE, "metadata in the namespace of a draft, or in none");
        } else {
            findings.add(FindingCode.METADATA_UNKNOWN_NAMESPACE, "metadata in a namespace that is not known");
        }
    }
}
