package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads recording metadata (RFC 7865) in the dialects of the field. */
public final class MetadataParser {

    private MetadataParser() {}

    /**
     * Reads one document. Never throws for what a peer sent: what is wrong with it becomes findings. Of a document that
     * is not well-formed or too large, the elements before the fault or the limit are kept. Document types are refused and nothing is fetched.
     *
     * @param charset of the part's Content-Type; it overrides what the document declares (RFC 7865 §5.1)
     */
    public static MetadataUpdate parse(byte[] document, Optional<String> charset, MetadataLimits limits) {
        Findings findings = new Findings();
        byte[] readable = document;
        if (document.length > limits.maxBytes()) {
            readable = Arrays.copyOf(document, limits.maxBytes());
            findings.add(FindingCode.METADATA_TOO_LARGE, "metadata of " + document.length + " bytes");
        }
        String text = DocumentText.decode(readable, charset, findings);
        if (text.isEmpty()) {
            findings.add(FindingCode.METADATA_MALFORMED, "the metadata is empty");
            return new MetadataUpdate(Optional.empty(), findings.toList(), false);
        }
        return read(text, readable.length < document.length, limits, findings);
    }

    /** @param cut that it breaks off is our doing, and said already */
    private static MetadataUpdate read(String text, boolean cut, MetadataLimits limits, Findings findings) {
        Findings firstFindings = new Findings(findings);
        DocumentReader first = new DocumentReader(limits, firstFindings);
        Optional<String> fault = read(first, text);
        if (fault.isEmpty()) return first.result();
        String repaired = BareAmpersands.escape(text);
        if (!repaired.equals(text)) {
            findings.add(FindingCode.METADATA_BARE_AMPERSAND, "an ampersand that should have been escaped");
            DocumentReader second = new DocumentReader(limits, findings);
            Optional<String> again = read(second, repaired);
            if (again.isPresent() && !cut) findings.add(FindingCode.METADATA_MALFORMED, again.get());
            return second.result();
        }
        if (!cut) firstFindings.add(FindingCode.METADATA_MALFORMED, fault.get());
        return first.result();
    }

    /** Reads on up to the end or the first fault, which is described without the peer's text. */
    private static Optional<String> read(DocumentReader reader, String text) {
        XMLStreamReader xml = null;
        try {
            xml = XmlInput.FACTORY.createXMLStreamReader(new StringReader(text));
            reader.read(xml);
            return Optional.empty();
        } catch (XMLStreamException | RuntimeException e) { // Woodstox has unchecked ones too
            return Optional.of("not well-formed" + XmlInput.where(e));
        } finally {
            XmlInput.close(xml);
        }
    }
}
