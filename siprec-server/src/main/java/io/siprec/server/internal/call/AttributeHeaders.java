package io.siprec.server.internal.call;

import io.siprec.core.attributes.HeaderField;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.List;

/** The header of a request as the reader of call attributes takes it. */
final class AttributeHeaders {
    private AttributeHeaders() {}

    static List<HeaderField> of(SipRequest request) {
        return request.headers().stream().map(AttributeHeaders::field).toList();
    }

    private static HeaderField field(Header header) {
        String name = header.name().equalsIgnoreCase("f") ? "From" : header.name();
        return new HeaderField(name, header.value());
    }
}
