package io.siprec.core.metadata;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/** The XML reader: no document types, no entities but the five, nothing fetched. */
final class XmlInput {
    /** Safe for all threads once it is set up. */
    static final XMLInputFactory FACTORY = factory();

    /** Above the depth that is kept, so that a deep tree can be skipped instead of ending the document. */
    private static final int MAX_DEPTH = 8_192;

    private XmlInput() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = woodstox();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        factory.setXMLReporter((message, type, related, location) -> {});
        // Interned strings outlive the document of the peer who chose them.
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        return factory;
    }

    /** By name: the class carries an annotation whose own class is nowhere to be had, which the compiler warns of. */
    private static XMLInputFactory woodstox() {
        try {
            return Class.forName("com.ctc.wstx.stax.WstxInputFactory")
                    .asSubclass(XMLInputFactory.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Woodstox is missing", e);
        }
    }

    /** Line and column of a fault, where it has them. */
    static String where(Exception fault) {
        if (!(fault instanceof XMLStreamException xml) || xml.getLocation() == null) return "";
        return " at line " + xml.getLocation().getLineNumber() + ", column "
                + xml.getLocation().getColumnNumber();
    }

    static void close(XMLStreamReader xml) {
        if (xml == null) return;
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a reader of text has nothing to close", e);
        }
    }
}
