package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one document element by element; what was read before a fault stays. */
final class DocumentReader {
    private final MetadataLimits limits;
    private final Findings findings;
    private Optional<MetadataBuilder> builder = Optional.empty();
    private boolean whole;

    DocumentReader(MetadataLimits limits, Findings findings) {
        this.limits = limits;
        this.findings = findings;
    }

    void read(XMLStreamReader xml) throws XMLStreamException {
        if (!atRoot(xml) || !isRecording(xml)) return;
        ElementReader elements = new ElementReader(xml, limits, findings);
        String namespace = Namespaces.of(xml);
        MetadataBuilder building = new MetadataBuilder(namespace, elements.attributes(), findings);
        builder = Optional.of(building);
        try {
            for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
                if (event == XMLStreamConstants.START_ELEMENT) building.add(elements.element(2));
            }
        } catch (ElementReader.TooManyElementsException e) {
            findings.add(FindingCode.METADATA_TOO_MANY_ELEMENTS, "more than " + limits.maxElements() + " elements");
            return;
        }
        while (xml.hasNext()) xml.next(); // what follows the root must be well-formed as well
        whole = true;
    }

    MetadataUpdate result() {
        return new MetadataUpdate(builder.map(MetadataBuilder::build), findings.toList(), whole);
    }

    private boolean atRoot(XMLStreamReader xml) throws XMLStreamException {
        int event = xml.getEventType();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.DTD) {
                findings.add(FindingCode.METADATA_DTD_REFUSED, "metadata with a document type");
                return false;
            }
            event = xml.next();
        }
        return true;
    }

    private boolean isRecording(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "recording", "recording_metadata" -> {
                Namespaces.report(Namespaces.of(xml), findings);
                return true;
            }
            case "requestsnapshot" ->
                findings.add(
                        FindingCode.METADATA_WRONG_DIRECTION, "a request for a snapshot, which only a recorder sends");
            default -> findings.add(FindingCode.METADATA_UNKNOWN_ROOT, "the metadata is no recording");
        }
        return false;
    }
}
