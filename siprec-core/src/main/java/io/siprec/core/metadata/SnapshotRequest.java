package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes the document by which a recorder asks an SRC for a complete one (RFC 7865 §7, RFC 7866 §9.2). */
public final class SnapshotRequest {
    private SnapshotRequest() {}

    /**
     * The octets of a request, in UTF-8.
     *
     * @param reason for a person, in English; "" to give none
     */
    public static byte[] write(String reason) {
        XmlText out = new XmlText();
        out.declaration();
        out.open("requestsnapshot", "xmlns", Namespaces.RECORDING);
        if (!reason.isEmpty()) out.element("requestreason", reason, "xml:lang", "en");
        out.close("requestsnapshot");
        return out.toString().getBytes(UTF_8);
    }
}
